"""Thumbs up and down: for which partners, after which masked question; nothing of whose thumb."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, select

from bot.records.bounds import beyond
from bot.records.database import Database
from bot.records.kinds import day_of
from bot.records.masking import mask
from bot.records.tables import FEEDBACK

DAYS = 90
"""Days that a thumb is kept with its question; its count stays longer."""

MOST = 20_000
"""Rows kept; beyond, the oldest go."""

_T = FEEDBACK.c


@dataclass(frozen=True, slots=True)
class Thumbs:
    """The same thumb for the same answer to the same question on one day, and how often."""

    day: date
    question: str
    partners: tuple[str, ...]
    language: str
    up: bool
    times: int


class Feedback:
    """The feedback of one database."""

    def __init__(self, database: Database, days: int = DAYS) -> None:
        self._database, self._days = database, days

    async def record(
        self, question: str, partners: tuple[str, ...], language: str, up: bool, now: float
    ) -> None:
        """Store a thumb; the question is masked first."""
        row = {"day": day_of(now), "question": mask(question), "up": up, "times": 1}
        row |= {"partners": " ".join(partners)[:400], "language": language[:16]}
        statement = self._database.insert(FEEDBACK).values(**row)
        again = statement.on_conflict_do_update(
            index_elements=[_T.day, _T.question, _T.partners, _T.language, _T.up],
            set_={"times": _T.times + 1},
        )
        await self._database.change_together(again, delete(FEEDBACK).where(beyond(FEEDBACK, MOST)))

    async def latest(self, limit: int = 50) -> tuple[Thumbs, ...]:
        """The latest thumbs first."""
        wanted = select(FEEDBACK).order_by(_T.day.desc(), _T.id.desc()).limit(limit)
        rows = await self._database.rows(wanted)
        return tuple(
            Thumbs(r.day, r.question, tuple(r.partners.split()), r.language, r.up, r.times)
            for r in rows
        )

    async def purge(self, now: float) -> int:
        """Delete what has expired; returns how many rows that were."""
        last = day_of(now) - timedelta(days=self._days)
        return await self._database.change(delete(FEEDBACK).where(_T.day < last))
