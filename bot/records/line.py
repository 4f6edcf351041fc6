"""Reads or changes that wait: whoever's turn it is does all that wait in one go."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy.exc import DataError, IntegrityError, ProgrammingError

from bot.records.faults import RecordsError

W = TypeVar("W")
D = TypeVar("D")

_OWN_FAULT = (DataError, IntegrityError, ProgrammingError)
"""What one is refused for, though others would be taken."""


@dataclass(frozen=True, slots=True)
class _Waiting(Generic[W, D]):
    wanted: W
    done: asyncio.Future[D]


class Line(Generic[W, D]):
    """``run`` does up to ``at_once`` in one transaction, ``turns`` of them at a time.

    Whoever holds ``turn`` does something else that must not come at the same time.
    """

    def __init__(
        self, run: Callable[[Sequence[W]], Awaitable[Sequence[D]]], turns: int, at_once: int
    ) -> None:
        self._run, self.turn, self._at_once = run, asyncio.Semaphore(turns), at_once
        self._waiting: list[_Waiting[W, D]] = []
        self._fault, self._failed_at = "", 0.0

    async def done(self, wanted: W) -> D:
        """What came of it, once it is done for good.

        Raises:
            RecordsError: nothing was done.
        """
        asked = time.monotonic()
        mine: _Waiting[W, D] = _Waiting(wanted, asyncio.Future())
        self._waiting.append(mine)
        async with self.turn:
            if not mine.done.done():
                await self._do_some(asked)
        return await mine.done

    async def _do_some(self, asked: float) -> None:
        taken, self._waiting = self._waiting[: self._at_once], self._waiting[self._at_once :]
        try:
            if self._failed_at > asked:
                # The one before waited for the same lock in vain; a whole line must not wait anew.
                raise RecordsError(self._fault)
            await self._do(taken)
        except RecordsError as error:
            self._fault, self._failed_at = str(error), time.monotonic()
            for each in taken:
                if not each.done.done():
                    each.done.set_exception(RecordsError(str(error)))

    async def _do(self, taken: Sequence[_Waiting[W, D]]) -> None:
        try:
            results = await self._run([each.wanted for each in taken])
        except RecordsError as error:
            if len(taken) == 1 or not isinstance(error.__cause__, _OWN_FAULT):
                raise
            for each in taken:
                await self._do_alone(each)
            return
        for each, result in zip(taken, results, strict=True):
            each.done.set_result(result)

    async def _do_alone(self, waiting: _Waiting[W, D]) -> None:
        try:
            (result,) = await self._run([waiting.wanted])
            waiting.done.set_result(result)
        except RecordsError as error:
            waiting.done.set_exception(error)
