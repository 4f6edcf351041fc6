"""``run_bot.py diagnose``: everything that can be wrong around the bot, a line each, with mends."""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from bot.assembly import library_of
from bot.diagnosis import Line, Mark
from bot.settings import Settings
from bot.terminal import DONE, FAILED, content_option, settings_or_end
from content.texts import Texts
from content.translations import TranslationError, load_translations
from index.engine import EngineError


@click.command()
@click.option("--language", metavar="CODE", help="Tell it in this language (en, fr).")
@content_option
def diagnose(language: str | None, content: Path | None) -> None:
    """Check token, modes, webhook, other instances, database, index and content."""
    # Imported by need, here and below: a database and Telegram take time that `ask` has not.
    from bot.commands.diagnose import in_words, summary  # noqa: PLC0415

    settings = settings_or_end()
    folder = content or settings.content
    texts = _texts(folder)
    spoken = language if language in texts.languages else texts.main
    lines = asyncio.run(_looked(settings, folder))
    for line in lines:
        click.echo(in_words(line, texts, spoken))
    click.echo(summary(lines, texts, spoken), err=True)
    sys.exit(FAILED if any(line.mark is Mark.BAD for line in lines) else DONE)


async def _looked(settings: Settings, folder: Path) -> Sequence[Line]:
    from bot.commands.diagnose import content_lines, index_failed, index_in  # noqa: PLC0415
    from bot.telegram_chat.diagnosis import lines_from_outside  # noqa: PLC0415

    telegram = await lines_from_outside(settings)
    try:
        index = await asyncio.to_thread(index_in, library_of(settings, folder))
        content = await asyncio.to_thread(content_lines, folder, index)
    except EngineError as error:
        content = [index_failed(error)]
    return [*telegram, await _records(settings), *content]


async def _records(settings: Settings) -> Line:
    from bot.commands.diagnose import records_failed, records_line  # noqa: PLC0415
    from bot.records.faults import RecordsError  # noqa: PLC0415
    from bot.records.records import open_records  # noqa: PLC0415
    from bot.records.secret import secret_of  # noqa: PLC0415

    try:
        secret = await asyncio.to_thread(secret_of, settings)
        async with open_records(settings.records_url, secret) as records:
            return await records_line(records)
    except RecordsError as error:
        return records_failed(error)


def _texts(folder: Path) -> Texts:
    try:
        translations = load_translations(folder)
    except TranslationError:
        translations = load_translations()
    return Texts(translations, translations[0].code)
