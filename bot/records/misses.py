"""Questions that found no answer, or a bad one: masked, by day, and nothing of who asked."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    Case,
    ColumnElement,
    Row,
    case,
    delete,
    distinct,
    exists,
    func,
    select,
    update,
)

from bot.records.bounds import beyond
from bot.records.database import Database
from bot.records.grouping import Group, Grouping
from bot.records.kinds import ChatKind, Reason, Status, day_of
from bot.records.masking import mask
from bot.records.tables import MISSES
from bot.records.ways import Rows

DAYS = 90
"""Days that a miss is kept, when nothing else is said."""

MOST = 20_000
"""Misses kept; beyond, the oldest go."""

EXAMPLES = 3
"""Different wordings shown of a group."""

_T = MISSES.c


@dataclass(frozen=True, slots=True)
class MissGroup:
    """Open misses that ask for the same; ``days`` are (day, how often), in order.

    ``language`` is that of the first example, the latest wording.
    """

    key: str
    words: str
    examples: tuple[str, ...]
    count: int
    first_day: date
    last_day: date
    languages: tuple[str, ...]
    reasons: tuple[Reason, ...]
    days: tuple[tuple[date, int], ...]
    language: str


class Waiting(NamedTuple):
    """How many groups are open, and how many questions are in them, each asking counted."""

    groups: int
    questions: int


class Misses:
    """The misses of one database."""

    def __init__(self, database: Database, grouping: Grouping, days: int = DAYS) -> None:
        self._database, self._grouping, self._days = database, grouping, days

    async def record(
        self, question: str, language: str, chat: ChatKind, reason: Reason, now: float
    ) -> None:
        """Store a question, masked; one of a group that is ignored stays ignored."""
        masked = mask(question)
        group = self._grouping.group(masked)
        row = {"day": day_of(now), "question": masked, "language": language[:16]}
        row |= {"chat": chat.value, "reason": reason.value, "status": _status(group)}
        row |= {"group_key": group.key, "words": group.words, "times": 1}
        statement = self._database.insert(MISSES).values(**row)
        again = statement.on_conflict_do_update(
            index_elements=[_T.day, _T.question, _T.language, _T.chat, _T.reason],
            set_={"times": _T.times + 1, "status": statement.excluded.status},
        )
        await self._database.change_together(again, delete(MISSES).where(beyond(MISSES, MOST)))

    async def open(self, limit: int = 20) -> tuple[MissGroup, ...]:
        """The groups still open, the most asked first, then the latest."""
        is_open = _T.status == Status.OPEN.value
        keys = select(_T.group_key).where(is_open).group_by(_T.group_key).limit(limit)
        keys = keys.order_by(func.sum(_T.times).desc(), func.max(_T.day).desc(), _T.group_key)
        return await self._groups(is_open & _T.group_key.in_(keys))

    async def group(self, key: str) -> MissGroup | None:
        """The group with this key, if it is still open."""
        is_open = (_T.status == Status.OPEN.value) & (_T.group_key == key)
        return next(iter(await self._groups(is_open)), None)

    async def ignore(self, key: str) -> int:
        """Show the group no more, also when it is asked again: it is not for us."""
        return await self._set(key, Status.IGNORED)

    async def solve(self, key: str) -> int:
        """It finds an answer now; if it is missed again, it is open again."""
        return await self._set(key, Status.SOLVED)

    async def reopen(self, key: str) -> int:
        """It was no answer, or it is for us after all: the group waits again."""
        is_closed = (_T.group_key == key) & (_T.status != Status.OPEN.value)
        again = update(MISSES).where(is_closed).values(status=Status.OPEN.value)
        return await self._database.change(again)

    async def waiting(self) -> Waiting:
        """How much is still open."""
        is_open = _T.status == Status.OPEN.value
        groups = func.count(distinct(_T.group_key))
        wanted = select(groups, func.coalesce(func.sum(_T.times), 0)).where(is_open)
        groups_open, questions = (await self._database.rows(wanted))[0]
        return Waiting(int(groups_open), int(questions))

    async def purge(self, now: float) -> int:
        """Delete what has expired; returns how many rows that were."""
        last = day_of(now) - timedelta(days=self._days)
        return await self._database.change(delete(MISSES).where(_T.day < last))

    async def _groups(self, which: ColumnElement[bool]) -> tuple[MissGroup, ...]:
        wanted = select(MISSES).where(which)
        groups: dict[str, list[Row[*tuple[Any, ...]]]] = {}
        for row in await self._database.rows(wanted.order_by(_T.day.desc(), _T.id.desc())):
            groups.setdefault(row.group_key, []).append(row)
        shown = sorted((_group(rows) for rows in groups.values()), key=lambda g: g.key)
        return tuple(sorted(shown, key=lambda g: (g.count, g.last_day), reverse=True))

    async def _set(self, key: str, status: Status) -> int:
        is_open = (_T.group_key == key) & (_T.status == Status.OPEN.value)
        done = update(MISSES).where(is_open).values(status=status.value)
        return await self._database.change(done)


def _status(group: Group) -> Case[str]:
    """Ignored when its group is, open otherwise; decided by the database, in the statement."""
    is_ignored = (_T.group_key == group.key) & (_T.status == Status.IGNORED.value)
    ignored = exists(select(_T.id).where(is_ignored))
    return case((ignored, Status.IGNORED.value), else_=Status.OPEN.value)


def _group(rows: Rows) -> MissGroup:
    """The group of its rows, the latest first."""
    days: dict[date, int] = {}
    for row in rows:
        days[row.day] = days.get(row.day, 0) + row.times
    return MissGroup(
        key=rows[0].group_key,
        words=rows[0].words,
        examples=tuple(dict.fromkeys(row.question for row in rows))[:EXAMPLES],
        count=sum(days.values()),
        first_day=min(days),
        last_day=max(days),
        languages=tuple(sorted({row.language for row in rows})),
        reasons=tuple(sorted({Reason(row.reason) for row in rows})),
        days=tuple(sorted(days.items())),
        language=rows[0].language,
    )
