"""Updates side by side, but what one person says in one chat in the order in which it was said."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot.telegram_chat.remembered import Bounded

AT_ONCE = 64
"""Updates worked on at the same time."""

WAITING = 100_000
"""Updates taken in; those of somebody who floods wait in their own line, not in others' way."""

SEEN = 20_000
"""Updates remembered, so that one delivered twice is answered once."""


Answer = Callable[[object, Awaitable[Any]], Awaitable[None]]
"""Answers an update, given how."""

MayBegin = Callable[[], Awaitable[None]]
"""Returns when another answer may be begun."""


FLOOD, PACE = 10, 0.2
"""Updates waiting in one line from which on it is a flood, and seconds between its answers."""


@dataclass(slots=True)
class Line:
    """Updates of one person in one chat: whose turn it is, and how many there are."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    count: int = 0


class InOrder(BaseUpdateProcessor):
    """One line for each person in each chat; inline queries wait for nobody."""

    def __init__(self, pace: float = PACE) -> None:
        super().__init__(max_concurrent_updates=WAITING)
        self._room = asyncio.Semaphore(AT_ONCE)
        self._lines: dict[Hashable, Line] = {}
        self._seen: Bounded[int, bool] = Bounded(SEEN)
        self._pace, self._is_stopping = pace, False
        self._kept_nowhere: set[int] = set()
        self._answer: Answer = _at_once
        self._may_begin: MayBegin = _now

    def knows(self, numbers: Iterable[int]) -> None:
        """Updates of these numbers were answered before."""
        for number in numbers:
            self._seen[number] = True

    def expects(self, number: int) -> None:
        """The update of this number is to be answered, though it may have been here before."""
        self._seen.pop(number, None)

    def must_answer(self, numbers: Iterable[int]) -> None:
        """Updates that are kept nowhere: they are answered even when the bot is to stop."""
        self._kept_nowhere.update(numbers)

    def stop(self) -> None:
        """What is not begun is not begun any more, where it is kept for the next start."""
        self._is_stopping = True

    def answered_by(self, answer: Answer) -> None:
        """How an update is answered when it has its turn."""
        self._answer = answer

    def begins_when(self, may_begin: MayBegin) -> None:
        """What is waited for before an update that has its turn is answered."""
        self._may_begin = may_begin

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Waits for what came before in the same line, then lets the update be answered."""
        if self._is_repeated(update):
            _drop(coroutine)
            return
        line = line_of(update)
        if line is None:
            await self._in_turn(update, coroutine)
            return
        waiting = self._lines.setdefault(line, Line())
        waiting.count += 1
        try:
            async with waiting.turn:
                async with self._room:
                    await self._may_begin()
                    await self._in_turn(update, coroutine)
                if waiting.count > FLOOD and not self._is_stopping:
                    # Whoever floods waits, and leaves the time to everybody else.
                    await asyncio.sleep(self._pace)
        finally:
            waiting.count -= 1
            if not waiting.count:
                del self._lines[line]

    async def _in_turn(self, update: object, answering: Awaitable[Any]) -> None:
        number = update.update_id if isinstance(update, Update) else None
        if self._is_stopping and number not in self._kept_nowhere:
            _drop(answering)
            return
        await self._answer(update, answering)
        if number is not None:
            self._kept_nowhere.discard(number)

    def _is_repeated(self, update: object) -> bool:
        if not isinstance(update, Update):
            return False
        is_repeated = update.update_id in self._seen
        self._seen[update.update_id] = True
        return is_repeated

    async def initialize(self) -> None:
        """Nothing to do."""

    async def shutdown(self) -> None:
        """Nothing to do."""


async def _at_once(_update: object, answering: Awaitable[Any]) -> None:
    await answering


async def _now() -> None:
    pass


def _drop(answering: Awaitable[Any]) -> None:
    answering.close()  # type: ignore[attr-defined]  # a coroutine always has it


def line_of(update: object) -> tuple[int, int | None] | None:
    """The line an update waits in, or None when it need not wait."""
    if not isinstance(update, Update) or update.inline_query or update.effective_chat is None:
        return None
    person = update.effective_sender.id if update.effective_sender else None
    return update.effective_chat.id, person
