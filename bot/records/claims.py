"""Updates of an inbox that replicas share: each is worked on by one of them, in a line's order.

A replica that dies renews nothing, and others take over what it had. Only for PostgreSQL.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update

from bot.records.database import Database
from bot.records.inbox import ATTEMPTS, State
from bot.records.leases import LEASE
from bot.records.tables import INBOX

LEFT_BEHIND = 60
"""Seconds after which what a version without replicas has taken in counts as left behind."""

_T = INBOX.c
_IS_OPEN = _T.status == State.OPEN.value


@dataclass(frozen=True, slots=True)
class Claimed:
    """An update to work on, as JSON, and how many wait in its line with it."""

    number: int
    payload: str
    waiting: int


class Claims:
    """What one replica has taken of an inbox; ``me`` is a name that no other has."""

    def __init__(self, database: Database, me: str) -> None:
        self._database, self._me = database, me

    async def take(self, most: int) -> list[Claimed]:
        """The oldest update of each line that nobody works on, in order, at most so many.

        They are ours for ``LEASE`` seconds, and then as long as they are renewed.
        """
        free = select(_T.update_id).where(_IS_OPEN, self._is_free(), self._is_first())
        # What another replica is just taking is passed over, not waited for. As a CTE: a subquery
        # may be run several times, and would take more than it may.
        free = free.order_by(_T.update_id).limit(most).with_for_update(skip_locked=True)
        first = free.cte("first")
        line = INBOX.alias("line").c
        waiting = select(func.count()).where(line.status == State.OPEN.value, line.line == _T.line)
        taken = (
            update(INBOX)
            .where(_T.update_id == first.c.update_id)
            .values(taken_by=self._me, taken_until=self._until, attempts=_T.attempts + 1)
            .returning(_T.update_id, _T.payload, waiting.scalar_subquery().label("waiting"))
        )
        rows = await self._database.change_for_rows(taken)
        return sorted(
            (Claimed(row.update_id, row.payload, row.waiting) for row in rows),
            key=lambda claimed: claimed.number,
        )

    async def renew(self, numbers: Collection[int]) -> None:
        """These are still worked on."""
        if numbers:
            ours = and_(_T.update_id.in_(numbers), _T.taken_by == self._me, _IS_OPEN)
            await self._database.change(update(INBOX).where(ours).values(taken_until=self._until))

    async def give_back(self) -> None:
        """What is not done, others may take at once; it does not count as tried."""
        ours = and_(_T.taken_by == self._me, _IS_OPEN)
        tried = func.greatest(_T.attempts - 1, 0)
        given = update(INBOX).where(ours).values(taken_by="", taken_until=0, attempts=tried)
        await self._database.change(given)

    async def give_up(self) -> int:
        """Keep apart what ended each replica that tried it; how many that were."""
        is_hopeless = and_(_IS_OPEN, self._is_free(), _T.attempts >= ATTEMPTS)
        values = {"status": State.GIVEN_UP.value, "payload": "", "line": ""}
        return await self._database.change(update(INBOX).where(is_hopeless).values(**values))

    @property
    def _until(self) -> ColumnElement[float]:
        return self._database.clock + LEASE

    def _is_free(self) -> ColumnElement[bool]:
        is_left = _T.received < self._database.clock - LEFT_BEHIND
        return and_(_T.taken_until < self._database.clock, or_(_T.line.is_not(None), is_left))

    def _is_first(self) -> ColumnElement[bool]:
        """Nothing earlier of its line is open, and nothing later worked on; "" is no line."""
        other: Any = INBOX.alias("other").c
        is_in_its_way = or_(
            other.update_id < _T.update_id,
            and_(other.update_id > _T.update_id, other.taken_until > self._database.clock),
        )
        is_same = and_(other.line == _T.line, other.line != "", other.status == State.OPEN.value)
        return ~exists().where(is_same, is_in_its_way)
