"""Takes out of a question what may tell who asked: pure text to text.

What is taken out leaves its kind behind in brackets: [e-mail], [phone], [number], [iban], [link],
[user], [name], [address]. Years, ages and round numbers stay, they are what a question is about.
Masking takes rather too much than too little; it cannot know every name.
"""

import re
import unicodedata

from bot.records.masked_names import without_names
from bot.records.masked_numbers import without_numbers
from bot.records.masked_streets import without_streets

LONGEST = 300
"""Characters that are left of a question."""

_LOOKED_AT = 5_000

_DOT = r"(?:\s?[(\[{]\s?(?:dot|point|\.)\s?[)\]}]\s?|\s(?:dot|point)\s|\.)"
_AT = r"(?:\s?[(\[{]\s?(?:at|a|à|arobase|arobas|@)\s?[)\]}]\s?|\s?\barobase?\s)"
_LOCAL = r"(?<![\w.+-])[\w.+-]+"
_EMAILS = (
    re.compile(r"(?<![^\s@<>()\[\]{},;:\"|])[^\s@<>()\[\]{},;:\"|]+@[^\s@<>()\[\]{},;:\"|]+"),
    re.compile(r"(?<![^\s@])[^\s@\[\]]+\s?@\s?[^\s@\[\]]+\.[^\s@\[\]]+"),
    re.compile(rf"{_LOCAL}{_AT}[\w-]+(?:{_DOT}[\w-]+){{1,4}}", re.I),
    re.compile(rf"{_LOCAL}\sat\s[\w-]+(?:\s(?:dot|point)\s[\w-]+){{1,4}}", re.I),
)
_HOST = r"(?:[^\W_](?:[\w-]{0,62})\.){1,5}[^\W\d_]{2,12}"
_LINKS = (
    re.compile(r"(?<!\w)[a-z][a-z0-9+.-]{1,14}://(?P<host>[^\s/?#\[\]]*)(?P<rest>\S*)", re.I),
    re.compile(rf"(?<![\w.@-])(?P<host>{_HOST})(?P<rest>[/?#]\S*)", re.I),
)
_USER = re.compile(r"@\w+")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def mask(question: str) -> str:
    """The question without what tells of people, in one line of at most ``LONGEST`` characters.

    Masking what is masked changes nothing.
    """
    masked = _settled(question[:_LOOKED_AT])
    while len(masked) > LONGEST:
        masked = _settled(masked[:LONGEST])
    return masked


def _settled(text: str) -> str:
    """Masked again and again: what stood beside something taken out may only then be seen."""
    before = None
    while text != before:
        before, text = text, _once(text)
    return text


def _once(text: str) -> str:
    text = _plain(text)
    for email in _EMAILS:
        text = email.sub("[e-mail]", text)
    for link in _LINKS:
        text = link.sub(_shortened, text)
    text = without_streets(text)
    text = without_numbers(text)
    text = _USER.sub("[user]", text)
    return without_names(text)


def _plain(text: str) -> str:
    """One line, with every letter and digit in its usual form and nothing invisible."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    shown = unicodedata.normalize("NFKC", " ".join(text.split()))
    kept = (" " if c.isspace() else c for c in shown if not _is_invisible(c))
    return " ".join(unicodedata.normalize("NFKC", "".join(kept)).split())


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in _INVISIBLE and not character.isspace()


def _shortened(match: re.Match[str]) -> str:
    """The site alone: what follows it may name a person or open a document."""
    return f"{match['host']}/[link]" if match["rest"].strip("/") else match["host"]
