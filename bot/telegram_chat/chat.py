"""Conversations in private chats and groups: questions, commands, edits, wordless messages."""

import time
from dataclasses import dataclass, replace

from telegram import Message, Update
from telegram.ext import ContextTypes

from bot.commands.command import Asking, Outcome
from bot.commands.commands import Spoken, find_command, run_command
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Incoming, Kind, Reply, Span
from bot.records.kinds import ChatKind
from bot.services import Services
from bot.telegram_chat.answering_chats import Kept, in_background
from bot.telegram_chat.documents import Documents
from bot.telegram_chat.growing_message import GrowingMessage
from bot.telegram_chat.menus import Menus
from bot.telegram_chat.patience import Turn
from bot.telegram_chat.recorder import Question, is_question
from bot.telegram_chat.remembered import Answered, Bounded, Post
from bot.telegram_chat.typing_sign import typing_when_slow
from bot.telegram_chat.updates import Heard, filed, heard, shown
from bot.telegram_chat.wordless import kind_word

ALBUMS = 1_000
"""Albums remembered, so that their many pictures are answered once."""


@dataclass(frozen=True, slots=True)
class Before:
    """Where an answer starts from: the conversation so far, and a message to put it into."""

    conversation: Conversation
    answer: int | None = None


class Chat:
    """Answers what is said in chats; ``admins`` are the ids of those who may use all commands."""

    def __init__(
        self, services: Services, kept: Kept, admins: frozenset[int], menus: Menus
    ) -> None:
        self._services, self._store, self._admins = services, kept.store, admins
        self._kept, self._menus = kept, menus
        self._documents = Documents(services, kept)
        self._albums: Bounded[str, bool] = Bounded(ALBUMS)

    async def on_message(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Something new was said."""
        message = update.message
        if message is None:
            return
        if file := filed(message, self._admins):
            await self._documents.take(message, file, context)
            return
        said = heard(message, context.bot.bot, self._admins)
        if said is None:
            await self._on_wordless(message, context)
            return
        if said.is_admin and not said.in_group:
            # An admin who had never written before could not be shown a menu of their own.
            await in_background(context, self._menus.greet(context.bot, said.place.user))
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
        known = await self._store.answer_to(said.post, said.place.user)
        if known is None or known.user != said.place.user:
            await self._respond(said, Before(conversation), context)
            return
        if goes_on(said, known.before):
            # What a command asked for was taken, and it has asked on since.
            await self._say("telegram_edited_late", said, conversation, context)
            return
        # A follow-up means what it meant when it was asked, in the language chosen since.
        before = replace(known.before.at_time(now), chosen=conversation.chosen)
        await self._store.unvote(Post(said.place.chat, known.answer))
        await self._respond(said, Before(before, known.answer), context)

    async def _respond(
        self, said: Heard, before: Before, context: ContextTypes.DEFAULT_TYPE
    ) -> None:
        command = said.command
        found = find_command(command.name, said.is_admin) if command else None
        if command and found is None and said.in_group:
            return
        turn = await self._kept.patience.turn(said.place) if said.in_group else Turn.ANSWER
        if turn is Turn.SAY_SO:
            await self._say("telegram_slower", said, before.conversation, context)
        if turn is not Turn.ANSWER:
            return
        if found and found.admin_only and not found.in_order:
            # It may take long, and its admin may want to ask something meanwhile.
            await in_background(context, self._answer(said, before, context, beside=True))
            return
        await self._answer(said, before, context)

    async def _answer(
        self, said: Heard, before: Before, context: ContextTypes.DEFAULT_TYPE, beside: bool = False
    ) -> None:
        begun = time.monotonic()
        growing = GrowingMessage(context.bot, said.spot, before.answer)
        with typing_when_slow(context.bot, said):
            reply, after = await self._reply(said, before.conversation, growing)
            answer = await growing.show(self._kept.thumbs.under(reply, after, said.in_group))
        if not (beside and await self._has_gone_on(said, before)):
            await self._keep(said, before, after, answer)
        if is_question(reply, after):
            kind = ChatKind.GROUP if said.in_group else ChatKind.PRIVATE
            question = Question(said.question, reply, kind, time.monotonic() - begun)
            await self._kept.recorder.question(question)

    async def _has_gone_on(self, said: Heard, before: Before) -> bool:
        """Whether the conversation is another by now than when a long command began."""
        now = await self._store.conversation(said.place, time.time())
        return replace(now, at=0.0) != replace(before.conversation, at=0.0)

    async def _keep(
        self, said: Heard, before: Before, after: Conversation, answer: int | None
    ) -> None:
        is_forgotten = after == Conversation()
        if is_forgotten:
            await self._store.forget(said.place.user)
        now = after if after.at else replace(after, at=time.time())
        await self._store.keep(said.place, now)
        if answer and not is_forgotten:
            await self._store.keep_answer(
                Answered(said.post, said.place.user, answer, before.conversation, after)
            )

    async def _reply(
        self, said: Heard, conversation: Conversation, growing: GrowingMessage
    ) -> Outcome:
        incoming = said.incoming(conversation, time.time())
        command = said.command or goes_on(said, conversation)
        if command is None and said.text:
            return await self._services.dialogue.answer(incoming, conversation)
        if command is None:
            # A group called the bot by its name alone.
            return await self._services.dialogue.press("help", incoming, conversation)
        asking = Asking(
            incoming,
            conversation,
            command.arguments,
            said.is_admin,
            growing.tell,
            said.place.user,
            goes_on=said.command is None,
            in_group=said.in_group,
            about=await self._about(said),
        )
        return await run_command(self._services, command.name, asking)

    async def _about(self, said: Heard) -> Conversation | None:
        """The conversation of the message replied to; an empty one when it is not known."""
        if said.about is None:
            return None
        store, user = self._store, said.place.user
        known = await store.answered_by(said.about, user) or await store.answer_to(said.about, user)
        return known.after if known else Conversation()

    async def _on_wordless(self, message: Message, context: ContextTypes.DEFAULT_TYPE) -> None:
        said, album = shown(message), message.media_group_id
        if said is None or album in self._albums:
            return
        if album:
            self._albums[album] = True
        conversation = await self._store.conversation(said.place, time.time())
        await self._say(kind_word(message), said, conversation, context)

    async def _say(
        self, key: str, said: Heard, conversation: Conversation, context: ContextTypes.DEFAULT_TYPE
    ) -> None:
        incoming = said.incoming(conversation, time.time())
        reply = sentence(self._services, key, incoming, conversation)
        await GrowingMessage(context.bot, said.spot).show(reply)


def goes_on(said: Heard, conversation: Conversation) -> Spoken | None:
    """The command that asked for these words, or None."""
    is_asked = conversation.command and said.text and not said.in_group
    name = conversation.command.partition(" ")[0]
    found = find_command(name, said.is_admin) if is_asked else None
    return Spoken(found.name, "", said.text) if found else None


def sentence(services: Services, key: str, incoming: Incoming, conversation: Conversation) -> Reply:
    """One sentence of the bot, in the person's language."""
    language = services.dialogue.language_of(incoming, conversation)
    return Reply(Kind.ERROR, language, ((Span(services.texts.say(key, language)),),))
