"""What is remembered between two messages: a frozen value that the chat stores."""

import json
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any, Self

REMEMBERED = 30 * 60
"""Seconds after which a conversation is forgotten."""

LARGEST = 2_000
"""Bytes of a stored conversation, at most."""

MOST_SHOWN = 20
"""Ids of a list of answers that are remembered."""

LONGEST = 300
"""Characters of a question that are remembered."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """One person's conversation in one chat.

    ``question`` is the last question asked, ``shown`` the ids of the last answers in the order
    shown (all pages), ``listing`` instead names a list of the content's own ("partners",
    "topic:health"), ``page`` is the page on show (from 0), ``focus`` the partner talked about,
    ``language`` that of the last reply, ``chosen`` the language the person fixed, ``at`` the time
    of the last message (seconds since the epoch), ``last`` what the last reply was, ``command``
    the command that asked something and that the next words are for, behind its name what it
    must not forget meanwhile; one that begins with a space only keeps that, and asks nothing.
    """

    question: str = ""
    shown: tuple[str, ...] = ()
    listing: str = ""
    page: int = 0
    focus: str | None = None
    language: str | None = None
    chosen: str | None = None
    at: float = 0.0
    last: str = ""
    command: str = ""

    def at_time(self, now: float) -> Self:
        """The conversation as it is now: forgotten (but for the language) after half an hour."""
        if now - self.at > REMEMBERED:
            return type(self)(language=self.language, chosen=self.chosen, at=now)
        return self._with(now, self.language)

    def in_language(self, code: str) -> Self:
        """The conversation after a reply in that language."""
        return self if code == self.language else self._with(self.at, code)

    def _with(self, at: float, language: str | None) -> Self:
        # As replace() would, but at once: every message comes by here.
        return type(self)(
            self.question,
            self.shown,
            self.listing,
            self.page,
            self.focus,
            language,
            self.chosen,
            at,
            self.last,
            self.command,
        )

    def asked(self, question: str, shown: tuple[str, ...], last: str = "answers") -> Self:
        """The conversation after a list of answers, the first of them in focus."""
        return type(self)(
            question[:LONGEST],
            shown[:MOST_SHOWN],
            focus=shown[0] if shown else None,
            language=self.language,
            chosen=self.chosen,
            at=self.at,
            last=last,
            command=self.command,
        )

    def listed(self, listing: str, page: int = 0) -> Self:
        """The conversation after a page of one of the content's lists; nobody is in focus."""
        return replace(
            self, question="", shown=(), listing=listing, page=page, focus=None, last="list"
        )

    def dumps(self) -> str:
        """JSON of at most ``LARGEST`` bytes; a question or list too long for it is cut."""
        return _dumped(self)

    @classmethod
    def loads(cls, stored: str) -> Self:
        """The conversation that ``dumps`` stored; an empty one when it cannot be read."""
        try:
            values = json.loads(stored)
        except (ValueError, TypeError, RecursionError):
            return cls()
        if not isinstance(values, dict):
            return cls()
        return cls(**{key: v for key, v in _readable(values).items() if key in _FIELDS})


_FIELDS = tuple(field.name for field in fields(Conversation))
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


# After an answer, the same conversation is stored twice: by itself, and with the answer.
@lru_cache(maxsize=100)
def _dumped(conversation: Conversation) -> str:
    values = ((key, getattr(conversation, key)) for key in _FIELDS)
    kept = {key: value for key, value in values if value not in ("", (), None, 0)}
    kept["question"] = _storable(conversation.question)[:LONGEST]
    kept["shown"] = list(conversation.shown[:MOST_SHOWN])
    while len((stored := _json(kept)).encode()) > LARGEST:
        if kept["question"]:
            kept["question"] = kept["question"][: len(kept["question"]) // 2]
        elif kept["shown"]:
            kept["shown"].pop()
        else:
            return "{}"
    return stored


def _storable(text: str) -> str:
    """The text without lone surrogates, which no file or database takes."""
    return text.encode("utf-8", "ignore").decode()


def _readable(values: dict[str, Any]) -> dict[str, Any]:
    """The values that have the type they should have."""
    read: dict[str, Any] = {}
    for key, value in values.items():
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if key == "shown" and isinstance(value, list):
            read[key] = tuple(item for item in value if isinstance(item, str))
        elif key == "page" and isinstance(value, int) and is_number and value >= 0:
            read[key] = value
        elif key == "at" and is_number and abs(value) < 1e12:
            read[key] = float(value)
        elif key not in ("shown", "page", "at") and isinstance(value, str):
            read[key] = value
    return read
