"""Updates fetched from Telegram; the next ones only when these are kept."""

import asyncio
import logging
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError, TimedOut

from bot.measures import Measures
from bot.telegram_chat.building import Built
from bot.telegram_chat.faults import in_words, level_of
from bot.telegram_chat.handled import HANDLED_AS_JSON
from bot.telegram_chat.patient_limiter import seconds
from bot.telegram_chat.patiently import LONGEST_PAUSE, REFUSALS, patiently

LONG_POLL = 30
"""Seconds that Telegram holds a poll when there is nothing to bring."""

LONGEST = LONG_POLL + 30.0
"""Seconds after which a poll is given up, however slowly its answer drips in."""

PATIENCE = 3 * LONGEST
"""Seconds without a fetched update that are too many."""

log = logging.getLogger(__name__)


class StalledError(Exception):
    """Polling does not go on though nothing keeps it from it."""


class WebhookLeftError(Exception):
    """Messages are brought elsewhere, and BOT_WEBHOOK_SET=no leaves that as it is."""


class Polling:
    """Polls until it is cancelled."""

    def __init__(self, built: Built, measures: Measures, may_unset: bool = True) -> None:
        self._application, self._request = built.application, built.fetching
        self._intake, self._measures = built.intake, measures
        self._may_unset = may_unset
        self._offset = self._refused = 0
        self._heard = self._conflict = float("-inf")
        self._tried = time.monotonic()

    def silence(self) -> float:
        """Seconds since updates were last fetched; infinite before the first time."""
        return time.monotonic() - self._heard

    def peace(self) -> float:
        """Seconds since another program was last seen fetching; infinite when none ever was."""
        return time.monotonic() - self._conflict

    async def bring(self) -> None:
        """Fetches updates for good.

        Raises:
            InvalidToken: Telegram goes on refusing the token.
            StalledError: nothing was tried for too long.
        """
        await self._take_webhook_away()
        # The first poll may take long, and Telegram has just been heard of.
        self._heard = self._tried = time.monotonic()
        polling, watching = asyncio.create_task(self._poll()), asyncio.create_task(self._watch())
        try:
            await asyncio.wait({polling, watching}, return_when=asyncio.FIRST_COMPLETED)
            for task in (polling, watching):
                if task.done():
                    task.result()
        finally:
            watching.cancel()
            polling.cancel()
            await asyncio.gather(polling, watching, return_exceptions=True)
            await self._confirm()

    async def _take_webhook_away(self) -> None:
        bot = self._application.bot
        if self._may_unset:
            await patiently(lambda: bot.delete_webhook(drop_pending_updates=False))
        elif (await patiently(bot.get_webhook_info)).url:
            raise WebhookLeftError(
                "Telegram brings messages by webhook, and BOT_WEBHOOK_SET=no: set BOT_WEBHOOK_URL"
                " to serve there, or to poll: python run_bot.py webhook remove"
            )

    async def _poll(self) -> None:
        pause = 0.0
        while True:
            self._tried = time.monotonic()
            try:
                await self._fetch()
                pause = 0.0
            except TimeoutError:
                pause = self._told(TimedOut(), pause)
            except TelegramError as error:
                pause = self._told(error, pause)
            await asyncio.sleep(pause)

    async def _fetch(self) -> None:
        async with asyncio.timeout(LONGEST):
            updates = await self._asked(LONG_POLL)
        self._heard, self._refused = time.monotonic(), 0
        if updates:
            await self._intake.take(updates)
            self._offset = updates[-1]["update_id"] + 1

    async def _asked(self, wait: int) -> Sequence[Mapping[str, Any]]:
        asked = {"timeout": wait, "allowed_updates": HANDLED_AS_JSON, "offset": self._offset}
        url = f"{self._application.bot.base_url}/getUpdates?{urlencode(asked)}"
        given = await self._request.post(url, read_timeout=wait + 10.0)
        updates = given if isinstance(given, list) else []
        return [u for u in updates if isinstance(u, dict) and isinstance(u.get("update_id"), int)]

    def _told(self, error: TelegramError, pause: float) -> float:
        """Writes an error down; the seconds to wait before the next poll.

        Raises:
            InvalidToken: the token was refused once too often.
        """
        self._measures.errors[type(error).__name__] += 1
        if isinstance(error, InvalidToken):
            self._refused += 1
            if self._refused >= REFUSALS:
                raise error
            log.warning("the token was refused, %d times in a row", self._refused)
        else:
            self._refused = 0
            log.log(level_of(error), "%s", in_words(error, is_fetching=True))
        if isinstance(error, Conflict):
            self._conflict = time.monotonic()
        if isinstance(error, RetryAfter):
            return seconds(error) + 0.5
        return 0.5 if isinstance(error, TimedOut) else min(max(1.0, 1.5 * pause), LONGEST_PAUSE)

    async def _watch(self) -> None:
        while time.monotonic() - self._tried < PATIENCE:
            await asyncio.sleep(5.0)
        raise StalledError(f"nothing was fetched for {PATIENCE:.0f} s, and nothing was tried")

    async def _confirm(self) -> None:
        """What is kept need not be brought again."""
        if self._offset:
            with suppress(TelegramError, TimeoutError):
                async with asyncio.timeout(2.0):
                    await self._asked(0)
