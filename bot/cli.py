"""The command line: ``python run_bot.py COMMAND``."""

import asyncio
import gc
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.assembly import assemble
from bot.cli_content import content_commands
from bot.cli_diagnose import diagnose
from bot.cli_drafts import draft_commands
from bot.cli_records import audit, misses
from bot.cli_stats import stats
from bot.cli_webhook import webhook
from bot.dialogue.scripts import ScriptError
from bot.services import NoContentError, Services
from bot.settings import Settings
from bot.terminal import FAILED, WRONG_USE, content_option, fail, progress_bar, settings_or_end
from index.engine import EngineError
from index.letting_go import no_looking_for_garbage
from index.quality import QuestionSetError

if TYPE_CHECKING:
    from bot.http.server import HttpServer

DOOR = 8080
"""The port of the HTTP server when none is set."""


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
    settings = settings_or_end()
    if settings.token is None:
        fail(
            "There is no BOT_TOKEN. Talk to @BotFather in Telegram, send /newbot, and put the token"
            " it gives you into a file named .env here, as the line BOT_TOKEN=123456:ABC-DEF"
            " (.env.example shows all settings). To try the bot without Telegram: python"
            " run_bot.py chat",
            WRONG_USE,
        )
    with ExitStack() as opened:
        with no_looking_for_garbage():
            from bot.telegram_chat.application import serve as serve_telegram  # noqa: PLC0415  slow

            services = opened.enter_context(_services(settings, content))
            gc.freeze()  # it stays, as in run_bot.py
        sys.exit(serve_telegram(services, settings, _door(services, settings)))


def _door(services: Services, settings: Settings) -> "HttpServer | None":
    """The HTTP server, where one is wanted: by a port, or by a webhook."""
    if settings.http_port is None and settings.webhook_url is None:
        return None
    from bot.http.server import HttpError, HttpServer  # noqa: PLC0415  most need none

    port = DOOR if settings.http_port is None else settings.http_port
    try:
        return HttpServer(services, settings.http_host, port)
    except HttpError as error:
        fail(str(error), WRONG_USE)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="A line in, one JSON object a line out.")
@click.option("--language", metavar="CODE", help="Answer in this language (en, fr).")
@content_option
def chat(as_json: bool, language: str | None, content: Path | None) -> None:
    """Talk to the bot in the terminal."""
    from bot.console_chat import chat as chat_in_console  # noqa: PLC0415

    with _services(settings_or_end(), content) as services:
        _known_language(services, language)
        sys.exit(asyncio.run(chat_in_console(services, sys.stdin, sys.stdout, as_json, language)))


@main.command()
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a question.")
@content_option
def ask(question: str | None, as_json: bool, content: Path | None) -> None:
    """Answer one QUESTION, or one a line from standard input."""
    from bot.commands.ask import answer_as_json, answer_as_text  # noqa: PLC0415

    with _services(settings_or_end(), content) as services:
        for line in [question] if question is not None else _lines(sys.stdin):
            if as_json:
                click.echo(answer_as_json(services, line))
            else:
                click.echo(asyncio.run(answer_as_text(services, line)))
            sys.stdout.flush()


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--compare", is_flag=True, help="Ask plain Whoosh, SQLite FTS5 and rapidfuzz too.")
@click.option("--json", "as_json", is_flag=True, help="The figures as JSON.")
@content_option
def evaluate(files: tuple[Path, ...], compare: bool, as_json: bool, content: Path | None) -> None:
    """Measure the answers on question sets and dialogues (FILES)."""
    from rich.console import Console  # noqa: PLC0415  slow

    from bot.commands import evaluate as evaluation  # noqa: PLC0415

    with _services(settings_or_end(), content) as services:
        try:
            result = evaluation.evaluate(services, files, compare)
        except (QuestionSetError, ScriptError) as error:
            fail(str(error), WRONG_USE)
        if as_json:
            click.echo(json.dumps(evaluation.as_json(result), ensure_ascii=False, indent=2))
        else:
            width = None if sys.stdout.isatty() else 100
            evaluation.show(services, result, Console(width=width, soft_wrap=True))


@contextmanager
def _services(settings: Settings, content: Path | None) -> Iterator[Services]:
    try:
        with progress_bar() as progress:
            services = assemble(settings, content, progress)
    except EngineError as error:
        fail(str(error), FAILED)
    except NoContentError as error:
        fail(f"{error}\nThe content cannot be used: mend it (python run_bot.py check).", FAILED)
    if services.faults:
        click.echo("\n".join(services.faults), err=True)
        click.echo("The content has problems; answering from the last good index.", err=True)
    try:
        yield services
    except EngineError as error:
        fail(str(error), FAILED)


def _lines(stream: Iterable[str]) -> Iterator[str]:
    return (line.rstrip("\r\n") for line in stream if line.strip())


def _known_language(services: Services, language: str | None) -> None:
    known = [t.code for t in services.knowledge.generation.translations]
    if language and language not in known:
        fail(f"--language {language}: this content speaks {', '.join(known)}", WRONG_USE)


for command in (*content_commands, *draft_commands, misses, stats, audit, diagnose, webhook):
    main.add_command(command)
