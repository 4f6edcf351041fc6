"""Calls that wait for Telegram as long as it takes."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter

from bot.telegram_chat.patient_limiter import seconds

LONGEST_PAUSE = 30.0
"""Seconds between two tries, where Telegram cannot be reached."""

REFUSALS = 4
"""Refusals in a row before the token is given up; one alone may be a fault of Telegram's."""

log = logging.getLogger(__name__)
T = TypeVar("T")


async def patiently(call: Callable[[], Awaitable[T]]) -> T:
    """What a call to Telegram gives, as soon as Telegram can be reached.

    Raises:
        BadRequest: Telegram does not do what was asked.
        InvalidToken: Telegram goes on refusing the token.
    """
    pause, refused = 1.0, 0
    while True:
        try:
            return await call()
        except BadRequest:
            raise
        except InvalidToken:
            refused += 1
            if refused >= REFUSALS:
                raise
            log.warning("the token was refused, %d times in a row", refused)
            await asyncio.sleep(1.0)
            continue
        except RetryAfter as error:
            log.warning("Telegram asks to slow down: %s", error)
            pause = max(pause, seconds(error))
        except NetworkError as error:
            log.warning("Telegram cannot be reached, trying again: %s", error)
        refused = 0
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)
