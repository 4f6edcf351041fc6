"""Conversations in private chats and groups: questions, commands, edits, pressed buttons."""

import time
from dataclasses import dataclass, replace
from typing import Any

from telegram import Message, Update
from telegram.ext import Application, ContextTypes

from bot.commands.command import Asking, Outcome
from bot.commands.commands import find_command, run_command
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Incoming, Kind, Reply, Span
from bot.services import Services
from bot.telegram_chat.growing_message import GrowingMessage
from bot.telegram_chat.remembered import Answered, Bounded, Store
from bot.telegram_chat.updates import Heard, heard, shown

ALBUMS = 1_000
"""Albums remembered, so that their many pictures are answered once."""


@dataclass(frozen=True, slots=True)
class Before:
    """Where an answer starts from: the conversation so far, and a message to put it into."""

    conversation: Conversation
    answer: int | None = None


class Chat:
    """Answers what is said in chats; ``admins`` are the ids of those who may use all commands."""

    def __init__(self, services: Services, store: Store, admins: frozenset[int]) -> None:
        self._services, self._store, self._admins = services, store, admins
        self._albums: Bounded[str, bool] = Bounded(ALBUMS)

    async def on_message(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Something new was said."""
        message = update.message
        if message is None:
            return
        said = heard(message, context.bot.bot, self._admins)
        if said is None:
            await self._on_wordless(message, context)
            return
        conversation = await self._store.conversation(said.place, time.time())
        await self._respond(said, Before(conversation), context)

    async def on_edit(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """What was said was put differently: the answer changes in its place."""
        message = update.edited_message
        said = heard(message, context.bot.bot, self._admins) if message else None
        if said is None:
            return
        now = time.time()
        conversation = await self._store.conversation(said.place, now)
        known = await self._store.answer_to(said.post)
        if known is None or known.user != said.place.user:
            await self._respond(said, Before(conversation), context)
            return
        # A follow-up means what it meant when it was asked, in the language chosen since.
        before = replace(known.before.at_time(now), chosen=conversation.chosen)
        await self._respond(said, Before(before, known.answer), context)

    async def _respond(
        self, said: Heard, before: Before, context: ContextTypes.DEFAULT_TYPE
    ) -> None:
        command = said.command
        found = find_command(command.name, said.is_admin) if command else None
        if command and found is None and said.in_group:
            return
        if found and found.admin_only:
            # It may take long, and its admin may want to ask something meanwhile.
            application: Application[Any, Any, Any, Any, Any, Any] = context.application
            application.create_task(self._answer(said, before, context))
            return
        await self._answer(said, before, context)

    async def _answer(
        self, said: Heard, before: Before, context: ContextTypes.DEFAULT_TYPE
    ) -> None:
        growing = GrowingMessage(context.bot, said, before.answer)
        reply, after = await self._reply(said, before.conversation, growing)
        answer = await growing.show(reply)
        await self._store.keep(said.place, after)
        if answer and after != Conversation():
            await self._store.keep_answer(
                Answered(said.post, said.place.user, answer, before.conversation, after)
            )

    async def _reply(
        self, said: Heard, conversation: Conversation, growing: GrowingMessage
    ) -> Outcome:
        incoming = said.incoming(conversation, time.time())
        command = said.command
        if command is None and said.text:
            return await self._services.dialogue.answer(incoming, conversation)
        if command is None:
            # A group called the bot by its name alone.
            return await self._services.dialogue.press("help", incoming, conversation)
        asking = Asking(incoming, conversation, command.arguments, said.is_admin, growing.tell)
        return await run_command(self._services, command.name, asking)

    async def _on_wordless(self, message: Message, context: ContextTypes.DEFAULT_TYPE) -> None:
        said, album = shown(message), message.media_group_id
        if said is None or album in self._albums:
            return
        if album:
            self._albums[album] = True
        conversation = await self._store.conversation(said.place, time.time())
        incoming = said.incoming(conversation, time.time())
        reply = sentence(self._services, "telegram_not_text", incoming, conversation)
        await GrowingMessage(context.bot, said).show(reply)


def sentence(services: Services, key: str, incoming: Incoming, conversation: Conversation) -> Reply:
    """One sentence of the bot, in the person's language."""
    language = services.dialogue.language_of(incoming, conversation)
    return Reply(Kind.ERROR, language, ((Span(services.texts.say(key, language)),),))
