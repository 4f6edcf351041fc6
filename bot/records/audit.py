"""Which admin changed what, and when: admins answer for their changes, so their ids are kept."""

from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select

from bot.records.database import Database
from bot.records.kinds import storable
from bot.records.tables import AUDIT

EXPIRY = 365 * 24 * 3600
"""Seconds that an entry is kept."""

_T = AUDIT.c


@dataclass(frozen=True, slots=True)
class Entry:
    """One change: at ``at`` (seconds since the epoch) ``admin`` did ``action`` to ``subject``."""

    at: int
    admin: int
    action: str
    subject: str
    details: str


class Audit:
    """The audit log of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def record(
        self, admin: int, action: str, subject: str, now: float, details: str = ""
    ) -> None:
        """Write down a change, for good once this returns."""
        statement = insert(AUDIT).values(
            at=int(now),
            admin=admin,
            action=storable(action, 40),
            subject=storable(subject, 200),
            details=storable(details, 2_000),
        )
        await self._database.change(statement)

    async def latest(self, limit: int = 20, skip: int = 0) -> tuple[Entry, ...]:
        """The latest changes first, without the first ``skip`` of them."""
        wanted = select(AUDIT).order_by(_T.id.desc()).limit(limit).offset(skip)
        rows = await self._database.rows(wanted)
        return tuple(Entry(r.at, r.admin, r.action, r.subject, r.details) for r in rows)

    async def count(self) -> int:
        """How many changes are written down."""
        return int((await self._database.rows(select(func.count(_T.id))))[0][0])

    async def purge(self, now: float) -> int:
        """Delete what has expired; returns how many entries that were."""
        return await self._database.change(delete(AUDIT).where(_T.at < int(now) - EXPIRY))
