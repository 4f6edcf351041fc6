"""``/export``: all content as one archive, which the bot takes back as it is."""

import asyncio
from datetime import UTC, datetime

from bot.commands.command import Asking, Outcome, language_of
from bot.commands.upload_words import sentence
from bot.dialogue.messages import Attachment, Kind, Reply
from bot.services import Services
from content.archives import content_files, packed

LARGEST = 45 * 1024 * 1024
"""Bytes of an archive that Telegram still takes from a bot."""


async def export(services: Services, asking: Asking) -> Outcome:
    """The files of the content folder as they are now."""
    language = language_of(services, asking)
    files, unread = await asyncio.to_thread(content_files, services.content_folder)
    data = await asyncio.to_thread(packed, files)
    if len(data) > LARGEST:
        reply = Reply(Kind.ERROR, language, (sentence(services, language, "export_large"),))
        return reply, asking.conversation
    paragraphs = [sentence(services, language, "export_done", count=len(files))]
    if unread:
        names = services.texts.list(unread[:10], language)
        paragraphs.append(sentence(services, language, "export_unread", names=names))
    name = f"content-{datetime.now(UTC):%Y-%m-%d}.zip"
    reply = Reply(Kind.HELP, language, tuple(paragraphs), attachment=Attachment(name, data))
    return reply, asking.conversation
