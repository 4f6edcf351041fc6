"""What admins look up in a terminal, from the records of a bot: stats, audit, misses."""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from bot.settings import Settings
from bot.terminal import DONE, FAILED, WRONG_USE, content_option, fail, settings_or_end
from content.texts import Texts
from content.translations import TranslationError, load_translations

if TYPE_CHECKING:
    # Imported by need, here and below: a database takes time that `ask` has not.
    from bot.records.audit import Entry
    from bot.records.misses import MissGroup
    from bot.records.records import Records

T = TypeVar("T")

json_option = click.option("--json", "as_json", is_flag=True, help="The same as JSON.")
language_option = click.option("--language", metavar="CODE", help="In this language (en, fr).")


@click.command()
@json_option
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, metavar="N")
@language_option
@content_option
def audit(as_json: bool, limit: int, language: str | None, content: Path | None) -> None:
    """Tell which admin changed what, and when; the newest first."""
    from bot.commands.audit import in_words  # noqa: PLC0415

    async def read(records: "Records") -> "tuple[Entry, ...]":
        return await records.audit.latest(limit)

    settings = settings_or_end()
    texts, spoken = spoken_in(content or settings.content, language)
    entries = from_records(settings, read)
    for entry in entries:
        if as_json:
            click.echo(json.dumps(asdict(entry), ensure_ascii=False))
        else:
            click.echo(in_words(texts, entry, spoken).replace("\n", "  "))
    if not entries:
        click.echo(texts.say("audit_none", spoken), err=True)
    sys.exit(DONE)


@click.command()
@json_option
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, metavar="N")
@language_option
@content_option
def misses(as_json: bool, limit: int, language: str | None, content: Path | None) -> None:
    """Tell which questions found no good answer, those for the same together."""
    from bot.commands.misses import misses_lines, misses_text  # noqa: PLC0415

    async def read(records: "Records") -> "tuple[MissGroup, ...]":
        return await records.misses.open(limit)

    settings = settings_or_end()
    texts, spoken = spoken_in(content or settings.content, language)
    groups = from_records(settings, read)
    if as_json:
        for line in misses_lines(groups):
            click.echo(line)
    elif groups:
        click.echo(misses_text(groups, texts, spoken))
    else:
        click.echo(texts.say("misses_none", spoken), err=True)
    sys.exit(DONE)


def from_records(settings: Settings, read: "Callable[[Records], Awaitable[T]]") -> T:
    """What the records say; without any, the process ends with where they would be."""
    from bot.records.faults import RecordsError  # noqa: PLC0415

    file = settings.data / "records.db"
    if settings.database_url is None and not file.exists():
        where = "`python run_bot.py serve` makes it; BOT_DATA says where it is."
        fail(f"There are no records yet: {file} does not exist. {where}", FAILED)
    try:
        return asyncio.run(_read(settings, read))
    except RecordsError as error:
        fail(str(error), FAILED)


async def _read(settings: Settings, read: "Callable[[Records], Awaitable[T]]") -> T:
    from bot.records.records import open_records  # noqa: PLC0415
    from bot.records.secret import secret_of  # noqa: PLC0415

    secret = await asyncio.to_thread(secret_of, settings)
    async with open_records(settings.records_url, secret) as records:
        return await read(records)


def spoken_in(folder: Path, language: str | None) -> tuple[Texts, str]:
    """The sentences of a content folder, and the language wanted, or its main one."""
    try:
        translations = load_translations(folder)
    except TranslationError:
        translations = load_translations()
    texts = Texts(translations, translations[0].code)
    if language and language not in texts.languages:
        known = ", ".join(texts.languages)
        fail(f"--language {language}: this content speaks {known}", WRONG_USE)
    return texts, language or texts.main
