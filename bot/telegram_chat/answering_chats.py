"""What all that answer in chats share."""

from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

from telegram.ext import Application, ContextTypes

from bot.records.together import by_itself
from bot.telegram_chat.delivery import answered_now, belongs
from bot.telegram_chat.patience import Patience
from bot.telegram_chat.recorder import Recorder
from bot.telegram_chat.remembered import Store
from bot.telegram_chat.thumbs import Thumbs


@dataclass(frozen=True, slots=True)
class Kept:
    """What chats remember and record, shared by all that answer in them."""

    store: Store
    recorder: Recorder
    thumbs: Thumbs
    patience: Patience


async def in_background(
    context: ContextTypes.DEFAULT_TYPE, work: Coroutine[Any, Any, None]
) -> None:
    """Does something without anybody waiting for it, but the end of the bot.

    The update that asked for it is done when this is.
    """
    application: Application[Any, Any, Any, Any, Any, Any] = context.application
    if application.running:
        belongs(application.create_task(by_itself(work), update=answered_now()))
    else:
        await work
