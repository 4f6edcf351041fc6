"""Updates by webhook: taken in while the bot runs, left with Telegram while it does not."""

import asyncio
import logging
import signal
import time
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from telegram import Update

from bot.doors import Inlet, Outside
from bot.settings import Settings
from bot.telegram_chat.building import App
from bot.telegram_chat.measured import MeasuredInOrder
from bot.telegram_chat.webhook_set import WebhookSet, patiently, webhook_secret

CONFIRMED = 25.0
"""Seconds after which an update is confirmed though its answer is still under way."""

CHECKED = 60.0
"""Seconds between two looks at what Telegram says of the webhook."""

PATIENCE = 3 * CHECKED
"""Seconds without a word from Telegram that are too many."""

log = logging.getLogger(__name__)


class Webhook:
    """An application that gets its updates through a door.

    An update is confirmed when it is answered: one that a killed process has not answered, or
    that comes while the bot starts or stops, Telegram brings again.
    """

    def __init__(self, application: App, settings: Settings) -> None:
        self._application, self._settings = application, settings
        processor = application.update_processor
        assert isinstance(processor, MeasuredInOrder)  # noqa: S101  building.py gives it one
        self._processor, self._is_open, self._heard = processor, False, float("-inf")

    def outside(self) -> Outside:
        """What the HTTP server has to know."""
        url = self._settings.webhook_url or ""
        inlet = Inlet(urlsplit(url).path, webhook_secret(self._settings), self.receive)
        return Outside(lambda: time.monotonic() - self._heard, PATIENCE, inlet)

    async def run(self) -> None:
        """Until a stop signal; then what was taken in is answered first."""
        stopped, loop = asyncio.Event(), asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            with suppress(NotImplementedError):  # on Windows
                loop.add_signal_handler(number, stopped.set)
        work, stop = asyncio.create_task(self._work()), asyncio.create_task(stopped.wait())
        await asyncio.wait({work, stop}, return_when=asyncio.FIRST_COMPLETED)
        stop.cancel()
        self._is_open = False
        work.cancel()
        try:
            with suppress(asyncio.CancelledError):
                await work
        finally:
            await self._end()

    async def receive(self, data: dict[str, Any]) -> bool:
        """Takes an update, and returns when it is answered or soon will be; False: not now."""
        if not self._is_open:
            return False
        self._heard = time.monotonic()
        done, is_known = self._processor.done(data["update_id"])
        if not is_known:
            await self._application.update_queue.put(self._update(data))
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(done), CONFIRMED)
        return True

    def _update(self, data: dict[str, Any]) -> Update:
        try:
            return Update.de_json(data, self._application.bot)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            # It would be brought again for ever, and nothing after it.
            log.error("an update could not be read and is passed over: %s", type(error).__name__)
            return Update(data["update_id"])

    async def _work(self) -> None:
        log.info("connecting to Telegram")
        application = self._application
        await patiently(application.initialize)
        if application.post_init:
            await application.post_init(application)
        await application.start()
        self._is_open = True
        wanted = self._settings.webhook_url or ""
        secret, data = webhook_secret(self._settings), self._settings.data
        webhook = WebhookSet(application.bot, wanted, secret, data)
        while True:
            # Another program may set it elsewhere, or take it away.
            await webhook.ensure()
            self._heard = time.monotonic()
            await asyncio.sleep(CHECKED)

    async def _end(self) -> None:
        application = self._application
        if application.running:
            await application.stop()
        await application.shutdown()
        if application.post_shutdown:
            await application.post_shutdown(application)
