"""The few words that records use again and again, and the day that a moment belongs to."""

from datetime import UTC, date, datetime
from enum import StrEnum


class ChatKind(StrEnum):
    """In what kind of chat something was asked."""

    PRIVATE = "private"
    GROUP = "group"
    INLINE = "inline"
    CONSOLE = "console"


class Reason(StrEnum):
    """Why a question is a miss."""

    NOTHING = "nothing"
    """Nothing was found."""
    DISLIKED = "disliked"
    """Something was found, and it got a thumbs down."""


class Status(StrEnum):
    """What became of a miss."""

    OPEN = "open"
    IGNORED = "ignored"
    SOLVED = "solved"


def day_of(now: float) -> date:
    """The day (UTC) of a moment in seconds since the epoch; nothing finer is kept of questions."""
    return datetime.fromtimestamp(now, UTC).date()


def storable(text: str, longest: int) -> str:
    """The text as every database takes it: no lone surrogates, no NUL, at most ``longest``."""
    return text.encode("utf-8", "ignore").decode().replace("\0", "")[:longest]
