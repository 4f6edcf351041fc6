"""What is recorded of questions and answers: numbers and masked misses, never who asked."""

import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Kind, Reply
from bot.records.counts import Asked
from bot.records.faults import RecordsError
from bot.records.kinds import ChatKind, Reason
from bot.records.records import Records
from bot.services import Services

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Question:
    """One question with what became of it, in how many seconds."""

    text: str
    reply: Reply
    chat: ChatKind
    seconds: float


class Recorder:
    """Writes into the records; where that fails, a line in the log and nothing more."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def question(self, question: Question) -> None:
        """Counts a question, and keeps it as a miss when it found nothing."""
        reply, now = question.reply, time.time()
        ids = tuple(answer.id for answer in reply.answers)
        asked = Asked(
            reply.language,
            question.chat,
            answered=not reply.missed,
            partners=ids,
            topics=self._topics(ids),
            seconds=question.seconds,
        )

        async def written(records: Records) -> None:
            await records.counts.add(asked, now)
            if reply.missed:
                text, language = question.text, reply.language
                await records.misses.record(text, language, question.chat, Reason.NOTHING, now)

        await self._write(written)

    async def chosen(self, result: str, language: str) -> None:
        """Counts a partner or a topic that somebody sent from the inline list."""
        kind, _, name = result.partition("_")
        partners, topics = ((name,), self._topics((name,))) if kind == "p" else ((), (name,))
        asked = Asked(language, ChatKind.INLINE, answered=True, partners=partners, topics=topics)
        now = time.time()
        await self._write(lambda records: records.counts.add(asked, now))

    async def thumb(self, up: bool, about: Conversation | None, chat: ChatKind) -> None:
        """Counts a thumb; a 👎 makes a miss of the question, where it is still known."""
        now = time.time()

        async def written(records: Records) -> None:
            await records.counts.add_feedback(up, now)
            if about is None or not about.question:
                return
            question, language = about.question, about.language or self._services.texts.main
            await records.feedback.record(question, about.shown, language, up, now)
            if not up:
                await records.misses.record(question, language, chat, Reason.DISLIKED, now)

        await self._write(written)

    def _topics(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        content = self._services.knowledge.content
        found = (topic for i in ids if (p := content.partner(i)) for topic in p.topics)
        return tuple(dict.fromkeys(found))

    async def _write(self, write: Callable[[Records], Awaitable[None]]) -> None:
        records = self._services.records
        if records is None:
            return
        try:
            await write(records)
        except RecordsError as error:
            log.warning("not recorded: %s", error)


def is_question(reply: Reply, after: Conversation) -> bool:
    """Whether a reply answers a question, or says that nothing does; small talk does neither."""
    return reply.missed or (is_answer(reply, after) and after.last == "answers")


def is_answer(reply: Reply, after: Conversation) -> bool:
    """Whether a reply shows what a question found, on its first page or on a later one."""
    is_list = reply.kind in (Kind.ANSWERS, Kind.MORE) and bool(reply.answers)
    is_why = after.last == "why"
    return is_list and bool(after.question) and not after.listing and not is_why
