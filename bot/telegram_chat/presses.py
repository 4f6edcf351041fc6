"""Pressed buttons: turned pages in their place, everything else as a message of its own."""

import asyncio
import time
from dataclasses import dataclass, replace

from telegram import Bot, CallbackQuery, Chat, MaybeInaccessibleMessage, Message, Update, User
from telegram.ext import ContextTypes

from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Incoming, Kind, Reply
from bot.services import Services
from bot.telegram_chat.remembered import Answered, Place, Post, Store
from bot.telegram_chat.sending import acknowledge, edit, send

IN_PLACE = ("page:", "language:")
"""What these actions say takes the place of the message they hang on."""


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button: the message it hangs on, what it asks for, who pressed it."""

    message: MaybeInaccessibleMessage
    action: str
    person: User

    @property
    def post(self) -> Post:
        """Where it hangs."""
        return Post(self.message.chat.id, self.message.message_id)

    @property
    def question(self) -> int | None:
        """The message that was answered there, where the answer refers to it."""
        asked = self.message.reply_to_message if isinstance(self.message, Message) else None
        return asked.message_id if asked else None

    @property
    def thread(self) -> int | None:
        """The forum topic, where there is one."""
        if isinstance(self.message, Message) and self.message.is_topic_message:
            return self.message.message_thread_id
        return None


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
            press = Press(query.message, query.data, query.from_user)
            await asyncio.gather(acknowledge(query), self._answer(press, context.bot))

    def _say(self, key: str, query: CallbackQuery) -> str:
        incoming = Incoming("", client_language=query.from_user.language_code)
        language = self._services.dialogue.language_of(incoming, Conversation())
        return self._services.texts.say(key, language)

    async def _answer(self, press: Press, bot: Bot) -> None:
        place, now = Place(press.post.chat, press.person.id), time.time()
        current = await self._store.conversation(place, now)
        known = await self._store.answered_by(press.post)
        # An older list, further up in the chat, still means what it shows.
        base = replace(known.after.at_time(now), chosen=current.chosen) if known else current
        incoming = Incoming("", current.chosen, press.person.language_code, now)
        reply, after = await self._services.dialogue.press(press.action, incoming, base)
        answer = await shown_where_it_belongs(bot, press, reply)
        await self._store.keep(place, after)
        if answer is None:
            return
        if known and answer == press.post.message:
            await self._store.keep_answer(replace(known, after=after))
        else:
            own = Post(place.chat, answer)
            await self._store.keep_answer(Answered(own, place.user, answer, base, after))


def is_own(query: CallbackQuery) -> bool:
    """In a group, the buttons under an answer are for those who asked."""
    message = query.message
    if not isinstance(message, Message) or message.chat.type == Chat.PRIVATE:
        return True
    asked = message.reply_to_message
    # Who asks in a chat's name cannot be told apart from its other admins.
    return asked is None or bool(asked.sender_chat) or asked.from_user == query.from_user


async def shown_where_it_belongs(bot: Bot, press: Press, reply: Reply) -> int | None:
    """Edits the message pressed on, or sends a new one; the id of the message, if there is one."""
    stays = press.action.startswith(IN_PLACE) and reply.kind is not Kind.ERROR
    if stays and await edit(bot, press.post, reply):
        return press.post.message
    sent = await send(bot, press.post.chat, reply, press.question, press.thread)
    return sent.message_id if sent else None
