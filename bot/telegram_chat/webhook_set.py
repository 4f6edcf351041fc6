"""The webhook as Telegram has it: set when it is not as it should be, and watched."""

import asyncio
import hashlib
import hmac
import logging
import os
from datetime import datetime
from pathlib import Path

from telegram import Bot, WebhookInfo

from bot.records.secret import secret_of
from bot.settings import Settings
from bot.telegram_chat.handled import HANDLED
from bot.telegram_chat.patiently import patiently

CONNECTIONS = 100
"""Updates that Telegram brings at once; each connection is held until its update is answered."""

log = logging.getLogger(__name__)


def webhook_secret(settings: Settings) -> str:
    """The secret by which Telegram is known: BOT_WEBHOOK_SECRET, or one made of the data's own.

    Raises:
        RecordsError: there is none, and none can be made.
    """
    if settings.webhook_secret:
        return settings.webhook_secret.get_secret_value()
    return hmac.new(secret_of(settings), b"webhook", hashlib.sha256).hexdigest()


class WebhookSet:
    """Sets the webhook, but only when it differs, since Telegram lets nobody set it often."""

    def __init__(self, bot: Bot, url: str, secret: str, data: Path) -> None:
        self._bot, self._url, self._secret = bot, url, secret
        # Telegram does not tell which secret it was given.
        self._note = data / f"webhook-{bot.token.partition(':')[0]}.set"
        self._told: datetime | None = None

    async def ensure(self) -> None:
        """Sets it if need be; tells the log when Telegram has met with an error since.

        Raises:
            BadRequest: Telegram does not take the address.
            InvalidToken: nor the token.
        """
        info = await patiently(self._bot.get_webhook_info)
        if not (self._is_ours(info) and await asyncio.to_thread(self._is_noted)):
            await patiently(self.set)
            log.info("webhook set: Telegram brings messages to %s", self._url)
        else:
            self._tell(info)

    def _tell(self, info: WebhookInfo) -> None:
        if info.last_error_date and info.last_error_date != self._told:
            self._told = info.last_error_date
            log.warning("Telegram could not bring messages: %s", info.last_error_message)

    def _is_ours(self, info: WebhookInfo) -> bool:
        wanted = (self._url, CONNECTIONS, set(HANDLED))
        return wanted == (info.url, info.max_connections, set(info.allowed_updates or ()))

    async def look(self) -> None:
        """Changes nothing; tells the log when it is not as it should be.

        Raises:
            InvalidToken: Telegram does not take the token.
        """
        info = await patiently(self._bot.get_webhook_info)
        if info.url != self._url:
            log.warning("the webhook is not ours (BOT_WEBHOOK_SET=no): run_bot.py webhook set")
        else:
            self._tell(info)

    async def set(self) -> None:
        """Sets it in any case."""
        await self._bot.set_webhook(
            self._url,
            max_connections=CONNECTIONS,
            allowed_updates=HANDLED,
            drop_pending_updates=False,
            secret_token=self._secret,
        )
        await asyncio.to_thread(self._write)

    @property
    def _digest(self) -> str:
        return hashlib.sha256(f"{self._url} {self._secret}".encode()).hexdigest()

    def _is_noted(self) -> bool:
        try:
            return self._note.read_text(encoding="utf-8") == self._digest
        except (OSError, ValueError):
            return False

    def _write(self) -> None:
        try:
            self._note.parent.mkdir(parents=True, exist_ok=True)
            flags = os.O_CREAT | os.O_TRUNC | os.O_WRONLY
            with open(os.open(self._note, flags, 0o600), "w", encoding="utf-8") as file:
                file.write(self._digest)
        except OSError as error:
            # It is then set once more at the next start, and nothing else.
            log.debug("that the webhook is set was not noted: %s", error)
