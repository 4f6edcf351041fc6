"""What a fault is, how it is tried, and what came of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from faults.scene import Scene


@dataclass(frozen=True)
class Size:
    """How large a trial is: who asks, how much waits, how long a fault lasts in seconds."""

    people: int
    backlog: int
    pause: float
    variants: int
    patience: float

    def lasting(self, seconds: float) -> float:
        """How long something lasts that at full size takes so many seconds."""
        return min(seconds, self.pause)


SMALL = Size(people=6, backlog=200, pause=1.5, variants=1, patience=40.0)
FULL = Size(people=30, backlog=10_000, pause=120.0, variants=100, patience=200.0)


class CannotTryError(Exception):
    """This machine does not allow the trial; the message says what is missing."""


@dataclass(frozen=True)
class Outcome:
    """The questions of one trial; ``seconds`` is until the bot answered again by itself."""

    asked: int
    lost: int
    doubled: int
    seconds: float
    note: str = ""

    @property
    def answered(self) -> int:
        return self.asked - self.lost


@dataclass(frozen=True)
class Fault:
    """One fault: its name in the table, and what makes it.

    ``says`` are words of the log that tell of it. ``doubles``: so many answers may come twice, as
    Telegram tells nobody whether one arrived. ``unkept``: there was no way to record all.
    ``costly``: another test holds the same promise, so that only ``make faults`` tries it.
    """

    name: str
    trial: Callable[[Scene], Awaitable[None]]
    says: str = ""
    doubles: float = 0
    unkept: bool = False
    costly: bool = False


@dataclass(frozen=True)
class Family:
    """Faults that are tried one after the other with the same data folder."""

    name: str
    faults: tuple[Fault, ...]
