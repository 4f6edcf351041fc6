"""What an admin sees of the questions that wait: one to deal with, the others below."""

import asyncio
from collections.abc import Iterator, Sequence

from bot.commands.command import Asking, language_of
from bot.commands.misses import group_paragraph
from bot.commands.misses_targets import Target, likely, topics
from bot.commands.misses_words import without_masks
from bot.dialogue.messages import Button, Kind, Paragraph, Reply, Span, Style
from bot.dialogue.voice import Voice
from bot.records.kinds import Reason
from bot.records.misses import Misses, MissGroup
from bot.services import Services

SHOWN = 8
"""Questions shown at once: as many as a row has buttons."""

OFFERED = 6
"""Partners or topics offered at once, two a row."""

LABEL = 40
"""Characters of a question in the list of the others."""


def voice_of(services: Services, asking: Asking) -> Voice:
    """Speaks to who asks."""
    language = language_of(services, asking)
    return Voice(services.texts, services.knowledge.content, language)


async def waiting(
    services: Services, voice: Voice, misses: Misses, key: str = "", note: Paragraph = ()
) -> Reply:
    """The questions that wait, one of them (the most asked, or ``key``) to be dealt with."""
    groups = await misses.open(SHOWN)
    if not groups:
        digest = voice.button("digest", "/misses weekly")
        return voice.reply(Kind.HELP, note, voice.paragraph("misses_none"), buttons=((digest,),))
    chosen = next((group for group in groups if group.key == key), groups[0])
    total = (await misses.waiting()).questions
    title = (Span(voice.say("misses_title", count=total), Style.BOLD),)
    others = tuple(
        Span(f"\n{number}. {_short(group)}") for number, group in _others(groups, chosen)
    )
    return voice.reply(
        Kind.HELP,
        note,
        title,
        group_paragraph(chosen, voice.texts, voice.language),
        await _found_by_now(services, voice, chosen),
        voice.paragraph("misses_who"),
        (*voice.paragraph("misses_others"), *others) if others else (),
        buttons=(*await _choice(services, voice, chosen), _numbers(groups, chosen)),
    )


async def choice(
    services: Services, voice: Voice, group: MissGroup, page: int = 0, of_topics: bool = False
) -> Reply:
    """A page (from 0) of partners, or of topics, for a question."""
    return voice.reply(
        Kind.HELP,
        group_paragraph(group, voice.texts, voice.language),
        voice.paragraph("misses_which_topic" if of_topics else "misses_who"),
        buttons=await _choice(services, voice, group, page, of_topics),
    )


async def _choice(
    services: Services, voice: Voice, group: MissGroup, page: int = 0, of_topics: bool = False
) -> Sequence[tuple[Button, ...]]:
    question, listed = without_masks(group.examples[0]), topics if of_topics else likely
    targets = await asyncio.to_thread(listed, services, question, voice.language)
    pages = max(1, -(-len(targets) // OFFERED))
    page = min(max(page, 0), pages - 1)
    shown = [
        Button(t.label(voice.content, voice.language), action=f"/misses add {group.key} {t.ref}")
        for t in targets[page * OFFERED : (page + 1) * OFFERED]
    ]
    rows = [tuple(shown[n : n + 2]) for n in range(0, len(shown), 2)]
    turn = f"/misses {'topics' if of_topics else 'partners'} {group.key}"
    label = voice.say("button_misses_more_topics" if of_topics else "button_misses_more")
    turning = _turning(label, turn, page, pages)
    if of_topics or page:
        return [*rows, (*turning, voice.button("misses_back", f"/misses of {group.key}"))]
    return [*rows, turning, *_otherwise(voice, group)]


def _turning(label: str, turn: str, page: int, pages: int) -> tuple[Button, ...]:
    back = (
        (Button("‹", action=f"{turn} {page - 1}"),)
        if page > (1 if turn.startswith("/misses partners") else 0)
        else ()
    )
    if page + 1 >= pages:
        return back
    return (*back, Button("›" if page else label, action=f"{turn} {page + 1}"))


def _otherwise(voice: Voice, group: MissGroup) -> Iterator[tuple[Button, ...]]:
    yield (
        voice.button("misses_topic", f"/misses topics {group.key}"),
        voice.button("misses_ignore", f"/misses ignore {group.key}"),
    )
    yield (
        voice.button("misses_done", f"/misses done {group.key}"),
        voice.button("digest", "/misses weekly"),
    )


async def _found_by_now(services: Services, voice: Voice, group: MissGroup) -> Paragraph:
    """What the question finds, where it finds something: content changes, and thumbs go down."""
    found = await services.knowledge.find(without_masks(group.examples[0]))
    if not found.found:
        return ()
    partners = (voice.content.partner(answer.id) for answer in found.answers)
    names = voice.together(voice.name(partner) for partner in partners if partner)
    key = "misses_finds" if Reason.DISLIKED in group.reasons else "misses_finds_now"
    return voice.paragraph(key, names=names)


def _others(groups: Sequence[MissGroup], chosen: MissGroup) -> Iterator[tuple[int, MissGroup]]:
    return ((n, group) for n, group in enumerate(groups, start=1) if group is not chosen)


def _numbers(groups: Sequence[MissGroup], chosen: MissGroup) -> tuple[Button, ...]:
    others = _others(groups, chosen)
    return tuple(Button(str(n), action=f"/misses of {group.key}") for n, group in others)


def _short(group: MissGroup) -> str:
    question = group.examples[0]
    cut = question if len(question) <= LABEL else f"{question[: LABEL - 1].rstrip()}…"
    return f"{cut} ({group.count})"


def target_named(voice: Voice, target: Target) -> Span:
    """A partner's or a topic's name in bold."""
    return Span(target.name(voice.content, voice.language), Style.BOLD)
