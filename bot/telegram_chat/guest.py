"""Where the bot is no member: somebody calls it by its name, and it answers once."""

import logging
import time
from dataclasses import replace

from telegram import InlineQueryResultArticle, InputTextMessageContent, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Reply
from bot.services import Services
from bot.telegram_chat.rendering import rendered
from bot.telegram_chat.sending import persistent
from bot.telegram_chat.updates import Heard, heard

log = logging.getLogger(__name__)


class Guest:
    """Answers guest messages; nothing of them is remembered."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def on_message(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Somebody asked where the bot is no member."""
        message = update.guest_message
        said = heard(message, context.bot.bot, ()) if message else None
        if message is None or said is None or not message.guest_query_id:
            return
        query, result = message.guest_query_id, as_result(await self._reply(said))
        try:
            await persistent(lambda: context.bot.answer_guest_query(query, result))
        except BadRequest as error:
            log.info("a guest answer reached nobody: %s", error)

    async def _reply(self, said: Heard) -> Reply:
        dialogue, nothing = self._services.dialogue, Conversation()
        incoming = said.incoming(nothing, time.time())
        command = said.command
        question = command.arguments if command else said.text
        if question:
            reply, _ = await dialogue.answer(replace(incoming, text=question), nothing)
        else:
            reply, _ = await dialogue.press("help", incoming, nothing)
        return reply


def as_result(reply: Reply) -> InlineQueryResultArticle:
    """A reply as the result that Telegram wants; only buttons that work anywhere."""
    links = tuple(tuple(b for b in row if b.url) for row in reply.buttons)
    message = rendered(replace(reply, buttons=links))
    content = InputTextMessageContent(
        message.html, parse_mode=ParseMode.HTML, link_preview_options=message.preview
    )
    return InlineQueryResultArticle("answer", "…", content, reply_markup=message.buttons)
