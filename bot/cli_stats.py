"""``run_bot.py stats``: how much is asked, what, and how well it is answered; with a picture."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli_records import from_records, json_option, language_option, spoken_in
from bot.terminal import DONE, FAILED, content_option, fail, settings_or_end
from content.checking import check

if TYPE_CHECKING:
    # Imported by need, here and below: a database takes time that `ask` has not.
    from bot.commands.stats_numbers import Numbers
    from bot.commands.stats_words import Words
    from bot.records.records import Records


@click.command()
@json_option
@click.option("--days", type=click.IntRange(1, 730), default=30, show_default=True)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.png",
    help="Write the picture there too.",
)
@language_option
@content_option
def stats(
    as_json: bool, days: int, output: Path | None, language: str | None, content: Path | None
) -> None:
    """Tell how much was asked, what, and how well it was answered."""
    from bot.commands.stats_numbers import Numbers, as_object, numbers_of  # noqa: PLC0415
    from bot.commands.stats_words import Words, sentences  # noqa: PLC0415

    async def read(records: "Records") -> Numbers:
        return await numbers_of(records.counts, days)

    settings = settings_or_end()
    folder = content or settings.content
    texts, spoken = spoken_in(folder, language)
    words = Words(texts, check(folder).readable, spoken)
    numbers = from_records(settings, read)
    if as_json:
        click.echo(json.dumps(as_object(numbers), ensure_ascii=False, indent=2))
    elif numbers.is_empty:
        click.echo(words.say("none", count=days))
    else:
        click.echo(f"{words.say('title', count=days)} ({words.period(numbers)})")
        click.echo("\n".join(sentences(numbers, words)))
    if output:
        _write(output, numbers, words)
    sys.exit(DONE)


def _write(output: Path, numbers: "Numbers", words: "Words") -> None:
    from bot.commands.stats import drawn_if_possible  # noqa: PLC0415

    if numbers.is_empty:
        click.echo(f"{output} was not written: there is nothing to draw.", err=True)
        return
    drawn = drawn_if_possible(numbers, words)
    if drawn is None:
        fail("The picture needs matplotlib: python -m pip install matplotlib", FAILED)
    try:
        output.write_bytes(drawn)
    except OSError as error:
        fail(f"{output} cannot be written: {error.strerror or error}", FAILED)
