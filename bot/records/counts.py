"""Numbers by day, each by itself: nothing in them can be put together again to a person."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import delete, func, select

from bot.records.database import Database
from bot.records.kinds import ChatKind, day_of
from bot.records.many import Many
from bot.records.tables import COUNTS

DAYS = 730
"""Days that numbers are kept."""

BUCKETS = (
    *(0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.35, 0.5, 0.75),
    *(1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 30.0, float("inf")),
)
"""Upper bounds of the response times counted together, in seconds."""

BY_DAY = ("questions", "feedback", "seconds")
"""What is told day by day; of all else there are totals."""

_T = COUNTS.c


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to be counted: what became of it, in how many seconds."""

    language: str
    chat: ChatKind
    answered: bool
    partners: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """The numbers of one day; ``seconds`` maps upper bounds (``BUCKETS``) to answers."""

    day: date
    questions: int = 0
    answered: int = 0
    up: int = 0
    down: int = 0
    seconds: Mapping[float, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Totals:
    """The numbers of a period, the largest first; of partners and topics the largest only."""

    languages: Mapping[str, int] = field(default_factory=dict)
    chats: Mapping[str, int] = field(default_factory=dict)
    partners: Mapping[str, int] = field(default_factory=dict)
    topics: Mapping[str, int] = field(default_factory=dict)


class Counts:
    """The numbers of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        more = database.insert(COUNTS)
        self._more = more.on_conflict_do_update(
            index_elements=[_T.day, _T.what, _T.which],
            set_={"number": _T.number + more.excluded.number},
        )

    async def add(self, asked: Asked, now: float) -> None:
        """Count a question."""
        await self._add(sorted({(what, which[:80]) for what, which in _numbers(asked)}), now)

    async def add_feedback(self, up: bool, now: float) -> None:
        """Count a thumb."""
        await self._add([("feedback", "up" if up else "down")], now)

    async def between(self, first: date, last: date) -> tuple[Day, ...]:
        """Every day from the first to the last, those without questions too."""
        wanted = select(COUNTS).where(_T.day >= first, _T.day <= last, _T.what.in_(BY_DAY))
        found: dict[date, dict[str, dict[str, int]]] = {}
        for row in await self._database.rows(wanted):
            found.setdefault(row.day, {}).setdefault(row.what, {})[row.which] = row.number
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return tuple(_day(day, found.get(day, {})) for day in days)

    async def totals(self, first: date, last: date, most: int = 10) -> Totals:
        """What was asked for from the first day to the last, at most so many of a kind."""
        names = ("language", "chat", "partner", "topic")
        languages, chats, partners, topics = [
            await self._largest(first, last, what, most) for what in names
        ]
        return Totals(languages, chats, partners, topics)

    async def _largest(self, first: date, last: date, what: str, most: int) -> dict[str, int]:
        # Summed in the database: a thousand partners and a year are 365,000 rows.
        number = func.sum(_T.number).label("total")
        wanted = (
            select(_T.which, number)
            .where(_T.what == what, _T.day >= first, _T.day <= last)
            .group_by(_T.which)
            .order_by(number.desc(), _T.which)
            .limit(most)
        )
        return {row.which: int(row.total) for row in await self._database.rows(wanted)}

    async def purge(self, now: float) -> int:
        """Delete the numbers of days long past; returns how many rows that were."""
        last = day_of(now) - timedelta(days=DAYS)
        return await self._database.change(delete(COUNTS).where(_T.day < last))

    async def _add(self, numbers: list[tuple[str, str]], now: float) -> None:
        # Always in the same order, so that two writers of PostgreSQL never wait for each other.
        day = day_of(now)
        rows = [{"day": day, "what": w, "which": which, "number": 1} for w, which in numbers]
        await self._database.change_together(Many(self._more, rows, adds="number"))


def _numbers(asked: Asked) -> Iterator[tuple[str, str]]:
    yield "questions", "answered" if asked.answered else "missed"
    yield "language", asked.language
    yield "chat", asked.chat.value
    yield from (("partner", partner) for partner in asked.partners)
    yield from (("topic", topic) for topic in asked.topics)
    if asked.seconds is not None:
        slow = asked.seconds
        yield "seconds", str(next((bound for bound in BUCKETS if slow <= bound), BUCKETS[-1]))


def _day(day: date, found: Mapping[str, Mapping[str, int]]) -> Day:
    questions, feedback = found.get("questions", {}), found.get("feedback", {})
    return Day(
        day=day,
        questions=sum(questions.values()),
        answered=questions.get("answered", 0),
        up=feedback.get("up", 0),
        down=feedback.get("down", 0),
        seconds={float(bound): number for bound, number in found.get("seconds", {}).items()},
    )
