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
from bot.dialogue.turn import Outcome
from bot.records.kinds import ChatKind
from bot.services import Services
from bot.telegram_chat.inline_presses import replaced_buttons
from bot.telegram_chat.recorder import Question, Recorder, is_question
from bot.telegram_chat.rendering import rendered
from bot.telegram_chat.sending import persistent
from bot.telegram_chat.updates import Heard, heard

log = logging.getLogger(__name__)


class Guest:
    """Answers guest messages; nothing of them is remembered."""

    def __init__(self, services: Services, recorder: Recorder) -> None:
        self._services, self._recorder = services, recorder

    async def on_message(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Somebody asked where the bot is no member."""
        message = update.guest_message
        said = heard(message, context.bot.bot, ()) if message else None
        if message is None or said is None or not message.guest_query_id:
            return
        begun, query = time.monotonic(), message.guest_query_id
        reply, after = await self._reply(said)
        result = as_result(reply)
        try:
            await persistent(lambda: context.bot.answer_guest_query(query, result))
        except BadRequest as error:
            log.info("a guest answer reached nobody: %s", error)
        if is_question(reply, after):
            seconds = time.monotonic() - begun
            question = Question(said.question, reply, ChatKind.GROUP, seconds)
            await self._recorder.question(question)

    async def _reply(self, said: Heard) -> Outcome:
        dialogue, nothing = self._services.dialogue, Conversation()
        incoming = said.incoming(nothing, time.time())
        if said.question:
            return await dialogue.answer(replace(incoming, text=said.question), nothing)
        return await dialogue.press("help", incoming, nothing)


def as_result(reply: Reply) -> InlineQueryResultArticle:
    """A reply as the result that Telegram wants; only buttons that work anywhere."""
    message = rendered(replaced_buttons(reply))
    content = InputTextMessageContent(
        message.html, parse_mode=ParseMode.HTML, link_preview_options=message.preview
    )
    return InlineQueryResultArticle("answer", "…", content, reply_markup=message.buttons)
