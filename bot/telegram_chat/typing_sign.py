"""The sign that the bot is typing, shown only when an answer takes its time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.telegram_chat.updates import Heard

SLOW = 1.0
"""Seconds after which a person would wonder."""

AGAIN = 4.5
"""Telegram shows the sign for five seconds."""


@asynccontextmanager
async def typing_when_slow(bot: Bot, said: Heard) -> AsyncIterator[None]:
    """While what is inside takes longer than ``SLOW``, the chat shows that the bot is typing."""
    task = asyncio.create_task(_type(bot, said))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _type(bot: Bot, said: Heard) -> None:
    await asyncio.sleep(SLOW)
    while True:
        try:
            await bot.send_chat_action(
                said.place.chat, ChatAction.TYPING, message_thread_id=said.thread
            )
        except TelegramError:
            return
        await asyncio.sleep(AGAIN)
