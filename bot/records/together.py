"""What one update changes, written in one transaction with the mark that it is done."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from bot.records.many import Change


@dataclass
class Together:
    """Statements that wait for the end of the work that they belong to."""

    _changes: list[Change] = field(default_factory=list)
    _otherwise: list[Callable[[], None]] = field(default_factory=list)
    _is_open: bool = True

    def take_in(self, changes: tuple[Change, ...], otherwise: Callable[[], None]) -> bool:
        """Whether they wait here; ``otherwise`` is called when they cannot be written."""
        if self._is_open:
            self._changes += changes
            self._otherwise.append(otherwise)
        return self._is_open

    def closed(self) -> tuple[Change, ...]:
        """All of them, to be written now; nothing waits here any more."""
        self._is_open = False
        return tuple(self._changes)

    def failed(self) -> None:
        """They were not written."""
        for otherwise in self._otherwise:
            otherwise()


CURRENT: ContextVar[Together | None] = ContextVar("CURRENT", default=None)
"""What the running work collects; None for work whose changes are written at once."""


@contextmanager
def together() -> Iterator[Together]:
    """Within it, what may wait is collected."""
    collected = Together()
    token = CURRENT.set(collected)
    try:
        yield collected
    finally:
        CURRENT.reset(token)


async def by_itself(work: Awaitable[None]) -> None:
    """Work that writes its changes at once: it may last longer than what began it."""
    CURRENT.set(None)
    await work
