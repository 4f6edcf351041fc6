"""Answers in any chat: what somebody types behind the bot's name, found as they type."""

import logging
import time

from telegram import ChosenInlineResult, InlineQuery, InlineQueryResultsButton, Update
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot.dialogue.messages import Incoming
from bot.services import Services
from bot.telegram_chat.inline_results import Articles, Result
from bot.telegram_chat.plain_text import whole_letters
from bot.telegram_chat.recorder import Recorder
from bot.telegram_chat.remembered import Bounded, Place, Store
from bot.telegram_chat.sending import persistent

PAGE = 20
"""Results shown at once; Telegram asks for the next page when somebody scrolls."""

CACHE = 2
"""Seconds Telegram may reuse an answer: enough for a letter deleted, short enough for a reindex."""

PEOPLE = 10_000
"""People of whom the newest query is remembered."""

NEEDS, OF_EACH = 4, 3
"""Needs that one message may answer ("screens + poverty"), and partners for each."""

log = logging.getLogger(__name__)


class Inline:
    """Answers inline queries."""

    def __init__(self, services: Services, store: Store, recorder: Recorder) -> None:
        self._services, self._store, self._recorder = services, store, recorder
        self._newest: Bounded[int, str] = Bounded(PEOPLE)

    async def on_query(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A letter more was typed, or the list was scrolled to its end."""
        query = update.inline_query
        if query is None:
            return
        person = query.from_user.id
        self._newest[person] = query.id
        language = await self._language(query)
        results = await self._results(
            query, Articles(self._services, context.bot.username, language)
        )
        if self._newest.get(person) != query.id:
            # Nobody sees the answer to what was typed before; the newer one goes first.
            return
        await self._send(query, results, language)

    async def on_chosen(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """A result was sent somewhere: it is counted, and nothing else is kept of it."""
        chosen = update.chosen_inline_result
        if chosen:
            language = await self._language(chosen)
            await self._recorder.chosen(chosen.result_id, language)

    async def _language(self, query: InlineQuery | ChosenInlineResult) -> str:
        place, now = Place(query.from_user.id, query.from_user.id), time.time()
        conversation = await self._store.conversation(place, now)
        text, client = whole_letters(query.query), query.from_user.language_code
        incoming = Incoming(text, conversation.chosen, client, now)
        return self._services.dialogue.language_of(incoming, conversation)

    async def _results(self, query: InlineQuery, articles: Articles) -> list[Result]:
        """One page, and one more when there is a page after it."""
        begin, text = offset(query.offset), whole_letters(query.query).strip()
        if not text:
            return articles.everything()[begin : begin + PAGE + 1]
        needs = [part for need in text.split("+") if (part := need.strip())][:NEEDS]
        if len(needs) > 1 and not begin:
            found = [(need, (await self._found(need, OF_EACH))) for need in needs]
            both = articles.together(found)
            if both:
                each = dict.fromkeys(i for _, ids in found for i in ids)
                return [both, *(made for i in each if (made := articles.partner(i)))]
        ids = await self._found(text, begin + PAGE + 1)
        return [made for i in ids[begin:] if (made := articles.partner(i))]

    async def _found(self, text: str, most: int) -> list[str]:
        """The ids of the partners for words that may be half typed."""
        found = await self._services.knowledge.find(text, most, unfinished=True)
        return [answer.id for answer in found.answers or found.doubtful]

    async def _send(self, query: InlineQuery, results: list[Result], language: str) -> None:
        begin, more = offset(query.offset), len(results) > PAGE
        button = None
        if not results and not begin:
            text = self._services.texts.say("telegram_inline_nothing", language)
            button = InlineQueryResultsButton(text, start_parameter="inline")
        try:
            await persistent(
                lambda: query.answer(
                    results[:PAGE],
                    cache_time=CACHE,
                    is_personal=True,
                    next_offset=str(begin + PAGE) if more else "",
                    button=button,
                )
            )
        except BadRequest as error:
            # Mostly that the query is too old: the person has typed on or gone.
            log.info("an inline answer reached nobody: %s", error)


def offset(given: str) -> int:
    """Where a page begins; what the bot did not give itself means the beginning."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 7 else 0
