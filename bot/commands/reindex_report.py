"""What a reindex says while it runs and when it is done."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from babel import Locale
from babel.numbers import format_decimal

from bot.commands.reindex_checks import expected_lines, fresh_lines
from bot.dialogue.messages import Kind, Paragraph, Reply, Span, Style
from bot.dialogue.naming import full_name
from bot.reindexing import ReindexReport
from bot.services import Services
from content.models import Content
from content.problems import Problem, Severity
from content.texts import Texts

NAMES = 20
"""Names told of a kind; a change of everything must still fit a phone."""

PROBLEMS = 15
"""Problems told; the rest comes once these are mended."""


class Step(NamedTuple):
    """How far a reindex is: partners indexed, or expected questions asked."""

    done: int = 0
    total: int = 0
    asking: bool = False


def progress_reply(texts: Texts, language: str, step: Step) -> Reply:
    """How far it is."""
    key = "command_reindex_progress" if step.total else "command_reindex_checking"
    key = "reindex_asking" if step.asking else key
    text = texts.say(key, language, done=step.done, total=step.total)
    return Reply(Kind.HELP, language, ((Span(text),),))


def usage_reply(texts: Texts, language: str) -> Reply:
    """What may be said behind the command."""
    return Reply(Kind.ERROR, language, ((Span(texts.say("reindex_usage", language)),),))


def running_reply(texts: Texts, language: str, since: str) -> Reply:
    """That one is running already."""
    text = texts.say("command_reindex_running", language, since=since)
    return Reply(Kind.ERROR, language, ((Span(text),),))


def report_reply(
    services: Services, report: ReindexReport, before: Content, language: str
) -> Reply:
    """What a finished reindex did, or what keeps it from doing anything."""
    if not report.done:
        return (_no_way_back if report.undone else _refused)(services, report, language)
    texts, after = services.texts, services.knowledge.content
    took = seconds(report.seconds, language)
    key = "reindex_undone" if report.undone else "command_reindex_done"
    title = texts.say(key, language, count=report.partners, seconds=took)
    changes = [
        texts.say(f"command_reindex_{key}", language, names=names(texts, ids, content, language))
        for key, ids, content in (
            ("added", report.added, after),
            ("changed", report.changed, after),
            ("removed", report.removed, before),
        )
        if ids
    ] or [texts.say("command_reindex_unchanged", language)]
    changes += expected_lines(texts, report, after, language)
    changes += fresh_lines(texts, report, language)
    paragraphs = [_bold(title), *((Span(change),) for change in changes)]
    if report.problems:
        paragraphs.append(_bold(texts.say("command_reindex_warnings", language)))
        paragraphs.extend(problem_lines(services, report.problems, language))
    return Reply(Kind.HELP, language, tuple(paragraphs))


def _no_way_back(services: Services, report: ReindexReport, language: str) -> Reply:
    lines = (services.texts.say("reindex_undo_failed", language), report.failure or "")
    return Reply(Kind.ERROR, language, tuple((Span(line),) for line in lines))


def _refused(services: Services, report: ReindexReport, language: str) -> Reply:
    say = services.texts.say
    errors = [p for p in report.problems if p.severity is Severity.ERROR]
    count = len(errors) + bool(report.failure)
    paragraphs = [_bold(say("command_reindex_refused", language, count=count))]
    paragraphs.extend(problem_lines(services, errors, language))
    if report.failure:
        paragraphs.append((Span(report.failure),))
    paragraphs.append((Span(say("command_reindex_kept", language)),))
    return Reply(Kind.ERROR, language, tuple(paragraphs))


def problem_lines(
    services: Services, problems: Sequence[Problem], language: str
) -> Iterable[Paragraph]:
    """Problems with file, line and column, the first ones only when they are many."""
    for problem in problems[:PROBLEMS]:
        yield (Span(str(replace(problem, path=_short(problem.path, services.content_folder)))),)
    if len(problems) > PROBLEMS:
        more = len(problems) - PROBLEMS
        yield (Span(services.texts.say("command_reindex_more_problems", language, count=more)),)


def _short(path: Path, folder: Path) -> Path:
    """The path from the content folder on: a phone has no room for the server's folders."""
    whole, above = path.absolute(), folder.absolute().parent
    return whole.relative_to(above) if whole.is_relative_to(above) else path


def names(texts: Texts, ids: Sequence[str], content: Content, language: str) -> str:
    """Partners by name, in one phrase; the first ones only when they are many."""
    known = [content.partner(partner_id) for partner_id in ids[:NAMES]]
    shown = [full_name(partner, language) for partner in known if partner]
    if len(ids) > NAMES:
        shown.append(texts.say("command_reindex_others", language, count=len(ids) - NAMES))
    return texts.list(shown, language)


def seconds(value: float, language: str) -> str:
    """Seconds as the language writes them: 0.8, 0,8."""
    return str(format_decimal(round(value, 1), locale=Locale.parse(language)))


def _bold(text: str) -> Paragraph:
    return (Span(text, Style.BOLD),)
