"""Pressed buttons: turned pages in their place, everything else as a message of its own."""

import asyncio
import time
from dataclasses import replace

from telegram import Bot, CallbackQuery, Chat, Message, Update
from telegram.ext import ContextTypes

from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Incoming, Kind, Reply
from bot.services import Services
from bot.telegram_chat.remembered import Answered, Place, Post, Store
from bot.telegram_chat.sending import acknowledge, edit, send

IN_PLACE = ("page:", "language:")
"""What these actions say takes the place of the message they hang on."""


class Presses:
    """Answers pressed buttons."""

    def __init__(self, services: Services, store: Store) -> None:
        self._services, self._store = services, store

    async def on_press(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A button was pressed."""
        query = update.callback_query
        if query is None:
            return
        if query.message is None or not query.data:
            await acknowledge(query, self._say("telegram_old_button", query))
        elif not is_own(query):
            await acknowledge(query, self._say("telegram_not_yours", query))
        else:
            await asyncio.gather(acknowledge(query), self._answer(query, context.bot))

    def _say(self, key: str, query: CallbackQuery) -> str:
        incoming = Incoming("", client_language=query.from_user.language_code)
        language = self._services.dialogue.language_of(incoming, Conversation())
        return self._services.texts.say(key, language)

    async def _answer(self, query: CallbackQuery, bot: Bot) -> None:
        assert query.message is not None and query.data is not None  # noqa: S101, PT018  on_press
        pressed = Post(query.message.chat.id, query.message.message_id)
        place, now = Place(pressed.chat, query.from_user.id), time.time()
        current = await self._store.conversation(place, now)
        known = await self._store.answered_by(pressed)
        # An older list, further up in the chat, still means what it shows.
        base = replace(known.after.at_time(now), chosen=current.chosen) if known else current
        incoming = Incoming("", current.chosen, query.from_user.language_code, now)
        reply, after = await self._services.dialogue.press(query.data, incoming, base)
        answer = await shown_where_it_belongs(bot, query, reply)
        await self._store.keep(place, after)
        if answer:
            before = known.before if known else base
            question = Post(pressed.chat, answer)
            if known and answer == pressed.message:
                question = known.question
            answered = Answered(question, place.user, answer, before, after)
            await self._store.keep_answer(answered)


def is_own(query: CallbackQuery) -> bool:
    """In a group, the buttons under an answer are for those who asked."""
    message = query.message
    if not isinstance(message, Message) or message.chat.type == Chat.PRIVATE:
        return True
    asked = message.reply_to_message
    return asked is None or asked.from_user is None or asked.from_user == query.from_user


async def shown_where_it_belongs(bot: Bot, query: CallbackQuery, reply: Reply) -> int | None:
    """Edits the message pressed on, or sends a new one; the id of the message, if there is one."""
    message = query.message
    assert message is not None  # noqa: S101  on_press
    stays = str(query.data).startswith(IN_PLACE) and reply.kind is not Kind.ERROR
    if stays and await edit(bot, Post(message.chat.id, message.message_id), reply):
        return message.message_id
    asked = message.reply_to_message if isinstance(message, Message) else None
    thread = None
    if isinstance(message, Message) and message.is_topic_message:
        thread = message.message_thread_id
    sent = await send(bot, message.chat.id, reply, asked.message_id if asked else None, thread)
    return sent.message_id if sent else None
