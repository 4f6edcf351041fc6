"""The records opened for as long as the bot runs, opened again when they fail, and kept clean."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

from bot.records.faults import RecordsError
from bot.records.records import Records, open_records
from bot.records.secret import secret_of
from bot.services import Services
from bot.settings import Settings

AGAIN = 30.0
"""Seconds before a database that could not be opened is tried again."""

CLEANED = 300.0
"""Seconds between two cleanings."""

Opened = Callable[[Records], Awaitable[None]]
"""What is done first with records that were opened."""

_DIFFERENT = (
    "{where}: another replica works there with another secret.key, so that neither finds the"
    " other's conversations: give them one BOT_DATA, or the same BOT_RECORDS_SECRET"
)

log = logging.getLogger(__name__)


class RecordsKeeper:
    """Gives ``services`` its records; without them the bot answers all the same."""

    def __init__(self, services: Services, settings: Settings, opened: Opened) -> None:
        self._services, self._settings, self._opened = services, settings, opened
        self._tried = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        """Returns once they are open, or could not be opened."""
        self._task = asyncio.create_task(self._keep())
        await self._tried.wait()

    async def end(self) -> None:
        """Closes them; what is being written is written."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _keep(self) -> None:
        while True:
            try:
                await self._open()
            except RecordsError as error:
                log.warning("nothing is recorded, trying again in %.0f s: %s", AGAIN, error)
            finally:
                self._services.records = None
                self._tried.set()
            await asyncio.sleep(AGAIN)

    async def _open(self) -> None:
        secret = await asyncio.to_thread(secret_of, self._settings)
        spoken = self._services.knowledge.generation.translations
        async with open_records(self._settings.records_url, secret, spoken) as records:
            if records.database.is_shared and not await records.leases.is_of_our_secret():
                raise RecordsError(_DIFFERENT.format(where=records.database.where))
            self._services.records = records
            await self._opened(records)
            self._tried.set()
            while True:
                await _clean(records)
                await asyncio.sleep(CLEANED)


async def _clean(records: Records) -> None:
    try:
        await records.purge(time.time())
    except RecordsError as error:
        log.warning("what has expired could not be deleted: %s", error)
