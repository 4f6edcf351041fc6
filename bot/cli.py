"""The command line: ``python run_bot.py COMMAND``."""

import asyncio
import json
import logging
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.assembly import assemble, library_of
from bot.dialogue.scripts import ScriptError
from bot.services import NoContentError, ReindexReport, Services, reindexed
from bot.settings import Settings, SettingsError, read_settings
from content.checking import check as check_content
from content.problems import Severity
from index.quality import QuestionSetError

DONE, FAILED, WRONG_USE = 0, 1, 2

content_option = click.option(
    "--content",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Another content folder than BOT_CONTENT.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="partner-bot")
def main() -> None:
    """Partner Bot: who does what among an association's partners."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        # Whatever the locale, the bot speaks UTF-8; half a character must not end it.
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]


@main.command()
@content_option
def serve(content: Path | None) -> None:
    """Run the Telegram bot (needs BOT_TOKEN)."""
    settings = _settings()
    if settings.token is None:
        _fail(
            "There is no BOT_TOKEN. Talk to @BotFather in Telegram, send /newbot, and put the token"
            " it gives you into a file named .env here, as the line BOT_TOKEN=123456:ABC-DEF"
            " (.env.example shows all settings). To try the bot without Telegram: python"
            " run_bot.py chat",
            WRONG_USE,
        )
    from bot.telegram_chat.application import serve as serve_telegram  # noqa: PLC0415  slow

    with _services(settings, content) as services:
        sys.exit(serve_telegram(services, settings))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="A line in, one JSON object a line out.")
@click.option("--language", metavar="CODE", help="Answer in this language (en, fr).")
@content_option
def chat(as_json: bool, language: str | None, content: Path | None) -> None:
    """Talk to the bot in the terminal."""
    from bot.console_chat import chat as chat_in_console  # noqa: PLC0415

    with _services(_settings(), content) as services:
        _known_language(services, language)
        sys.exit(asyncio.run(chat_in_console(services, sys.stdin, sys.stdout, as_json, language)))


@main.command()
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a question.")
@content_option
def ask(question: str | None, as_json: bool, content: Path | None) -> None:
    """Answer one QUESTION, or one a line from standard input."""
    from bot.commands.ask import answer_as_json, answer_as_text  # noqa: PLC0415

    with _services(_settings(), content) as services:
        for line in [question] if question is not None else _lines(sys.stdin):
            if as_json:
                click.echo(answer_as_json(services, line))
            else:
                click.echo(asyncio.run(answer_as_text(services, line)))
            sys.stdout.flush()


@main.command()
@content_option
def check(content: Path | None) -> None:
    """Check the content and print every problem."""
    folder = content or _settings().content
    loaded = check_content(folder)
    for problem in loaded.problems:
        click.echo(str(problem))
    errors = sum(problem.severity is Severity.ERROR for problem in loaded.problems)
    if errors:
        click.echo(f"{errors} problem{'s' * (errors > 1)} to mend", err=True)
        sys.exit(FAILED)
    partners = len(loaded.content.partners) if loaded.content else 0
    click.echo(f"The content is good: {partners} partners.", err=True)


@main.command()
@content_option
def reindex(content: Path | None) -> None:
    """Check the content, build a new index beside the old one, and switch to it."""
    settings = _settings()
    folder = content or settings.content
    with _progress() as progress:
        report = reindexed(folder, library_of(settings, folder), progress)
    for line in report_lines(report):
        click.echo(line)
    sys.exit(DONE if report.done else FAILED)


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--compare", is_flag=True, help="Ask plain Whoosh, SQLite FTS5 and rapidfuzz too.")
@click.option("--json", "as_json", is_flag=True, help="The figures as JSON.")
@content_option
def evaluate(files: tuple[Path, ...], compare: bool, as_json: bool, content: Path | None) -> None:
    """Measure the answers on question sets and dialogues (FILES)."""
    from bot.commands import evaluate as evaluation  # noqa: PLC0415

    with _services(_settings(), content) as services:
        try:
            result = evaluation.evaluate(services, files, compare)
        except (QuestionSetError, ScriptError) as error:
            _fail(str(error), WRONG_USE)
        if as_json:
            click.echo(json.dumps(evaluation.as_json(result), ensure_ascii=False, indent=2))
        else:
            width = None if sys.stdout.isatty() else 100
            evaluation.show(services, result, Console(width=width, soft_wrap=True))


def report_lines(report: ReindexReport) -> Iterator[str]:
    """A reindex in words, for the terminal."""
    yield from map(str, report.problems)
    if report.failure:
        yield report.failure
    if not report.done:
        yield "Nothing was changed; the index of before stays in use."
        return
    for what, ids in (
        ("added", report.added),
        ("changed", report.changed),
        ("removed", report.removed),
    ):
        if ids:
            yield f"{what}: {', '.join(ids[:50])}" + (
                f" and {len(ids) - 50} more" * (len(ids) > 50)
            )
    if not (report.added or report.changed or report.removed):
        yield "no partner changed"
    yield f"{report.partners} partners indexed in {report.seconds:.1f} s"


def _settings() -> Settings:
    try:
        settings = read_settings()
    except SettingsError as error:
        _fail(str(error), WRONG_USE)
    logging.basicConfig(
        level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(message)s"
    )
    return settings


@contextmanager
def _services(settings: Settings, content: Path | None) -> Iterator[Services]:
    try:
        with _progress() as progress:
            services = assemble(settings, content, progress)
    except NoContentError as error:
        _fail(f"{error}\nThe content cannot be used: mend it (python run_bot.py check).", FAILED)
    if services.faults:
        click.echo("\n".join(services.faults), err=True)
        click.echo("The content has problems; answering from the last good index.", err=True)
    yield services


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error, shown only for work long enough to wonder about."""
    console = Console(stderr=True)
    bar = Progress(
        TextColumn("indexing"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    task: Any = None

    def told(done: int, total: int) -> None:
        nonlocal task
        if total < 500:
            return
        if task is None:
            bar.start()
            task = bar.add_task("indexing", total=total)
        bar.update(task, completed=done)

    try:
        yield told
    finally:
        bar.stop()


def _lines(stream: Iterable[str]) -> Iterator[str]:
    return (line.rstrip("\r\n") for line in stream if line.strip())


def _known_language(services: Services, language: str | None) -> None:
    known = [t.code for t in services.knowledge.generation.translations]
    if language and language not in known:
        _fail(f"--language {language}: this content speaks {', '.join(known)}", WRONG_USE)


def _fail(message: str, status: int) -> Any:
    click.echo(message, err=True)
    sys.exit(status)
