"""Files that admins send in the private chat: collected, fetched within limits, answered once."""

import asyncio
import logging
import time
from dataclasses import dataclass, field

from telegram import Bot, Document, Message
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.commands.command import Asking
from bot.commands.upload import files_sent, forwarded_reply
from bot.services import Services
from bot.telegram_chat.answering_chats import Kept, in_background
from bot.telegram_chat.growing_message import GrowingMessage
from bot.telegram_chat.typing_sign import typing_when_slow
from bot.telegram_chat.updates import Heard
from content.receiving import Document as Sent
from content.receiving import refused_unseen

QUIET = 1.0
"""Seconds without another file of an album after which it is whole; Telegram never says so."""

MOST = 20
"""Files of an album; Telegram allows ten."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Album:
    """Files sent together, as far as they have come; ``latest`` is when the last one did."""

    files: list[Document] = field(default_factory=list)
    latest: float = 0.0
    answered: asyncio.Event = field(default_factory=asyncio.Event)


class Documents:
    """Takes files of admins, and hands them on together as they were sent together."""

    def __init__(self, services: Services, kept: Kept) -> None:
        self._services, self._kept = services, kept
        self._albums: dict[tuple[int, str], Album] = {}

    async def take(self, message: Message, said: Heard, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Takes one file; what is said of it comes when all that belong to it are there."""
        document, group = message.document, message.media_group_id
        if document is None:
            return
        if group is None:
            await in_background(context, self._answer([document], said, context))
            return
        key = (said.place.chat, group)
        is_first = key not in self._albums
        album = self._albums.setdefault(key, Album())
        album.latest = time.monotonic()
        if len(album.files) < MOST:
            album.files.append(document)
        # Each update is done when all are answered, so that a restart loses none of them; but the
        # next comes only when this one does not wait for it.
        whole = self._when_whole(key, said, context) if is_first else _wait(album)
        await in_background(context, whole)

    async def _when_whole(
        self, key: tuple[int, str], said: Heard, context: ContextTypes.DEFAULT_TYPE
    ) -> None:
        album = self._albums[key]
        while (left := album.latest + QUIET - time.monotonic()) > 0:
            await asyncio.sleep(left)
        del self._albums[key]
        try:
            await self._answer(album.files, said, context)
        finally:
            album.answered.set()

    async def _answer(
        self, files: list[Document], said: Heard, context: ContextTypes.DEFAULT_TYPE
    ) -> None:
        conversation = await self._kept.store.conversation(said.place, time.time())
        growing = GrowingMessage(context.bot, said.spot)
        incoming = said.incoming(conversation, time.time())
        asking = Asking(incoming, conversation, "", said.is_admin, growing.tell, said.place.user)
        if not said.is_admin:
            await growing.show(forwarded_reply(self._services, asking))
            return
        with typing_when_slow(context.bot, said):
            refused = [refused_unseen(_name(f), f.file_size or 0) for f in files]
            wanted = [f for f, why in zip(files, refused, strict=True) if why is None]
            fetched = [await _fetched(context.bot, file) for file in wanted]
            reply, _ = await files_sent(
                self._services, asking, fetched, [why for why in refused if why]
            )
            await growing.show(reply)


async def _wait(album: Album) -> None:
    await album.answered.wait()


async def _fetched(bot: Bot, document: Document) -> Sent:
    """A file as it arrived; without data when Telegram does not hand it out."""
    name = _name(document)
    try:
        file = await bot.get_file(document)
        if refused_unseen(name, file.file_size or 0):
            return Sent(name, None)
        return Sent(name, bytes(await file.download_as_bytearray()))
    except TelegramError as error:
        log.warning("a file of an admin could not be fetched: %s", error)
        return Sent(name, None)


def _name(document: Document) -> str:
    return document.file_name or "file"
