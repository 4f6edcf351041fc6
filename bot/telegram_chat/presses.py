"""Pressed buttons: turned pages in their place, everything else as a message of its own."""

import asyncio
import re
import time
from dataclasses import replace

from telegram import Bot, CallbackQuery, Chat, Update
from telegram.ext import ContextTypes

from bot.commands.command import Asking
from bot.commands.commands import Spoken, find_command, run_command, spoken
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Incoming, Kind, Reply
from bot.services import Services
from bot.telegram_chat.answering_chats import Kept, in_background
from bot.telegram_chat.deleting import deleted, is_group_admin
from bot.telegram_chat.growing_message import GrowingMessage
from bot.telegram_chat.patience import Turn
from bot.telegram_chat.press import Press, is_asker
from bot.telegram_chat.recorder import Question, is_question
from bot.telegram_chat.remembered import Answered, Place, Post
from bot.telegram_chat.sending import Spot, acknowledge, edit, send
from bot.telegram_chat.thumbs import DELETE, DOWN, THANKED, UP
from bot.telegram_chat.updates import chat_kind

IN_PLACE = re.compile(r"page:|language:|partners:\d|topic:[^:]*:\d")
"""What these actions say takes the place of the message they hang on."""


class Presses:
    """Answers pressed buttons."""

    def __init__(self, services: Services, kept: Kept, admins: frozenset[int]) -> None:
        self._services, self._kept, self._admins = services, kept, admins

    async def on_press(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A button was pressed under a message of the bot."""
        query = update.callback_query
        if query is None:
            return
        if query.message is None or not query.data:
            await acknowledge(query, self._say("telegram_old_button", query))
            return
        press = Press(query.message, query.data, query.from_user)
        is_own = await self._is_own(press)
        if press.action == DELETE:
            await self._delete(query, press, is_own, context.bot)
        elif not is_own:
            await acknowledge(query, self._say("telegram_not_yours", query))
        elif press.action in (UP, DOWN, THANKED):
            await self._vote(query, press, context)
        elif await self._turn(press) is not Turn.ANSWER:
            await acknowledge(query, self._say("telegram_slower", query))
        elif command := spoken(press.action):
            await self._say_command(query, press, command, context)
        else:
            await asyncio.gather(acknowledge(query), self._answer(press, context))

    async def _is_own(self, press: Press) -> bool:
        """In a group, the buttons under an answer are for those who asked."""
        if press.message.chat.type == Chat.PRIVATE:
            return True
        known = await self._kept.store.answered_by(press.post, press.person.id)
        # The ids of chats, in whose name one may ask, are below zero.
        is_person = known is not None and known.user >= 0
        return known.user == press.person.id if known and is_person else is_asker(press)

    async def _turn(self, press: Press) -> Turn:
        if press.message.chat.type == Chat.PRIVATE or IN_PLACE.match(press.action):
            return Turn.ANSWER
        return await self._kept.patience.turn(Place(press.post.chat, press.person.id))

    async def _delete(self, query: CallbackQuery, press: Press, is_own: bool, bot: Bot) -> None:
        if not (is_own or await is_group_admin(bot, press.post.chat, press.person.id)):
            await acknowledge(query, self._say("telegram_not_yours_to_delete", query))
            return
        is_gone = await deleted(bot, press.post)
        text = None if is_gone else self._say("telegram_not_deleted", query)
        await acknowledge(query, text)

    async def _vote(
        self, query: CallbackQuery, press: Press, context: ContextTypes.DEFAULT_TYPE
    ) -> None:
        language, thumbs = self._language(query), self._kept.thumbs
        if press.action == THANKED or not await self._kept.store.vote(press.post):
            await acknowledge(query)
            return
        await thumbs.record(press.action == UP, press.message, language)
        thanked = thumbs.thank(context.bot, press.message, language)
        await asyncio.gather(acknowledge(query), thanked)

    def _say(self, key: str, query: CallbackQuery) -> str:
        return self._services.texts.say(key, self._language(query))

    def _language(self, query: CallbackQuery) -> str:
        incoming = Incoming("", client_language=query.from_user.language_code)
        return self._services.dialogue.language_of(incoming, Conversation())

    async def _say_command(
        self,
        query: CallbackQuery,
        press: Press,
        command: Spoken,
        context: ContextTypes.DEFAULT_TYPE,
    ) -> None:
        found = find_command(command.name, press.person.id in self._admins)
        work = self._command(press, command, context.bot)
        if found and found.in_order:
            await asyncio.gather(acknowledge(query), work)
            return
        # It may take long, and who pressed may want to ask something meanwhile.
        await in_background(context, work)
        await acknowledge(query)

    async def _command(self, press: Press, command: Spoken, bot: Bot) -> None:
        """Runs a command said by pressing; its reply takes the place of the message pressed on."""
        place, now = Place(press.post.chat, press.person.id), time.time()
        conversation = await self._kept.store.conversation(place, now)
        growing = GrowingMessage(
            bot, Spot(place.chat, press.question, press.thread), press.post.message
        )
        asking = Asking(
            Incoming("", conversation.chosen, press.person.language_code, now),
            conversation,
            command.arguments,
            press.person.id in self._admins,
            growing.tell,
            press.person.id,
            in_group=press.message.chat.type != Chat.PRIVATE,
        )
        reply, after = await run_command(self._services, command.name, asking)
        await growing.show(reply)
        if after != conversation:
            # What was said while a long command ran stays as it is.
            await self._kept.store.keep(place, after)

    async def _answer(self, press: Press, context: ContextTypes.DEFAULT_TYPE) -> None:
        place, now, begun = Place(press.post.chat, press.person.id), time.time(), time.monotonic()
        current = await self._kept.store.conversation(place, now)
        known = await self._kept.store.answered_by(press.post, press.person.id)
        # An older list, further up in the chat, still means what it shows.
        base = replace(known.after.at_time(now), chosen=current.chosen) if known else current
        incoming = Incoming("", current.chosen, press.person.language_code, now)
        reply, after = await self._services.dialogue.press(press.action, incoming, base)
        in_group = press.message.chat.type != Chat.PRIVATE
        stays = bool(IN_PLACE.match(press.action))
        is_voted = stays and await self._kept.store.is_voted(press.post)
        with_thumbs = self._kept.thumbs.under(reply, after, in_group, is_voted)
        answer = await shown_where_it_belongs(context.bot, press, with_thumbs)
        await self._kept.store.keep(place, after)
        if answer:
            new = Answered(Post(place.chat, answer), place.user, answer, base, after)
            is_same = answer == press.post.message
            answered = replace(known, after=after) if known and is_same else new
            await self._kept.store.keep_answer(answered)
        if press.action.startswith("ask:") and is_question(reply, after):
            asked, seconds = press.action.removeprefix("ask:"), time.monotonic() - begun
            question = Question(asked, reply, chat_kind(press.message.chat), seconds)
            await self._kept.recorder.question(question)


async def shown_where_it_belongs(bot: Bot, press: Press, reply: Reply) -> int | None:
    """Edits the message pressed on, or sends a new one; the id of the message, if there is one."""
    stays = IN_PLACE.match(press.action) and reply.kind is not Kind.ERROR
    if stays and await edit(bot, press.post, reply):
        return press.post.message
    return await send(bot, Spot(press.post.chat, press.question, press.thread), reply)
