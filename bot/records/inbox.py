"""Updates that were taken in: kept until they are answered, so that a kill loses none of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import bindparam, delete, func, select, update

from bot.records.database import Database
from bot.records.faults import RecordsError
from bot.records.many import Many
from bot.records.secret import Keys
from bot.records.tables import INBOX
from bot.records.together import Together

ATTEMPTS = 3
"""Starts of the bot at which an update is taken up; one that ended it so often is given up."""

KEPT = 2 * 24 * 3600
"""Seconds that the number of an update is kept: Telegram brings nothing again after a day."""

MOST = 20_000
"""Numbers of updates done that are told at a start."""

Waiting = tuple[int, int | None]
"""A chat and a person: whose updates wait for each other."""

NO_LINES: Mapping[int, Waiting | None] = {}

_T = INBOX.c


class State(StrEnum):
    """What became of an update."""

    OPEN = "open"
    DONE = "done"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class Left:
    """What an earlier run left: updates still to be answered by their numbers, as JSON.

    ``known`` are the numbers of those that need no answer any more.
    """

    waiting: Mapping[int, str]
    known: tuple[int, ...]
    given_up: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Updates of all replicas that are not answered yet, and those given up."""

    waiting: int
    given_up: int


class Inbox:
    """The inbox of one database."""

    def __init__(self, database: Database, keys: Keys) -> None:
        self._database, self._keys = database, keys
        self._keep = database.insert(INBOX).on_conflict_do_nothing()
        mark = update(INBOX).where(_T.update_id == bindparam("number"))
        self._mark = mark.values(status=State.DONE.value, payload="", line="")
        self._undone: set[int] = set()

    async def keep(
        self, updates: Mapping[int, str], now: float, lines: Mapping[int, Waiting | None] = NO_LINES
    ) -> None:
        """Keep updates, JSON by number; what is here already stays as it is.

        Where replicas share the inbox, ``lines`` tells by number who waits in which chat.
        """
        values = {"received": int(now), "status": State.OPEN.value, "attempts": 0}
        rows = [
            {"update_id": n, "payload": json, "line": self._line(lines.get(n)), **values}
            for n, json in updates.items()
        ]
        if rows:
            await self._database.change(Many(self._keep, rows))

    async def taken_up(self) -> Left:
        """What an earlier run left, each update counted as tried once more."""
        is_open = _T.status == State.OPEN.value
        given_up = update(INBOX).where(is_open, _T.attempts >= ATTEMPTS)
        again = update(INBOX).where(is_open).values(attempts=_T.attempts + 1)
        count = await self._database.change(
            given_up.values(status=State.GIVEN_UP.value, payload=""),
        )
        await self._database.change(again)
        wanted = select(_T.update_id, _T.payload).where(is_open).order_by(_T.update_id)
        waiting = {row.update_id: row.payload for row in await self._database.rows(wanted)}
        known = select(_T.update_id).where(~is_open).order_by(_T.update_id.desc()).limit(MOST)
        numbers = tuple(row.update_id for row in await self._database.rows(known))
        return Left(waiting, numbers[::-1], count)

    async def done(self, number: int, changes: Together) -> None:
        """Mark an update as done, in one transaction with all that it has changed.

        What could not be marked is marked with the next one.
        """
        marked = {*self._undone, number}
        marks = Many(self._mark, [{"number": one} for one in sorted(marked)])
        try:
            await self._database.change_quickly(*changes.closed(), marks)
        except RecordsError:
            # Not sooner: with several connections, the mark must not come before its changes.
            self._undone.add(number)
            raise
        self._undone -= marked

    def is_answered(self, number: int) -> bool:
        """Whether it was answered here and could not be marked done."""
        return number in self._undone

    async def give_up(self, number: int) -> None:
        """Keep apart an update that cannot be answered; its words are deleted."""
        mark = update(INBOX).where(_T.update_id == number)
        given_up = {"status": State.GIVEN_UP.value, "payload": "", "line": ""}
        await self._database.change(mark.values(**given_up))

    async def given_up(self) -> int:
        """How many were given up and are not yet forgotten."""
        wanted = select(func.count(_T.update_id)).where(_T.status == State.GIVEN_UP.value)
        return int((await self._database.rows(wanted))[0][0])

    async def standing(self) -> Standing:
        """How much waits here, and how much was given up."""
        wanted = select(_T.status, func.count()).where(_T.status != State.DONE.value)
        rows = await self._database.rows(wanted.group_by(_T.status))
        counts = {str(status): int(count) for status, count in rows}
        return Standing(counts.get(State.OPEN.value, 0), counts.get(State.GIVEN_UP.value, 0))

    async def purge(self, now: float) -> int:
        """Forget what is long past; returns how many numbers that were."""
        is_over = (_T.status != State.OPEN.value) & (_T.received < int(now) - KEPT)
        return await self._database.change(delete(INBOX).where(is_over))

    def _line(self, waiting: Waiting | None) -> str | None:
        if not self._database.is_shared:
            return None
        return self._keys.line(*waiting) if waiting else ""
