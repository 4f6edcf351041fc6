"""Methods on messages: send, edit, delete, react, and files."""

from __future__ import annotations

import mimetypes
import time
from typing import Any

from bot_api.chats import Chat, Message, text_content
from bot_api.formatting import CAPTION_LIMIT, format_text
from bot_api.markup import check_markup, check_preview, check_reply
from bot_api.telegram_state import StoredFile, TelegramState
from bot_api.wire import Call, Json, Upload, bad_request, check_fields

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
CHAT_ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip
REACTION_ROWS = (
    "👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮",
    "💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡",
    "🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻",
    "👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿",
    "🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡",
)
MAX_DOWNLOAD = 20 * 1024 * 1024


async def send_message(state: TelegramState, call: Call) -> Any:
    """sendMessage: a text of 1 to 4096 UTF-16 units after parsing."""
    return send(state, call, _text(state, call, call.text("text"))).json()


async def send_document(state: TelegramState, call: Call) -> Any:
    """sendDocument: an upload, or a file id seen before."""
    file = sent_file(state, call, "document", "documents")
    document = {**file.json(), "file_name": file.name, "mime_type": file.mime_type}
    return send(state, call, {"document": document, **caption(state, call)}).json()


def _text(state: TelegramState, call: Call, text: str) -> Json:
    mode, entities = call.text("parse_mode"), call.params.get("entities")
    formatted = format_text(text, mode, entities, state.complain)
    return text_content(formatted.text, formatted.entities)


def caption(state: TelegramState, call: Call) -> Json:
    """The caption of a file, of at most 1024 UTF-16 units after parsing; {} without one."""
    text = call.text("caption")
    if not text:
        return {}
    mode, entities = call.text("parse_mode"), call.params.get("caption_entities")
    formatted = format_text(text, mode, entities, state.complain, CAPTION_LIMIT)
    body: Json = {"caption": formatted.text}
    if formatted.entities:
        body["caption_entities"] = list(formatted.entities)
    return body


def sent_file(state: TelegramState, call: Call, name: str, folder: str) -> StoredFile:
    """The file of a parameter: an upload, or one seen before."""
    upload = call.files.get(name)
    if upload is None:
        given = call.text(name)
        if given.startswith("attach://"):
            upload = call.files.get(given.removeprefix("attach://"))
        elif given in state.files:
            return state.files[given]
        else:
            raise bad_request("wrong remote file identifier specified: Wrong string length")
    if upload is None:
        raise bad_request(f"there is no {name} in the request")
    if not upload.content:
        raise bad_request("file must be non-empty")
    return keep_upload(state, folder, upload)


def keep_upload(state: TelegramState, folder: str, upload: Upload) -> StoredFile:
    """Keeps an uploaded file, its type guessed from its name when it says none."""
    guessed = mimetypes.guess_type(upload.name)[0] or "application/octet-stream"
    kind = upload.mime_type or guessed
    return state.add_file(folder, upload.name, kind, upload.content)


def send(state: TelegramState, call: Call, content: Json) -> Message:
    chat = state.writable_chat(call.params.get("chat_id"))
    markup = check_markup(call.params.get("reply_markup"), state.complain)
    preview = check_preview(call.params.get("link_preview_options"), state.complain)
    reply_to = _replied(state, chat, call)
    thread = call.params.get("message_thread_id")
    if thread is not None and thread not in chat.topics:
        raise bad_request("message thread not found")
    if thread is None and reply_to is not None:
        thread = reply_to.thread_id
    message = Message(chat.next_id(), chat, state.bot, content, markup, reply_to, thread)
    message.link_preview = preview
    return state.add_message(message)


def _replied(state: TelegramState, chat: Chat, call: Call) -> Message | None:
    reply = check_reply(call.params.get("reply_parameters"), state.complain)
    if reply is None:
        return None
    where = state.chat_of(reply["chat_id"]) if reply.get("chat_id") else chat
    found = where.messages.get(reply["message_id"])
    if found is None or found.is_deleted:
        if reply.get("allow_sending_without_reply"):
            return None
        raise bad_request("message to be replied not found")
    return found


async def edit_message_text(state: TelegramState, call: Call) -> Any:
    """editMessageText: the bot's own message; markup left out takes the buttons away."""
    message = editable(state, call)
    content = _text(state, call, call.text("text"))
    preview = check_preview(call.params.get("link_preview_options"), state.complain)
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    return edit(state, call, message, content, preview)


async def edit_message_reply_markup(state: TelegramState, call: Call) -> Any:
    """editMessageReplyMarkup: changes or takes away the buttons."""
    message = editable(state, call)
    return edit(state, call, message, message.content, message.link_preview)


def editable(state: TelegramState, call: Call) -> Message:
    """The message of the bot that a method changes."""
    inline_id = call.text("inline_message_id")
    if inline_id:
        if inline_id not in state.inline_messages:
            raise bad_request("MESSAGE_ID_INVALID")
        return state.inline_messages[inline_id]
    chat = state.writable_chat(call.params.get("chat_id"))
    if not call.number("message_id"):
        raise bad_request("message identifier is not specified")
    message = state.message_of(chat, call.number("message_id"), "message to edit not found")
    if message.sender is not state.bot:
        raise bad_request("message can't be edited")
    return message


def edit(
    state: TelegramState, call: Call, message: Message, content: Json, preview: Json | None
) -> Any:
    markup = check_markup(call.params.get("reply_markup"), state.complain, inline_only=True)
    if (content, markup) == (message.content, message.reply_markup):
        raise bad_request(NOT_MODIFIED)
    message.content, message.reply_markup, message.link_preview = content, markup, preview
    message.edits += 1
    message.edit_date = int(time.time())
    return True if call.text("inline_message_id") else message.json()


async def delete_message(state: TelegramState, call: Call) -> Any:
    """deleteMessage: the bot's own; others' in private chats or as an administrator."""
    chat = state.writable_chat(call.params.get("chat_id"))
    message = state.message_of(chat, call.number("message_id"), "message to delete not found")
    mine = message.sender is state.bot
    if not (mine or chat.is_private or chat.bot_status == "administrator"):
        raise bad_request("message can't be deleted")
    if time.time() - message.date > 48 * 3600:
        raise bad_request("message can't be deleted for everyone")
    message.is_deleted = True
    return True


async def send_chat_action(state: TelegramState, call: Call) -> Any:
    """sendChatAction: one of the known actions."""
    chat = state.writable_chat(call.params.get("chat_id"))
    if call.text("action") not in CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    thread = call.params.get("message_thread_id")
    if thread is not None and thread not in chat.topics:
        raise bad_request("message thread not found")
    return True


async def set_message_reaction(state: TelegramState, call: Call) -> Any:
    """setMessageReaction: at most one, of the known emoji."""
    chat = state.writable_chat(call.params.get("chat_id"))
    message = state.message_of(chat, call.number("message_id"), "message to react not found")
    reactions = call.params.get("reaction") or []
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    for reaction in reactions:
        check_fields(reaction, ("type", "emoji", "custom_emoji_id"), "ReactionType", state.complain)
        plain = str(reaction.get("emoji", "")).replace("\ufe0f", "")
        if reaction.get("type") != "emoji" or plain not in " ".join(REACTION_ROWS).split():
            raise bad_request("REACTION_INVALID")
    message.reactions = reactions
    return True


async def get_file(state: TelegramState, call: Call) -> Any:
    """getFile: where to fetch a file of at most 20 MB."""
    file = state.files.get(call.text("file_id"))
    if file is None:
        raise bad_request("invalid file_id")
    if len(file.content) > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return {**file.json(), "file_path": file.path}
