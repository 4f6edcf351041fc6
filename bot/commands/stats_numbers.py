"""What is counted of a period, as the numbers that ``/stats`` tells and draws."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from bot.records.counts import Counts, Day, Totals
from bot.records.kinds import day_of
from bot.records.response_times import HALF, NEARLY_ALL, together, within

MOST = 5
"""Partners and topics told; languages and kinds of chat are fewer anyway."""

BY_WEEK, TIMES_BY_WEEK = 120, 31
"""Days from which on weeks are drawn: bars would be hairs, and few answers make wild lines."""


@dataclass(frozen=True)
class Numbers:
    """The numbers of a period, day by day and in all."""

    days: Sequence[Day]
    totals: Totals

    @property
    def first(self) -> date:
        return self.days[0].day

    @property
    def last(self) -> date:
        return self.days[-1].day

    @cached_property
    def questions(self) -> int:
        return sum(day.questions for day in self.days)

    @cached_property
    def answered(self) -> int:
        return sum(day.answered for day in self.days)

    @cached_property
    def thumbs(self) -> tuple[int, int]:
        """How many up, how many down."""
        return sum(day.up for day in self.days), sum(day.down for day in self.days)

    @cached_property
    def seconds(self) -> tuple[float, float] | None:
        """Seconds within which half of the answers came, and nearly all; None without any."""
        return spread(together(day.seconds for day in self.days))

    @property
    def is_empty(self) -> bool:
        return not self.questions and not any(self.thumbs)


async def numbers_of(counts: Counts, days: int, now: float | None = None) -> Numbers:
    """The numbers of so many days, today's so far included.

    Raises:
        RecordsError: they cannot be read.
    """
    last = day_of(time.time() if now is None else now)
    first = last - timedelta(days=days - 1)
    return Numbers(await counts.between(first, last), await counts.totals(first, last, MOST))


def spread(seconds: Mapping[float, int]) -> tuple[float, float] | None:
    """Seconds within which half of the answers came, and nearly all; None without any."""
    half, most = within(seconds, HALF), within(seconds, NEARLY_ALL)
    return None if half is None or most is None else (half, most)


def drawn(days: Sequence[Day], most: int) -> tuple[Day, ...]:
    """What is drawn as one each: the days, or of more than ``most`` the whole weeks up to today."""
    if len(days) <= most:
        return tuple(days)
    return tuple(_week(days[n : n + 7]) for n in range(len(days) % 7, len(days), 7))


def as_object(numbers: Numbers) -> dict[str, Any]:
    """The numbers for programs; response times in seconds."""
    half, most = numbers.seconds or (None, None)
    up, down = numbers.thumbs
    return {
        "first_day": numbers.first.isoformat(),
        "last_day": numbers.last.isoformat(),
        "questions": numbers.questions,
        "answered": numbers.answered,
        "thumbs": {"up": up, "down": down},
        "seconds": {"half": half, "nearly_all": most},
        "languages": numbers.totals.languages,
        "chats": numbers.totals.chats,
        "partners": numbers.totals.partners,
        "topics": numbers.totals.topics,
        "days": list(_days(numbers.days)),
    }


def _days(days: Sequence[Day]) -> Iterator[dict[str, Any]]:
    for day in days:
        half, most = spread(day.seconds) or (None, None)
        yield {
            "day": day.day.isoformat(),
            "questions": day.questions,
            "answered": day.answered,
            "seconds": {"half": half, "nearly_all": most},
        }


def _week(days: Sequence[Day]) -> Day:
    return Day(
        days[0].day,
        questions=sum(day.questions for day in days),
        answered=sum(day.answered for day in days),
        seconds=together(day.seconds for day in days),
    )
