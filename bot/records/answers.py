"""Which message answers which question, as long as the conversation lasts; no id of anybody."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, select, update

from bot.records.conversations import EXPIRY
from bot.records.database import Database, put_statement
from bot.records.kinds import storable
from bot.records.many import Many
from bot.records.secret import Keys
from bot.records.tables import ANSWERS

_LONGEST = 10_000
_T = ANSWERS.c


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer as it was put: the numbers of both messages in their chat, who asked.

    ``before`` and ``after`` are the conversation, as text.
    """

    question: int
    answer: int
    user: int
    before: str
    after: str


class Answers:
    """The answers of one database."""

    def __init__(self, database: Database, keys: Keys) -> None:
        self._database, self._keys = database, keys
        self._put = put_statement(database, ANSWERS, _T.question_key, but=(_T.voted,))

    async def put(self, chat: int, kept: KeptAnswer, now: float) -> None:
        """Keep an answer; the one before to the same question is forgotten."""
        row = {
            "question_key": self._keys.message(chat, kept.question),
            "voted": False,
            "answer_key": self._keys.message(chat, kept.answer),
            "person": self._keys.person(kept.user),
            "question": kept.question,
            "answer": kept.answer,
            "is_person": kept.user > 0,
            "before": storable(kept.before, _LONGEST),
            "after": storable(kept.after, _LONGEST),
            "expires": int(now) + EXPIRY,
        }
        await self._database.change_together(Many(self._put, [row]))

    async def to(self, chat: int, question: int, user: int, now: float) -> KeptAnswer | None:
        """The answer to a question; its ``user`` is the one given if they asked, or else 0."""
        return await self._found(_T.question_key == self._keys.message(chat, question), user, now)

    async def at(self, chat: int, answer: int, user: int, now: float) -> KeptAnswer | None:
        """What a message answers; its ``user`` is the one given if they asked, or else 0.

        Below zero: somebody asked in a chat's name.
        """
        return await self._found(_T.answer_key == self._keys.message(chat, answer), user, now)

    async def vote(self, chat: int, answer: int) -> bool | None:
        """Take the one vote on an answer; False when it was taken before, None: it is not known."""
        key = self._keys.message(chat, answer)
        voted = update(ANSWERS).where(_T.answer_key == key, ~_T.voted).values(voted=True)
        if await self._database.change(voted):
            return True
        known = await self._database.rows(select(_T.voted).where(_T.answer_key == key))
        return False if known else None

    async def is_voted(self, chat: int, answer: int) -> bool | None:
        """Whether there was a vote on an answer; None: it is not known."""
        key = self._keys.message(chat, answer)
        found = await self._database.rows(select(_T.voted).where(_T.answer_key == key))
        return bool(found[0].voted) if found else None

    async def unvote(self, chat: int, answer: int) -> None:
        """Another answer stands there now."""
        key = self._keys.message(chat, answer)
        await self._database.change(update(ANSWERS).where(_T.answer_key == key).values(voted=False))

    async def forget(self, user: int) -> int:
        """Delete what answers a person's questions; returns how many that were."""
        statement = delete(ANSWERS).where(_T.person == self._keys.person(user))
        return await self._database.change(statement)

    async def purge(self, now: float) -> int:
        """Delete what has expired; returns how many answers that were."""
        return await self._database.change(delete(ANSWERS).where(_T.expires < int(now)))

    async def _found(self, which: ColumnElement[bool], user: int, now: float) -> KeptAnswer | None:
        found = await self._database.rows(select(ANSWERS).where(which, _T.expires >= int(now)))
        return self._kept(found[-1], user) if found else None

    def _kept(self, row: Row[*tuple[Any, ...]], user: int) -> KeptAnswer:
        is_theirs = row.person == self._keys.person(user)
        asked = user if is_theirs else (0 if row.is_person else -1)
        return KeptAnswer(row.question, row.answer, asked, row.before, row.after)
