"""A picture with its text under it, in one message: it may be replaced in its place."""

from typing import Any

from telegram import InputMediaPhoto
from telegram.constants import ParseMode

from bot.dialogue.messages import Attachment, Reply
from bot.telegram_chat.plain_text import clean, units
from bot.telegram_chat.rendering import Rendered

LONGEST = 1024
"""UTF-16 units of a text under a picture, counted without its markup."""


def is_caption(reply: Reply) -> bool:
    """Whether the reply is a picture whose text is short enough to stand under it."""
    is_picture = reply.attachment is not None and reply.attachment.is_picture
    return is_picture and units(clean(reply.text)) <= LONGEST


def under_picture(shown: Rendered) -> dict[str, Any]:
    """What ``sendPhoto`` is given for the text and the buttons under a picture."""
    return {
        "caption": shown.html,
        "parse_mode": ParseMode.HTML,
        "reply_markup": shown.buttons,
    }


def as_media(attachment: Attachment, shown: Rendered) -> InputMediaPhoto:
    """The picture with its text, to be put in the place of an earlier message."""
    return InputMediaPhoto(
        attachment.data,
        caption=shown.html,
        parse_mode=ParseMode.HTML,
        filename=attachment.name,
    )
