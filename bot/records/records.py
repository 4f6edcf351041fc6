"""All records of the bot, opened together and closed together."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Column, ColumnElement, ScalarSelect, distinct, func, select

from bot.records.answers import Answers
from bot.records.audit import Audit
from bot.records.conversations import Conversations
from bot.records.counts import Counts
from bot.records.database import WAIT, Database
from bot.records.digests import Digests
from bot.records.feedback import Feedback
from bot.records.grouping import Grouping
from bot.records.inbox import Inbox
from bot.records.leases import Leases
from bot.records.misses import DAYS, Misses
from bot.records.secret import Keys
from bot.records.tables import AUDIT, CONVERSATIONS, COUNTS, FEEDBACK, MISSES
from bot.records.turns import Turns
from content.translations import Translation, load_translations

IN_MEMORY = "sqlite://"
"""An address of records that end with the process."""


@dataclass(frozen=True, slots=True)
class Deleted:
    """How many rows of each table were deleted."""

    conversations: int = 0
    answers: int = 0
    updates: int = 0
    misses: int = 0
    feedback: int = 0
    counts: int = 0
    audit: int = 0


@dataclass(frozen=True, slots=True)
class About:
    """What is kept at this moment.

    ``languages`` are chosen languages that outlive their conversation; of ``misses`` and
    ``feedback`` each asking counts; ``since`` is the day of the oldest miss or thumb.
    """

    conversations: int
    languages: int
    misses: int
    feedback: int
    counted_days: int
    audit: int
    since: date | None


@dataclass(frozen=True, slots=True)
class Records:
    """Every subject of the records; each of their methods may raise ``RecordsError``."""

    database: Database
    inbox: Inbox
    conversations: Conversations
    answers: Answers
    misses: Misses
    feedback: Feedback
    counts: Counts
    audit: Audit
    digests: Digests
    leases: Leases
    turns: Turns

    async def forget(self, user: int) -> Deleted:
        """Delete all that is kept of a person, and tell how much it was.

        Misses, feedback and counts cannot be told to be anybody's; the audit log is kept.
        """
        deleted = Deleted(
            conversations=await self.conversations.forget(user),
            answers=await self.answers.forget(user),
        )
        await self.digests.stop(user)
        await self.database.forget_deleted()
        return deleted

    async def purge(self, now: float) -> Deleted:
        """Delete everything that has expired; to be called every few minutes."""
        deleted = Deleted(
            conversations=await self.conversations.purge(now),
            answers=await self.answers.purge(now),
            updates=await self.inbox.purge(now),
            misses=await self.misses.purge(now),
            feedback=await self.feedback.purge(now),
            counts=await self.counts.purge(now),
            audit=await self.audit.purge(now),
        )
        await self.turns.purge()
        if deleted != Deleted():
            await self.database.forget_deleted()
        return deleted

    async def about(self) -> About:
        """Live numbers of what is kept, for /privacy."""
        kept = CONVERSATIONS.c
        wanted = select(
            _count(kept.key, kept.value != ""),
            _count(kept.key, kept.lasting != ""),
            select(func.coalesce(func.sum(MISSES.c.times), 0)).scalar_subquery(),
            select(func.coalesce(func.sum(FEEDBACK.c.times), 0)).scalar_subquery(),
            select(func.count(distinct(COUNTS.c.day))).scalar_subquery(),
            select(func.count(AUDIT.c.id)).scalar_subquery(),
            select(func.min(MISSES.c.day)).scalar_subquery(),
            select(func.min(FEEDBACK.c.day)).scalar_subquery(),
        )
        *numbers, missed, thumbed = (await self.database.rows(wanted))[0]
        since: date | None = min((day for day in (missed, thumbed) if day), default=None)
        conversations, languages, misses, feedback, counted, audit = map(int, numbers)
        return About(conversations, languages, misses, feedback, counted, audit, since)


@asynccontextmanager
async def open_records(
    url: str,
    secret: bytes,
    translations: Sequence[Translation] | None = None,
    miss_days: int = DAYS,
    wait: float = WAIT,
) -> AsyncIterator[Records]:
    """The records at a database's address, its tables made or brought up to date first.

    ``secret`` is that of ``read_secret``; ``translations`` tell which words carry no weight (the
    shipped ones when left out); ``wait`` is how long a locked database is waited for, in seconds.

    Raises:
        RecordsError: the database cannot be opened.
    """
    database = Database(url, wait)
    try:
        await database.prepare()
        spoken = translations if translations else await asyncio.to_thread(load_translations)
        keys = Keys(secret)
        yield Records(
            database,
            Inbox(database, keys),
            Conversations(database, keys),
            Answers(database, keys),
            Misses(database, Grouping(spoken), miss_days),
            Feedback(database, miss_days),
            Counts(database),
            Audit(database),
            Digests(database),
            Leases(database, keys),
            Turns(database, keys),
        )
    finally:
        await database.close()


def _count(column: Column[str], condition: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count(column)).where(condition).scalar_subquery()
