"""Text as Telegram can take it: measured in UTF-16 units, cleaned, cut after whole words."""

import re

CUT = "…"

_WEB = re.compile(r"https?://[^\s/?#@]+\.[^\s/?#@.]{2,}([/?#]\S*)?\Z", re.IGNORECASE)
# Those of terminals, and those which turn the direction of all the text behind them.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """Text that can be sent: no half letters, no control characters."""
    if text.isascii() and text.isprintable():
        return text
    return _CONTROL.sub(" ", whole_letters(text))


def whole_letters(text: str) -> str:
    """Text without half letters (lone surrogates), which JSON can carry and nothing can store."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def units(text: str) -> int:
    """How long Telegram says a text is: its UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def first_units(text: str, limit: int) -> str:
    """The beginning of a text, at most ``limit`` UTF-16 units, no letter cut in two."""
    return text.encode("utf-16-le")[: 2 * limit].decode("utf-16-le", "ignore")


def cut(text: str, limit: int) -> str:
    """A text of at most about ``limit`` UTF-16 units: after a whole word where it must end."""
    text = clean(text)
    if units(text) <= limit:
        return text
    words = first_units(text, limit)
    return (words.rpartition(" ")[0] or words).rstrip(" ,;:") + CUT


def is_web(url: str) -> bool:
    """May a person be sent there? Only to http and https, and only to a real host."""
    return bool(_WEB.match(url))
