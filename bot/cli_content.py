"""What editors run in a terminal: check, reindex, new-partner, import."""

import asyncio
import sys
from contextlib import suppress
from pathlib import Path

import click

from bot.assembly import library_of
from bot.commands.reindex_lines import fresh_lines, report_lines
from bot.reindexing import ReindexReport, reindexed, went_back
from bot.terminal import (
    DONE,
    FAILED,
    WRONG_USE,
    Told,
    content_option,
    fail,
    progress_bar,
    settings_or_end,
)
from content.checking import check as check_content
from content.freshness import freshness
from content.loading import Loaded
from content.problems import Severity
from index.engine import EngineError
from index.library import Library


@click.command()
@click.option("--links", is_flag=True, help="Visit every website too, and tell which are dead.")
@content_option
def check(links: bool, content: Path | None) -> None:
    """Check the content and print every problem."""
    folder = content or settings_or_end().content
    loaded = check_content(folder)
    for problem in loaded.problems:
        click.echo(str(problem))
    errors = sum(problem.severity is Severity.ERROR for problem in loaded.problems)
    dead = _check_links(loaded) if links else 0
    if errors:
        fail(f"{errors} problem{'s' * (errors > 1)} to mend", FAILED)
    for line in fresh_lines(freshness(loaded.readable)):
        click.echo(line, err=True)
    click.echo(f"The content is good: {len(loaded.readable.partners)} partners.", err=True)
    sys.exit(FAILED if dead else DONE)


def _check_links(loaded: Loaded) -> int:
    """How many websites are dead, once all have been visited."""
    from bot.commands.links import check_links  # noqa: PLC0415  slow, and seldom wanted

    with progress_bar("visiting", least=1) as bar:
        report = asyncio.run(check_links(loaded, _also_in_words(bar)))
    for line in report.lines:
        click.echo(line)
    click.echo(report.summary, err=True)
    return report.dead


def _also_in_words(bar: Told) -> Told:
    """The bar for people; for a log, a word every tenth of the way."""
    words = not sys.stderr.isatty()

    def told(done: int, total: int) -> None:
        bar(done, total)
        if words and (done * 10 // total) > ((done - 1) * 10 // total):
            click.echo(f"visited {done} of {total}", err=True)

    return told


@click.command()
@click.option("--undo", is_flag=True, help="Go back to the index before this one.")
@click.option("--watch", is_flag=True, help="Stay, and reindex whenever files change.")
@content_option
def reindex(undo: bool, watch: bool, content: Path | None) -> None:
    """Check the content, build a new index beside the old one, and switch to it."""
    if undo and watch:
        fail("--undo and --watch do not go together: give one of them", WRONG_USE)
    settings = settings_or_end()
    folder = content or settings.content
    try:
        library = library_of(settings, folder)
        report = went_back(library, library.current())[0] if undo else _reindexed(folder, library)
        _tell(report)
        if watch:
            with suppress(KeyboardInterrupt):
                asyncio.run(_watched(folder, library))
    except EngineError as error:
        fail(str(error), FAILED)
    sys.exit(DONE if report.done else FAILED)


def _reindexed(folder: Path, library: Library) -> ReindexReport:
    with progress_bar() as indexing, progress_bar("asking") as asking:
        return reindexed(folder, library, indexing, asking)


async def _watched(folder: Path, library: Library) -> None:
    from bot.watching import Files  # noqa: PLC0415  needed for nothing else here
    from content.files import fingerprint  # noqa: PLC0415

    click.echo(f"watching {folder}; Ctrl+C ends it", err=True)
    seen = await asyncio.to_thread(fingerprint, folder)
    files = Files(
        folder, lambda: asyncio.to_thread(_reindexed, folder, library), library.fingerprint
    )
    await files.watch(_tell, seen)


def _tell(report: ReindexReport) -> None:
    for line in report_lines(report):
        click.echo(line)
    sys.stdout.flush()


content_commands = (check, reindex)
