"""What the commands of the terminal share: exit statuses, settings, a progress bar."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

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
    console = Console(stderr=True)
    bar = Progress(
        TextColumn(what),
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
        if total < least:
            return
        if task is None:
            bar.start()
            task = bar.add_task(what, total=total)
        bar.update(task, completed=done)

    try:
        yield told
    finally:
        bar.stop()
