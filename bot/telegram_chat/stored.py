"""Conversations in the records, so that a restart keeps them; in memory while those fail."""

import logging

from bot.dialogue.conversation import Conversation
from bot.records.faults import RecordsError
from bot.services import Services
from bot.telegram_chat.remembered import Answered, Memory, Place, Post

log = logging.getLogger(__name__)


class Stored:
    """The store of a bot with records. Which answer belongs to which question stays in memory."""

    def __init__(self, services: Services) -> None:
        self._services, self._memory = services, Memory()

    async def conversation(self, place: Place, now: float) -> Conversation:
        """The conversation as it is now; what could not be written is newer than what is read."""
        unwritten = await self._memory.conversation(place, now)
        records = self._services.records
        if records is None or self._memory.has(place):
            return unwritten
        try:
            value = await records.conversations.get(place.chat, place.user, now)
        except RecordsError as error:
            log.warning("a conversation was not read: %s", error)
            return unwritten
        return (Conversation.loads(value) if value else Conversation()).at_time(now)

    async def keep(self, place: Place, conversation: Conversation) -> None:
        """Keeps a conversation; an empty one is forgotten, with all answers given there."""
        await self._memory.keep(place, conversation)
        if await self._is_written(place, conversation):
            self._memory.drop(place)

    async def _is_written(self, place: Place, conversation: Conversation) -> bool:
        records = self._services.records
        if records is None:
            return False
        at, chosen = conversation.at, conversation.chosen
        is_empty = conversation == Conversation(at=at)
        value = "" if is_empty else conversation.dumps()
        lasting = Conversation(chosen=chosen).dumps() if chosen else ""
        try:
            await records.conversations.put(place.chat, place.user, value, at, lasting)
        except RecordsError as error:
            log.warning("a conversation was not written: %s", error)
            return False
        return True

    async def keep_answer(self, answered: Answered) -> None:
        """Keeps which message answers a question."""
        await self._memory.keep_answer(answered)

    async def answer_to(self, question: Post) -> Answered | None:
        """The answer given to a question, while it is remembered."""
        return await self._memory.answer_to(question)

    async def answered_by(self, answer: Post) -> Answered | None:
        """What a message of the bot answered, while it is remembered."""
        return await self._memory.answered_by(answer)

    async def forget(self, user: int) -> None:
        """Forgets what memory holds of a person, in all chats."""
        await self._memory.forget(user)
