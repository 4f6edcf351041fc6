"""The sign that the bot is typing, shown only when an answer takes its time."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.telegram_chat.updates import Heard

SLOW = 1.0
"""Seconds after which a person would wonder."""

AGAIN = 4.5
"""Telegram shows the sign for five seconds."""


@contextmanager
def typing_when_slow(bot: Bot, said: Heard) -> Iterator[None]:
    """While what is inside takes longer than ``SLOW``, the chat shows that the bot is typing."""
    tasks: list[asyncio.Task[None]] = []  # kept here, as the loop keeps none

    def begin() -> None:
        tasks.append(asyncio.create_task(_type(bot, said)))

    # Most answers are there long before; a task for each would cost as much as a search.
    timer = asyncio.get_running_loop().call_later(SLOW, begin)
    try:
        yield
    finally:
        timer.cancel()
        for task in tasks:
            task.cancel()


async def _type(bot: Bot, said: Heard) -> None:
    while True:
        try:
            await bot.send_chat_action(
                said.place.chat, ChatAction.TYPING, message_thread_id=said.thread
            )
        except TelegramError:
            return
        await asyncio.sleep(AGAIN)
