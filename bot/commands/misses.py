"""Groups of questions that found no good answer, in words and for programs."""

import json
from collections.abc import Iterator, Sequence
from datetime import date

from babel.dates import format_date

from bot.dialogue.messages import Paragraph, Span, Style
from bot.records.kinds import Reason
from bot.records.misses import MissGroup
from content.texts import Texts


def misses_text(groups: Sequence[MissGroup], texts: Texts, language: str) -> str:
    """The groups of questions still open, in words for a terminal."""
    paragraphs = _paragraphs(groups, texts, language)
    return "\n\n".join("".join(span.text for span in paragraph) for paragraph in paragraphs)


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
    total = sum(group.count for group in groups)
    yield (Span(texts.say("misses_title", language, count=total), Style.BOLD),)
    for group in groups:
        yield group_paragraph(group, texts, language)


def group_paragraph(group: MissGroup, texts: Texts, language: str) -> Paragraph:
    """A group in words: its latest wording, how often and when, other wordings."""
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
