"""Phone numbers, IBANs, cards and other long numbers, taken out of a text; telling ones stay."""

import re

_BETWEEN = r"(?:[\s.\-/()_–—·*+]|,(?=\d)){0,3}"
_RUN = re.compile(rf"\+?\d(?:{_BETWEEN}\d)*")
_IBAN = re.compile(r"(?<![^\W_])[a-z]{2}[ -]?\d{2}(?:[ .-]?[a-z0-9]){11,34}(?![^\W_])", re.I)
_TRAILING_WORDS = re.compile(r"(?:[ .-][^\W\d_]+)+$")
# The French social security number of Corsicans has a letter in it.
_CORSICAN = re.compile(r"(?<!\d)[12]\s?\d\d\s?\d\d\s?2[ab]\s?\d{3}\s?\d{3}(?:\s?\d\d)?(?!\d)", re.I)
_MIXED = re.compile(r"(?<!\w)(?=\w*[^\W\d])\w{7,}(?!\w)")
_DATE = re.compile(r"\d{1,2}\s?([/.-])\s?\d{1,2}\s?\1\s?(?:\d\d|\d{4})|\d{4}([/.-])\d\d\2\d\d")
_YEAR = r"(?:19|20)\d\d"
_ROUND = r"[1-9]\d{0,2}(?:[\s.,]\d{3}){0,2}[\s.,]?000"
_TELLING = re.compile(rf"(?:{_YEAR}|{_ROUND})(?:[\s/–—-]{{1,3}}(?:{_YEAR}|{_ROUND}))*")

FEWEST = 6
"""Digits in a row that may be somebody's number: postcodes have five."""

FEWEST_APART = 8
"""Digits with something between them that may be somebody's number: "3-6 ans, 2024" are not."""


def without_numbers(text: str) -> str:
    """The text with [iban], [phone] and [number] in the place of numbers that tell of a person."""
    text = _IBAN.sub(_iban, text)
    text = _CORSICAN.sub("[number]", text)
    text = _RUN.sub(_run, text)
    return _MIXED.sub(_mixed, text)


def _iban(match: re.Match[str]) -> str:
    words_after = _TRAILING_WORDS.search(match[0])
    after = words_after[0] if words_after else ""
    compact = re.sub(r"[^0-9A-Za-z]", "", match[0].removesuffix(after))
    digits = sum(c.isdigit() for c in compact)
    if len(compact) >= 15 and (digits >= 10 or _is_checked(compact)):
        return "[iban]" + after
    return match[0]


def _is_checked(iban: str) -> bool:
    """Do its check digits fit? By chance, one in 97 does."""
    turned = iban[4:] + iban[:4]
    return turned.isascii() and int("".join(str(int(c, 36)) for c in turned)) % 97 == 1


def _run(match: re.Match[str]) -> str:
    run = match[0]
    digits = sum(c.isdigit() for c in run)
    longest = max(len(chunk) for chunk in re.findall(r"\d+", run))
    is_phone = run[0] in "+0" and digits >= 7
    if _TELLING.fullmatch(run):
        return run
    if is_phone and (run[0] == "+" or digits >= 9):
        return "[phone]"
    if longest >= FEWEST or digits >= FEWEST_APART or _DATE.fullmatch(run):
        return "[number]"
    return run


def _mixed(match: re.Match[str]) -> str:
    """A number of a passport, a file, a car: letters and many digits in one word."""
    return "[number]" if sum(c.isdigit() for c in match[0]) >= 5 else match[0]
