"""Is everything in order? What the bot can see of itself and of its surroundings, with mends."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.commands.command import Asking, Outcome, language_of
from bot.diagnosis import Line, Mark
from bot.dialogue.messages import Kind, Reply, Span, Style
from bot.records.faults import RecordsError
from bot.records.records import Records
from bot.services import Services
from content.checking import check
from content.files import fingerprint
from content.problems import Problem, Severity
from content.texts import Texts
from index.engine import EngineError
from index.library import Library

SHOWN = 3
"""Problems of the content that are shown; `check` shows them all."""


@dataclass(frozen=True, slots=True)
class Index:
    """What is told of an index: its generation, what it was made from, its partners."""

    generation: str
    fingerprint: str
    partners: int


async def diagnose(services: Services, asking: Asking) -> Outcome:
    """The whole list, for an admin in a chat."""
    lines = [*(await services.look() if services.look else ()), await _records(services)]
    generation = services.knowledge.generation
    index = Index(generation.name, generation.fingerprint, len(generation.content.partners))
    lines += await asyncio.to_thread(content_lines, services.content_folder, index)
    language = language_of(services, asking)
    return _reply(services.texts, language, lines), asking.conversation


def index_in(library: Library) -> Index | None:
    """The index that a bot would answer from, or None."""
    current = library.current()
    if current is None:
        return None
    try:
        return Index(current.name, current.fingerprint, len(current.content.partners))
    finally:
        current.close()


def index_failed(error: EngineError) -> Line:
    """The line of an index that cannot be asked for."""
    return Line(Mark.BAD, "diagnose_index_away", {"reason": str(error)})


def content_lines(folder: Path, index: Index | None) -> Sequence[Line]:
    """The index, whether it is that of the content as it is, and what is wrong with this."""
    loaded = check(folder)
    return [*_index(folder, index), *_content(folder, loaded.problems, loaded.content is not None)]


def in_words(line: Line, texts: Texts, language: str) -> str:
    """A finding as people read it."""
    return f"{line.mark} {texts.say(line.key, language, **line.values)}"


def summary(lines: Sequence[Line], texts: Texts, language: str) -> str:
    """How many things there are to mend."""
    count = sum(line.mark is Mark.BAD for line in lines)
    key = "diagnose_faults" if count else "diagnose_fine"
    return texts.say(key, language, count=count)


async def records_line(records: Records) -> Line:
    """The line of a database that answers, with the messages that were given up.

    Raises:
        RecordsError: it does not.
    """
    await records.about()
    where, given_up = records.database.where, await records.inbox.given_up()
    if given_up:
        values: dict[str, str | int] = {"where": where, "count": given_up}
        return Line(Mark.WORTH_KNOWING, "diagnose_database_given_up", values)
    return Line(Mark.GOOD, "diagnose_database_good", {"where": where})


def records_failed(error: RecordsError) -> Line:
    """The line of a database that cannot be used."""
    return Line(Mark.BAD, "diagnose_database_bad", {"reason": str(error)})


def _reply(texts: Texts, language: str, lines: Sequence[Line]) -> Reply:
    title = (Span(summary(lines, texts, language), Style.BOLD),)
    said = ((Span(in_words(line, texts, language)),) for line in lines)
    return Reply(Kind.HELP, language, (title, *said))


async def _records(services: Services) -> Line:
    if services.records is None:
        return Line(Mark.BAD, "diagnose_database_away")
    try:
        return await records_line(services.records)
    except RecordsError as error:
        return records_failed(error)


def _index(folder: Path, index: Index | None) -> Iterator[Line]:
    if index is None:
        yield Line(Mark.BAD, "diagnose_index_none")
        return
    values: dict[str, str | int] = {"generation": index.generation, "count": index.partners}
    is_up_to_date = index.fingerprint == fingerprint(folder)
    mark = Mark.GOOD if is_up_to_date else Mark.BAD
    yield Line(mark, f"diagnose_index_{'good' if is_up_to_date else 'old'}", values)


def _content(folder: Path, problems: Sequence[Problem], is_usable: bool) -> Iterator[Line]:
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if not problems:
        yield Line(Mark.GOOD, "diagnose_content_good", {"folder": str(folder)})
        return
    worst = errors or list(problems)
    shown = "\n".join(f"  {problem}" for problem in worst[:SHOWN])
    key = "diagnose_content_bad" if errors or not is_usable else "diagnose_content_warnings"
    mark = Mark.BAD if errors or not is_usable else Mark.WORTH_KNOWING
    yield Line(mark, key, {"count": len(worst), "problems": shown})
