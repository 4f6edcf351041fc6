"""Sends the weekly digests: once a week, late rather than never, and never twice."""

import asyncio
import logging
import time
from collections.abc import Callable

from telegram import Bot
from telegram.error import TelegramError

from bot.commands.digest import digest, next_due
from bot.records.digests import Wish
from bot.records.faults import RecordsError
from bot.records.records import Records
from bot.services import Services
from bot.telegram_chat.sending import Spot, send

LOOKED = 60.0
"""Seconds between two looks at what is due."""

AGAIN = 900.0
"""Seconds after which one that could not be sent is tried again."""

LATEST = 2 * 24 * 3600
"""Seconds after which it is too late; the next one will say it."""

log = logging.getLogger(__name__)


class DigestSender:
    """Sends what is due to admins; to those who are none any more, nothing."""

    def __init__(
        self,
        services: Services,
        admins: frozenset[int],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._services, self._admins, self._clock = services, admins, clock
        self._task: asyncio.Task[None] | None = None

    def begin(self, bot: Bot) -> None:
        """Begins; the first look is at once, for what came due while nobody was here."""
        self._task = asyncio.create_task(self._keep(bot))

    async def end(self) -> None:
        """Stops; what was not sent is due again at the next start."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def look(self, bot: Bot) -> None:
        """Sends what is due now."""
        records, now = self._services.records, self._clock()
        if records is None or not self._admins:
            return
        for wish in await records.digests.due(now):
            if wish.admin not in self._admins:
                await records.digests.stop(wish.admin)
            elif now - wish.due > LATEST:
                await records.digests.done(wish, next_due(now))
            elif await records.digests.take(wish, now, now + AGAIN):
                await self._send(bot, records, wish)

    async def _keep(self, bot: Bot) -> None:
        while True:
            try:
                await self.look(bot)
            except RecordsError as error:
                log.warning("which digests are due could not be read: %s", error)
            except Exception:
                # Nothing about a digest may end the looking for the next one.
                log.exception("a digest was not sent")
            await asyncio.sleep(LOOKED)

    async def _send(self, bot: Bot, records: Records, wish: Wish) -> None:
        now = self._clock()
        reply = await digest(self._services, records, wish.language, now)
        try:
            await send(bot, Spot(wish.admin), reply)
        except TelegramError as error:
            log.warning("a digest is tried again in %.0f s: %s", AGAIN, error)
            return
        await records.digests.done(wish, next_due(now))
