"""What the commands of the terminal share: exit statuses, settings, a progress bar."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import click

from bot.logs import begin_logging
from bot.settings import Settings, SettingsError, read_settings

DONE, FAILED, WRONG_USE = 0, 1, 2

Told = Callable[[int, int], None]
"""Told how much is done, of how much."""

LONG_WORK = 500
"""Steps from which on work is long enough to wonder about."""

content_option = click.option(
    "--content",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Another content folder than BOT_CONTENT.",
)


def settings_or_end() -> Settings:
    """The settings; without good ones, the process ends with what is wrong."""
    try:
        settings = read_settings()
    except SettingsError as error:
        fail(str(error), WRONG_USE)
    begin_logging(settings.log_level, settings.log_format == "json")
    return settings


def fail(message: str, status: int) -> NoReturn:
    """End the process with a message on standard error."""
    click.echo(message, err=True)
    sys.exit(status)


@contextmanager
def progress_bar(what: str = "indexing", least: int = LONG_WORK) -> Iterator[Told]:
    """A progress bar on standard error, for work of ``least`` steps or more."""
    bar: Any = None

    def told(done: int, total: int) -> None:
        nonlocal bar
        if total < least:
            return
        if bar is None:
            bar = _bar(what)
            bar.start()
            bar.add_task(what, total=total)
        bar.update(bar.task_ids[0], completed=done)

    try:
        yield told
    finally:
        if bar is not None:
            bar.stop()


def _bar(what: str) -> Any:
    from rich import progress  # noqa: PLC0415  slow, and most starts are short
    from rich.console import Console  # noqa: PLC0415

    console = Console(stderr=True)
    return progress.Progress(
        progress.TextColumn(what),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
