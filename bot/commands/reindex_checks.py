"""What a reindex says of the content's quality: expected questions, and facts to check again."""

from collections.abc import Iterator, Sequence

from babel.dates import format_date

from bot.dialogue.naming import full_name
from bot.reindexing import ReindexReport
from content.models import Content
from content.texts import Texts
from index.expected import Expectation

QUESTIONS = 5
"""Questions told of a kind."""

IDS = 10
"""Partners told whose facts are to be checked again."""


def expected_lines(
    texts: Texts, report: ReindexReport, content: Content, language: str
) -> Iterator[str]:
    """How many expected questions find their partner, and which changed."""
    found = report.expected
    if found is None or not found.asked:
        return
    yield texts.say("reindex_expected", language, count=found.asked, right=found.right)
    if found.asked < found.total:
        yield texts.say("reindex_sampled", language, asked=found.asked, total=found.total)
    for key, questions in (
        ("reindex_worse", found.worse),
        ("reindex_better", found.better),
        ("reindex_missed", found.missed),
    ):
        if questions:
            yield texts.say(key, language, count=len(questions))
            yield from _listed(texts, questions, content, language)


def fresh_lines(texts: Texts, report: ReindexReport, language: str) -> Iterator[str]:
    """Which partners nobody has checked for long, in one line."""
    old, undated = report.fresh.old, report.fresh.undated
    if old:
        locale = texts.locale(language)
        shown = [f"{i} ({format_date(day, 'short', locale=locale)})" for i, day in old[:IDS]]
        names = texts.list(_cut(texts, shown, len(old), language), language)
        yield texts.say("reindex_old", language, count=len(old), names=names)
    if undated:
        names = texts.list(_cut(texts, undated[:IDS], len(undated), language), language)
        yield texts.say("reindex_undated", language, count=len(undated), names=names)


def _listed(
    texts: Texts, questions: Sequence[Expectation], content: Content, language: str
) -> Iterator[str]:
    for partner_id, question in questions[:QUESTIONS]:
        partner = content.partner(partner_id)
        name = full_name(partner, language) if partner else partner_id
        yield texts.say("reindex_question", language, question=question, partner=name)
    if len(questions) > QUESTIONS:
        yield texts.say("command_reindex_more_problems", language, count=len(questions) - QUESTIONS)


def _cut(texts: Texts, shown: Sequence[str], total: int, language: str) -> Sequence[str]:
    more = total - len(shown)
    return [*shown, texts.say("command_reindex_others", language, count=more)] if more else shown
