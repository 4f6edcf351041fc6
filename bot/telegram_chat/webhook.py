"""Updates by webhook: taken in while the bot runs, left with Telegram while it does not."""

import asyncio
import time
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from bot.doors import Inlet, Outside
from bot.settings import Settings
from bot.telegram_chat.building import Built
from bot.telegram_chat.webhook_set import WebhookSet, webhook_secret

CONFIRMED = 25.0
"""Seconds after which an update that could not be kept is confirmed, answered or not."""

CHECKED = 60.0
"""Seconds between two looks at what Telegram says of the webhook."""

PATIENCE = 3 * CHECKED
"""Seconds without a word from Telegram that are too many."""


class Webhook:
    """What brings an application its updates through a door.

    An update is confirmed when it is kept; where it cannot be, when it is answered. One that
    comes while the bot starts or stops, Telegram brings again.
    """

    def __init__(self, built: Built, settings: Settings) -> None:
        self._built, self._settings = built, settings
        self._is_open, self._heard = False, float("-inf")

    def outside(self) -> Outside:
        """What the HTTP server has to know."""
        url = self._settings.webhook_url or ""
        inlet = Inlet(urlsplit(url).path, webhook_secret(self._settings), self.receive)
        return Outside(lambda: time.monotonic() - self._heard, PATIENCE, inlet)

    async def bring(self) -> None:
        """Takes updates in until it is cancelled."""
        self._is_open = True
        wanted = self._settings.webhook_url or ""
        secret, data = webhook_secret(self._settings), self._settings.data
        webhook = WebhookSet(self._built.application.bot, wanted, secret, data)
        try:
            while True:
                # Another program may set it elsewhere, or take it away.
                await (webhook.ensure() if self._settings.webhook_set else webhook.look())
                self._heard = time.monotonic()
                await asyncio.sleep(CHECKED)
        finally:
            self._is_open = False

    async def receive(self, data: dict[str, Any]) -> bool:
        """Takes an update, and returns when it is kept or answered; False: not now."""
        if not self._is_open:
            return False
        self._heard = time.monotonic()
        done = self._built.in_order.done(data["update_id"])
        if await self._built.intake.take([data]):
            self._built.in_order.no_matter(data["update_id"])
            return True
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(done), CONFIRMED)
        return True
