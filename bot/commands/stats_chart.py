"""A drawing that goes from day to day: where a day and a number stand, its scale and its dates."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from babel.dates import format_date, format_skeleton
from matplotlib.ticker import MaxNLocator

from bot.commands.stats_sheet import GREY, INK, LINE, MARGIN, WIDTH, Sheet
from bot.commands.stats_words import Words
from bot.records.counts import Day

FEW = 7
"""Days that each have room for their own number and name."""

SCALE, SMALL = 110, 28
"""Pixels left of a drawing for its scale; the type of scale and dates."""

DATES = 54
"""Pixels under a drawing."""


@dataclass(frozen=True, slots=True)
class Chart:
    """Days from left to right, numbers from 0 to ``highest``; the rest is in pixels."""

    sheet: Sheet
    words: Words
    days: Sequence[Day]
    highest: float
    top: float
    height: float

    @property
    def is_short(self) -> bool:
        return len(self.days) <= FEW

    @property
    def left(self) -> float:
        return MARGIN if self.is_short else MARGIN + SCALE

    @property
    def step(self) -> float:
        """The room of a day."""
        return (WIDTH - MARGIN - self.left) / len(self.days)

    def x(self, place: float) -> float:
        """The middle of a day's room."""
        return self.left + (place + 0.5) * self.step

    def y(self, number: float) -> float:
        """How far down a number stands."""
        return self.top + self.height * (1 - number / self.highest)

    def scale(self, told: Callable[[float], str], whole: bool = False) -> None:
        """A line for every few numbers, with the number before it."""
        steps = MaxNLocator(4, integer=whole, steps=[1, 2, 2.5, 5, 10]).tick_values(0, self.highest)
        for step in steps:
            if 0 < step <= self.highest:
                y = self.y(step)
                self.sheet.box(self.left, y - 1, WIDTH - MARGIN - self.left, 2, LINE)
                self.sheet.write(told(step), (self.left - 14, y), SMALL, GREY, align="right")

    def ground(self) -> None:
        """The line that bars stand on, and the dates under it."""
        self.sheet.box(self.left, self.y(0), WIDTH - MARGIN - self.left, 2, GREY)
        y = self.top + self.height + 32
        for place, date in self._dates():
            is_first, is_last = place == 0, place == len(self.days) - 1
            if self.is_short:
                self.sheet.write(date, (self.x(place), y), SMALL, GREY, align="center")
            elif is_first:
                self.sheet.write(date, (self.left, y), SMALL, GREY)
            elif is_last:
                self.sheet.write(date, (WIDTH - MARGIN, y), SMALL, GREY, align="right")
            else:
                self.sheet.write(date, (self.x(place), y), SMALL, GREY, align="center")

    def numbers(self, told: Sequence[tuple[float, str]]) -> None:
        """A number above each day."""
        for place, (number, text) in enumerate(told):
            at = (self.x(place), self.y(number) - 22)
            self.sheet.write(text, at, SMALL, INK, align="center", bold=True)

    def _dates(self) -> Iterator[tuple[int, str]]:
        locale = self.words.texts.locale(self.words.language)
        last = len(self.days) - 1
        if 0 < last < FEW:
            for place, day in enumerate(self.days):
                yield place, str(format_date(day.day, "EEE", locale=locale))
            return
        for place in sorted({0, last // 2, last}):
            shown = self.days[place].day
            yield place, str(format_skeleton("MMMd", shown, locale=locale))
