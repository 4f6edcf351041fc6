"""Messages out: sent or edited, with Telegram's refusals dealt with where they come."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple, TypeVar

from telegram import Bot, CallbackQuery, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, TimedOut

from bot.dialogue.messages import Attachment, Reply
from bot.telegram_chat.calls import call, sent_message
from bot.telegram_chat.pictures import as_media, is_caption, under_picture
from bot.telegram_chat.remembered import Post
from bot.telegram_chat.rendering import Rendered, rendered

T = TypeVar("T")

PAUSES = (0.5, 2.0, 5.0)
"""Seconds before each new try when the network fails."""

log = logging.getLogger(__name__)


class Spot(NamedTuple):
    """Where a message goes: the message it ``answers``, if any, the forum topic, if any."""

    chat: int
    answers: int | None = None
    thread: int | None = None


async def send(bot: Bot, spot: Spot, reply: Reply) -> int | None:
    """A reply as a new message; its id, or None when nobody can be reached there.

    A picture bears a short text under it; any other file goes first, in a message of its own.
    """
    shown = rendered(reply)
    try:
        if reply.attachment:
            is_said = is_caption(reply)
            more = under_picture(shown) if is_said else {}
            sent = await _attached(bot, spot, reply.attachment, more)
            if is_said:
                return sent
        return await _sent(bot, spot, shown)
    except ChatMigrated as moved:
        return await _sent(bot, Spot(moved.new_chat_id), shown)
    except (Forbidden, BadRequest) as error:
        # Blocked by the person, removed from the group, no right to write there, chat gone.
        log.info("an answer reached nobody: %s", error)
        return None


async def _attached(bot: Bot, spot: Spot, attachment: Attachment, under: dict[str, Any]) -> int:
    data, name, chat = attachment.data, attachment.name, spot.chat
    options = {**under, "message_thread_id": spot.thread, "filename": name}
    if spot.answers:
        options["reply_parameters"] = ReplyParameters.de_json(_answering(spot.answers))
    send_it = bot.send_photo if attachment.is_picture else bot.send_document
    return (await persistent(lambda: send_it(chat, data, **options))).message_id


def _answering(question: int) -> dict[str, Any]:
    # Somebody may have deleted the question meanwhile.
    return {"message_id": question, "allow_sending_without_reply": True}


async def _sent(bot: Bot, spot: Spot, shown: Rendered) -> int:
    message = {
        "chat_id": spot.chat,
        "text": shown.html,
        "parse_mode": ParseMode.HTML,
        "reply_markup": shown.keyboard,
        "link_preview_options": shown.link_preview,
        "message_thread_id": spot.thread,
        "reply_parameters": json.dumps(_answering(spot.answers)) if spot.answers else None,
    }
    try:
        return await persistent(lambda: sent_message(bot, "sendMessage", message))
    except BadRequest as error:
        if "chat not found" in str(error).lower():
            raise
        log.warning("sent without markup, which Telegram refused: %s", error)
        plain = {"chat_id": spot.chat, "text": shown.plain}
        return await persistent(lambda: sent_message(bot, "sendMessage", plain))


async def edit(bot: Bot, post: Post, reply: Reply) -> bool:
    """A reply in place of an earlier message; False when a new message must be sent instead.

    That message may be gone, a text cannot take the place of a picture, nor a file that of a text.
    """
    shown, attachment = rendered(reply), reply.attachment
    if attachment and not is_caption(reply):
        return False

    async def as_html() -> object:
        if attachment:
            media = as_media(attachment, shown)
            return await bot.edit_message_media(
                media, post.chat, post.message, reply_markup=shown.buttons
            )
        text = {
            "chat_id": post.chat,
            "message_id": post.message,
            "text": shown.html,
            "parse_mode": ParseMode.HTML,
            "reply_markup": shown.keyboard,
            "link_preview_options": shown.link_preview,
        }
        return await call(bot, "editMessageText", text)

    try:
        await persistent(as_html)
    except Forbidden as error:
        log.info("an edit reached nobody: %s", error)
    except BadRequest as error:
        return "message is not modified" in str(error).lower()
    return True


async def acknowledge(query: CallbackQuery, text: str | None = None) -> None:
    """Ends the waiting sign on a pressed button; ``text`` is shown in a box."""
    try:
        await persistent(lambda: query.answer(text, show_alert=bool(text)))
    except BadRequest as error:
        # After a pause of the network the press is old, and the waiting sign is gone anyway.
        log.debug("a press was answered too late: %s", error)


async def persistent(call: Callable[[], Awaitable[T]]) -> T:
    """Tries again when the network fails.

    A call that was cut may have been done: an answer twice is a smaller harm than none. One that
    timed out is not repeated, as it most likely was done.
    """
    for pause in PAUSES:
        try:
            return await call()
        except (BadRequest, TimedOut):
            raise
        except NetworkError as error:
            log.warning("trying again in %s s: %s", pause, error)
            await asyncio.sleep(pause)
    return await call()
