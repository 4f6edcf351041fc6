"""The weekly digest for admins who want one: what it says, when it is due, and the wish for it."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta

from babel.dates import format_datetime
from babel.numbers import format_percent

from bot.commands.command import Asking, Outcome
from bot.commands.misses import group_paragraph
from bot.commands.reindex_checks import fresh_lines
from bot.dialogue.messages import Kind, Paragraph, Reply, Span, Style
from bot.dialogue.voice import Voice
from bot.records.digests import Wish
from bot.records.kinds import day_of
from bot.records.records import Records
from bot.reindexing import ReindexReport
from bot.services import Services
from content.folding import fold
from content.freshness import freshness

HOUR = 9
"""The hour of Monday, in the machine's time zone, at which digests are due."""

TOP = 3
"""Questions without a good answer that a digest shows."""

WEEK = 7


def next_due(now: float) -> float:
    """The next Monday, nine o'clock, after a moment; both in seconds since the epoch."""
    local = datetime.fromtimestamp(now)
    monday = local - timedelta(days=local.weekday())
    due = monday.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return (due if due > local else due + timedelta(days=WEEK)).timestamp()


async def digest(services: Services, records: Records, language: str, now: float) -> Reply:
    """The last seven days: how many questions, how many answered, what is still open.

    Raises:
        RecordsError: the records cannot be read.
    """
    voice = Voice(services.texts, services.knowledge.content, language)
    today = day_of(now)
    days = await records.counts.between(today - timedelta(days=WEEK), today - timedelta(days=1))
    asked, answered = (sum(getattr(d, what) for d in days) for what in ("questions", "answered"))
    groups = await records.misses.open(TOP)
    total = (await records.misses.waiting()).questions
    return voice.reply(
        Kind.HELP,
        (Span(voice.say("digest_title"), Style.BOLD),),
        _share(voice, asked, answered),
        (Span(voice.say("misses_title", count=total), Style.BOLD),) if groups else (),
        *(group_paragraph(group, voice.texts, voice.language) for group in groups),
        *_stale(voice),
        buttons=(
            (voice.button("misses", "/misses"),) if groups else (),
            (voice.button("digest_off", "/misses weekly off"),),
        ),
    )


async def weekly(services: Services, asking: Asking, voice: Voice) -> Outcome | None:
    """``/misses weekly``, ``/misses weekly on`` or ``off``; None for other words."""
    records, person = services.records, asking.person
    first, _, rest = asking.arguments.partition(" ")
    if records is None or person is None or not _means(services, first, "weekly"):
        return None
    if _means(services, rest, "weekly_on"):
        await records.digests.wish(person, voice.language, next_due(time.time()))
    elif _means(services, rest, "weekly_off"):
        await records.digests.stop(person)
    wished = await records.digests.wished(person)
    return _state(voice, wished), asking.conversation


def _state(voice: Voice, wished: Wish | None) -> Reply:
    back = voice.button("misses", "/misses")
    if wished is None:
        on = voice.button("digest_on", "/misses weekly on")
        return voice.reply(Kind.HELP, voice.paragraph("digest_is_off"), buttons=((on, back),))
    due, locale = datetime.fromtimestamp(wished.due), voice.texts.locale(voice.language)
    day = format_datetime(due, "EEEE d MMMM, HH:mm", locale=locale)
    off = voice.button("digest_off", "/misses weekly off")
    return voice.reply(Kind.HELP, voice.paragraph("digest_is_on", day=day), buttons=((off, back),))


def _means(services: Services, said: str, key: str) -> bool:
    translations = services.knowledge.generation.translations
    words = {fold(word) for t in translations for word in t.phrases(f"misses_{key}")}
    return fold(said.strip()) in {key.removeprefix("weekly_"), *words}


def _share(voice: Voice, asked: int, answered: int) -> Paragraph:
    if not asked:
        return voice.paragraph("digest_nothing")
    share = format_percent(answered / asked, locale=voice.texts.locale(voice.language))
    return voice.paragraph("digest_questions", count=asked, share=share)


def _stale(voice: Voice) -> Iterator[Paragraph]:
    checked = ReindexReport(fresh=freshness(voice.content))
    for line in fresh_lines(voice.texts, checked, voice.language):
        yield (Span(line),)
