"""What is remembered between two messages: a frozen value that the chat stores."""

import json
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

REMEMBERED = 30 * 60
"""Seconds after which a conversation is forgotten."""

LARGEST = 2_000
"""Bytes of a stored conversation, at most."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """One person's conversation in one chat.

    ``question`` is the last question asked, ``shown`` the ids of the last list in the order shown
    (all pages), ``page`` the page on show (from 0), ``focus`` the partner talked about,
    ``language`` that of the last reply, ``chosen`` the language the person fixed, ``at`` the time
    of the last message (seconds since the epoch), ``last`` the key of the last small talk said.
    """

    question: str = ""
    shown: tuple[str, ...] = ()
    page: int = 0
    focus: str | None = None
    language: str | None = None
    chosen: str | None = None
    at: float = 0.0
    last: str = ""

    def at_time(self, now: float) -> Self:
        """The conversation as it is now: forgotten (but for the language) after half an hour."""
        if now - self.at > REMEMBERED:
            return type(self)(language=self.language, chosen=self.chosen, at=now)
        return replace(self, at=now)

    def dumps(self) -> str:
        """JSON of at most ``LARGEST`` bytes."""
        ...

    @classmethod
    def loads(cls, stored: str) -> Self:
        """The conversation that ``dumps`` stored; an empty one when it cannot be read."""
        ...
