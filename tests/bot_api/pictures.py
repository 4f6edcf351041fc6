"""Pictures: sent, and put in the place of another or of a text."""

from __future__ import annotations

import struct
from typing import Any

from bot_api.messages import caption, edit, editable, send, sent_file
from bot_api.telegram_state import TelegramState
from bot_api.wire import Call, Json, bad_request, check_fields

MEDIA = ("type", "media", "caption", "parse_mode", "caption_entities", "show_caption_above_media")


async def send_photo(state: TelegramState, call: Call) -> Any:
    """sendPhoto: a picture Telegram can read."""
    return send(state, call, {**_photo(state, call, "photo"), **caption(state, call)}).json()


async def edit_message_media(state: TelegramState, call: Call) -> Any:
    """editMessageMedia: a picture in place of the bot's own picture, document or text."""
    message = editable(state, call)
    media = call.params["media"]
    check_fields(media, MEDIA, "InputMediaPhoto", state.complain)
    if media.get("type") != "photo":
        raise bad_request("this server knows pictures alone")
    as_sent = Call(call.method, dict(media), call.files)
    content = {**_photo(state, as_sent, "media"), **caption(state, as_sent)}
    return edit(state, call, message, content, None)


def _photo(state: TelegramState, call: Call, name: str) -> Json:
    file = sent_file(state, call, name, "photos")
    width, height = picture_size(file.content)
    return {"photo": [{**file.json(), "width": width, "height": height}]}


def picture_size(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG; 100 × 100 stands for a JPEG's; anything else is refused."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) > 24:
        width, height = struct.unpack(">II", content[16:24])
        if (
            not width
            or not height
            or width + height > 10_000
            or max(width, height) > 20 * min(width, height)
        ):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        return width, height
    if content.startswith((b"\xff\xd8\xff", b"RIFF")):
        return 100, 100
    raise bad_request("IMAGE_PROCESS_FAILED")
