"""What goes wrong, in one line of the log each, without token or anybody's words."""

import logging
import traceback
from pathlib import Path

from telegram import Update
from telegram.error import Conflict, Forbidden, NetworkError, RetryAfter, TelegramError
from telegram.ext import ContextTypes

from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Incoming
from bot.services import Services
from bot.telegram_chat.chat import sentence
from bot.telegram_chat.delivery import failed
from bot.telegram_chat.sending import Spot, send

log = logging.getLogger(__name__)

OURS = ("bot", "index", "content")


class Faults:
    """Hears of every error that no one else has dealt with."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def on_error(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Writes it down, and tells the person who waits for an answer."""
        error = context.error
        if error is None:
            return
        self._services.measures.errors[type(error).__name__] += 1
        if isinstance(error, TelegramError):
            again = ", it is tried again" if failed(error) else ""
            log.log(level_of(error), "%s%s", in_words(error, is_fetching=False), again)
            return
        log.error("%s at %s", type(error).__name__, place_of(error))
        log.debug("called from:\n%s", "".join(traceback.format_tb(error.__traceback__)))
        if isinstance(update, Update):
            await self._apologise(update, context)

    async def _apologise(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.effective_message
        if message is None or message.chat.type != message.chat.PRIVATE:
            return
        person = update.effective_user
        incoming = Incoming("", client_language=person.language_code if person else None)
        reply = sentence(self._services, "telegram_error", incoming, Conversation())
        await send(context.bot, Spot(message.chat.id), reply)


def level_of(error: TelegramError) -> int:
    """How much an operator should care."""
    if isinstance(error, Forbidden):
        return logging.INFO
    return logging.WARNING if isinstance(error, NetworkError | RetryAfter) else logging.ERROR


def in_words(error: TelegramError, is_fetching: bool) -> str:
    """An error of Telegram's, with its mend where the operator has one."""
    if isinstance(error, Conflict):
        return (
            "another program uses this bot's token to fetch messages (or a webhook is set):"
            " stop it; until then messages go now here, now there"
        )
    if isinstance(error, RetryAfter):
        return f"Telegram asks to slow down: {error}"
    if type(error) is NetworkError and is_fetching:
        return f"Telegram cannot be reached, trying again: {error}"
    lost = "" if is_fetching else "an answer did not arrive: "
    return f"{lost}{type(error).__name__}: {error}"


def place_of(error: BaseException) -> str:
    """Where in our code it happened: the message itself may hold somebody's words."""
    frames = traceback.extract_tb(error.__traceback__)
    root = Path(__file__).parents[2]
    ours = [f for f in frames if any(Path(f.filename).is_relative_to(root / o) for o in OURS)]
    if not frames:
        return "an unknown place"
    frame = ours[-1] if ours else frames[-1]
    return f"{Path(frame.filename).name}:{frame.lineno} in {frame.name}"
