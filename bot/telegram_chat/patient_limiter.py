"""When Telegram asks to slow down, only the chat that it is about waits."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import AIORateLimiter

from bot.telegram_chat.remembered import Bounded

RETRIES, LONGEST = 5, 60.0
"""Tries, and the seconds beyond which a call is given up: a profile may be refused for hours."""

CHATS = 10_000
"""Chats remembered."""


class PatientLimiter(AIORateLimiter):
    """Telegram's limits kept; the library's own retries would hold up everybody else too."""

    def __init__(self) -> None:
        # Telegram's thirty a second are for what nobody asked for; when it minds, it says so.
        super().__init__(overall_max_rate=0, overall_time_period=0, max_retries=0)
        self._until: Bounded[object, float] = Bounded(CHATS)

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Any:
        """Sends, and again after the pause Telegram asks for."""
        chat = data.get("chat_id")
        for attempt in range(RETRIES + 1):
            pause = self._until.get(chat, 0.0) - time.monotonic() if self._until else 0.0
            if pause > 0:
                await asyncio.sleep(pause)
            try:
                if isinstance(chat, int) and chat > 0:
                    return await callback(*args, **kwargs)  # the other limits are of groups
                return await super().process_request(
                    callback, args, kwargs, endpoint, data, rate_limit_args
                )
            except RetryAfter as refused:
                pause = seconds(refused)
                if attempt == RETRIES or pause > LONGEST:
                    raise
                if chat is None:
                    await asyncio.sleep(pause)
                else:
                    self._until[chat] = time.monotonic() + pause
        raise AssertionError("the last attempt returns or raises")


def seconds(refused: RetryAfter) -> float:
    """How long Telegram asks to wait."""
    pause = refused.retry_after
    return pause.total_seconds() if isinstance(pause, timedelta) else float(pause)
