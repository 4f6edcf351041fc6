"""What was asked and found no good answer: for admins in a chat, and on the command line."""

import json
from collections.abc import Iterator, Sequence
from datetime import date

from babel.dates import format_date

from bot.dialogue.messages import Kind, Paragraph, Reply, Span, Style
from bot.records.faults import RecordsError
from bot.records.kinds import Reason
from bot.records.misses import Misses, MissGroup
from content.texts import Texts

SHOWN = 10
"""Groups shown in a chat; a phone has no room for more."""


async def misses_reply(misses: Misses, texts: Texts, language: str, limit: int = SHOWN) -> Reply:
    """The groups of questions still open, or why they cannot be read, in words."""
    try:
        groups = await misses.open(limit)
    except RecordsError as error:
        text = texts.say("misses_unreadable", language, reason=str(error))
        return Reply(Kind.ERROR, language, ((Span(text),),))
    return Reply(Kind.HELP, language, tuple(_paragraphs(groups, texts, language)))


def misses_lines(groups: Sequence[MissGroup]) -> Iterator[str]:
    """One JSON object a group, for programs."""
    for group in groups:
        yield json.dumps(
            {
                "key": group.key,
                "words": group.words,
                "count": group.count,
                "examples": group.examples,
                "languages": group.languages,
                "reasons": group.reasons,
                "first_day": group.first_day.isoformat(),
                "last_day": group.last_day.isoformat(),
                "days": {day.isoformat(): count for day, count in group.days},
            },
            ensure_ascii=False,
        )


def _paragraphs(groups: Sequence[MissGroup], texts: Texts, language: str) -> Iterator[Paragraph]:
    if not groups:
        yield (Span(texts.say("misses_none", language)),)
        return
    total = sum(group.count for group in groups)
    yield (Span(texts.say("misses_title", language, count=total), Style.BOLD),)
    for group in groups:
        yield _paragraph(group, texts, language)


def _paragraph(group: MissGroup, texts: Texts, language: str) -> Paragraph:
    names = texts.locale(language).languages
    languages = texts.list([names.get(code, code) for code in group.languages], language)
    question = Span(group.examples[0], Style.BOLD)
    pieces = texts.pieces(
        "misses_group",
        language,
        question=question,
        count=group.count,
        days=Span(_days(group, texts, language)),
        languages=Span(languages),
    )
    first = tuple(piece if isinstance(piece, Span) else Span(piece) for piece in pieces)
    return first + tuple(Span(f"\n{line}") for line in _more(group, texts, language))


def _more(group: MissGroup, texts: Texts, language: str) -> Iterator[str]:
    if group.examples[1:]:
        yield texts.say("misses_also", language, questions=" · ".join(group.examples[1:]))
    if Reason.DISLIKED in group.reasons:
        yield texts.say("misses_disliked", language)


def _days(group: MissGroup, texts: Texts, language: str) -> str:
    first, last = (_day(day, texts, language) for day in (group.first_day, group.last_day))
    if first == last:
        return texts.say("misses_day", language, day=first)
    return texts.say("misses_days", language, first=first, last=last)


def _day(day: date, texts: Texts, language: str) -> str:
    return str(format_date(day, "d MMMM", locale=texts.locale(language)))
