"""Conversations and answers in the records, so that a restart keeps them; in memory meanwhile."""

import logging
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.dialogue.conversation import Conversation
from bot.records.answers import KeptAnswer
from bot.records.faults import RecordsError
from bot.records.records import Records
from bot.services import Services
from bot.telegram_chat.remembered import Answered, Memory, Place, Post

log = logging.getLogger(__name__)
T = TypeVar("T")


class Stored:
    """The store of a bot with records; what they do not take stays in memory."""

    def __init__(self, services: Services) -> None:
        self._services, self._memory = services, Memory()

    async def conversation(self, place: Place, now: float) -> Conversation:
        """The conversation as it is now; what could not be written is newer than what is read."""
        records, is_held = self._services.records, self._memory.has(place)
        if is_held and not (records and records.database.is_shared):
            return await self._memory.conversation(place, now)
        value = await self._tried(lambda r: r.conversations.get(place.chat, place.user, now))
        written = Conversation.loads(value) if value else Conversation()
        # Another replica may have gone on with what could not be written here.
        if is_held and self._memory.held_at(place) >= written.at:
            return await self._memory.conversation(place, now)
        return written.at_time(now)

    async def keep(self, place: Place, conversation: Conversation) -> None:
        """Keeps a conversation; an empty one is forgotten."""
        at, chosen = conversation.at, conversation.chosen
        is_empty = conversation == Conversation(at=at)
        value = "" if is_empty else conversation.dumps()
        lasting = Conversation(chosen=chosen).dumps() if chosen else ""

        def otherwise() -> None:
            self._memory.hold(place, conversation)

        async def write(records: Records) -> bool:
            self._memory.drop(place)
            await records.conversations.put(
                place.chat, place.user, value, at, lasting, otherwise=otherwise
            )
            return True

        if not await self._tried(write):
            otherwise()

    async def keep_answer(self, answered: Answered) -> None:
        """Keeps which message answers a question."""
        kept = KeptAnswer(
            answered.question.message,
            answered.answer,
            answered.user,
            answered.before.dumps(),
            answered.after.dumps(),
        )

        async def write(records: Records) -> bool:
            await records.answers.put(answered.question.chat, kept, time.time())
            return True

        if not await self._tried(write):
            self._memory.hold_answer(answered)

    async def answer_to(self, question: Post, user: int) -> Answered | None:
        """The answer given to a question, while it is remembered."""
        now, (chat, message) = time.time(), question
        kept = await self._tried(lambda r: r.answers.to(chat, message, user, now))
        return _read(chat, kept) if kept else await self._memory.answer_to(question, user)

    async def answered_by(self, answer: Post, user: int) -> Answered | None:
        """What a message of the bot answered, while it is remembered."""
        now, (chat, message) = time.time(), answer
        kept = await self._tried(lambda r: r.answers.at(chat, message, user, now))
        return _read(chat, kept) if kept else await self._memory.answered_by(answer, user)

    async def vote(self, answer: Post) -> bool:
        """Takes the one vote on an answer; False when it was taken already."""
        is_new = await self._tried(lambda r: r.answers.vote(*answer))
        return await self._memory.vote(answer) if is_new is None else is_new

    async def is_voted(self, answer: Post) -> bool:
        """Whether there was a vote on an answer."""
        is_voted = await self._tried(lambda r: r.answers.is_voted(*answer))
        return await self._memory.is_voted(answer) if is_voted is None else is_voted

    async def unvote(self, answer: Post) -> None:
        """Another answer stands there now: it may be voted on anew."""
        await self._memory.unvote(answer)
        await self._tried(lambda r: r.answers.unvote(*answer))

    async def forget(self, user: int) -> None:
        """Forgets what memory holds of a person, in all chats."""
        await self._memory.forget(user)

    async def _tried(self, ask: Callable[[Records], Awaitable[T]]) -> T | None:
        """What the records say; None, and a line in the log, when they cannot be asked."""
        records = self._services.records
        if records is None:
            return None
        try:
            return await ask(records)
        except RecordsError as error:
            log.warning("a conversation was not read or written: %s", error)
            return None


def _read(chat: int, kept: KeptAnswer) -> Answered:
    before, after = Conversation.loads(kept.before), Conversation.loads(kept.after)
    return Answered(Post(chat, kept.question), kept.user, kept.answer, before, after)
