"""Updates and calls to Telegram, timed and counted on their way."""

import asyncio
from collections.abc import Awaitable
from typing import Any

from telegram import Update

from bot.measures import Measures, Step
from bot.telegram_chat.in_order import InOrder
from bot.telegram_chat.patient_limiter import PatientLimiter


class MeasuredInOrder(InOrder):
    """In order as before; and whoever brought an update can wait until it is answered."""

    def __init__(self, measures: Measures) -> None:
        super().__init__()
        self._measures, self.waiting = measures, 0
        self._awaited: dict[int, asyncio.Future[None]] = {}

    def done(self, number: int) -> asyncio.Future[None]:
        """Is done when the update of that number is."""
        if number not in self._awaited:
            self._awaited[number] = asyncio.get_running_loop().create_future()
        return self._awaited[number]

    def no_matter(self, number: int) -> None:
        """Nobody waits for the update of that number any more; another replica may answer it."""
        if future := self._awaited.pop(number, None):
            future.cancel()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Lets the update be answered in its turn."""
        self.waiting += 1
        try:
            with self._measures.timed(Step.UPDATE):
                await super().do_process_update(update, coroutine)
        finally:
            self.waiting -= 1
            self._tell(update)

    def _tell(self, update: object) -> None:
        awaited = self._awaited.pop(update.update_id, None) if isinstance(update, Update) else None
        if awaited and not awaited.done():
            awaited.set_result(None)


class MeasuredLimiter(PatientLimiter):
    """As patient as before."""

    def __init__(self, measures: Measures) -> None:
        super().__init__()
        self._measures = measures

    async def process_request(self, *args: Any, **options: Any) -> Any:
        """Sends, with all its waits."""
        with self._measures.timed(Step.SEND):
            return await super().process_request(*args, **options)
