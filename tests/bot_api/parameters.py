"""Every method this server knows and every parameter it may be given (Bot API 10.0)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot_api.wire import Complain, bad_request

SEND = (
    "business_connection_id:text chat_id:chat message_thread_id:int direct_messages_topic_id:int "
    "disable_notification:bool protect_content:bool allow_paid_broadcast:bool "
    "message_effect_id:text suggested_post_parameters:json reply_parameters:json "
    "reply_markup:json "
)
CAPTION = "caption:text parse_mode:text caption_entities:json show_caption_above_media:bool "
EDIT = (
    "business_connection_id:text chat_id:chat message_id:int inline_message_id:text "
    "reply_markup:json "
)
# name:kind, kinds being text, int, bool, json, chat (a number or @name) and file; "!" if required.
SPEC: Mapping[str, str] = {
    "getMe": "",
    "logOut": "",
    "close": "",
    "getUpdates": "offset:int limit:int timeout:int allowed_updates:json",
    "setWebhook": "url:text certificate:file ip_address:text max_connections:int "
    "allowed_updates:json drop_pending_updates:bool secret_token:text",
    "deleteWebhook": "drop_pending_updates:bool",
    "getWebhookInfo": "",
    "sendMessage": SEND + "text:text parse_mode:text entities:json link_preview_options:json",
    "sendPhoto": SEND + CAPTION + "photo:file! has_spoiler:bool",
    "sendDocument": SEND
    + "document:file! thumbnail:file caption:text parse_mode:text caption_entities:json "
    "disable_content_type_detection:bool",
    "sendChatAction": "business_connection_id:text chat_id:chat message_thread_id:int action:text!",
    "editMessageText": EDIT + "text:text parse_mode:text entities:json link_preview_options:json",
    "editMessageMedia": EDIT + "media:json!",
    "editMessageReplyMarkup": EDIT,
    "deleteMessage": "chat_id:chat message_id:int!",
    "setMessageReaction": "chat_id:chat message_id:int! reaction:json is_big:bool",
    "answerCallbackQuery": "callback_query_id:text! text:text show_alert:bool url:text "
    "cache_time:int",
    "answerInlineQuery": "inline_query_id:text! results:json! cache_time:int is_personal:bool "
    "next_offset:text button:json",
    "answerGuestQuery": "guest_query_id:text! result:json!",
    "setMyCommands": "commands:json! scope:json language_code:text",
    "getMyCommands": "scope:json language_code:text",
    "deleteMyCommands": "scope:json language_code:text",
    "setMyName": "name:text language_code:text",
    "getMyName": "language_code:text",
    "setMyDescription": "description:text language_code:text",
    "getMyDescription": "language_code:text",
    "setMyShortDescription": "short_description:text language_code:text",
    "getMyShortDescription": "language_code:text",
    "setChatMenuButton": "chat_id:int menu_button:json",
    "getChatMenuButton": "chat_id:int",
    "getChat": "chat_id:chat",
    "getChatMember": "chat_id:chat user_id:int!",
    "leaveChat": "chat_id:chat",
    "getFile": "file_id:text!",
}


@dataclass(frozen=True)
class Parameter:
    """One parameter of a method."""

    name: str
    kind: str
    required: bool


def parameters_of(method: str) -> dict[str, Parameter]:
    """The parameters of a known method, by name."""
    words = ([*word.rstrip("!").split(":"), word[-1]] for word in SPEC[method].split())
    return {name: Parameter(name, kind, last == "!") for name, kind, last in words}


def find_method(name: str) -> str | None:
    """The method as Telegram spells it; names are found in any case."""
    return next((known for known in SPEC if known.lower() == name.lower()), None)


def decode(method: str, raw: Mapping[str, Any], complain: Complain) -> dict[str, Any]:
    """Parameters as values of their kind. Unknown or unreadable ones are refused and noted."""
    known = parameters_of(method)
    for name in sorted(set(raw) - set(known)):
        complain(f"{method}: unknown parameter {name}")
        raise bad_request(f'unknown parameter "{name}"')
    values: dict[str, Any] = {}
    for name, value in raw.items():
        try:
            values[name] = None if value is None else _decode_one(known[name].kind, value)
        except ValueError:
            complain(f"{method}: {name} is no {known[name].kind}: {value!r}")
            raise bad_request(f'parameter "{name}" has a wrong type') from None
    for parameter in known.values():
        if parameter.required and values.get(parameter.name) in (None, ""):
            raise bad_request(f'parameter "{parameter.name}" is required')
    return values


def _decode_one(kind: str, value: Any) -> Any:
    if kind == "int":
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise ValueError(value)
        return int(value)
    if kind == "bool":
        return _decode_bool(value)
    if kind == "json":
        decoded = json.loads(value) if isinstance(value, str) else value
        if not isinstance(decoded, dict | list):
            raise ValueError(value)
        return decoded
    if kind == "chat":
        return value if isinstance(value, str) and value.startswith("@") else int(value)
    if kind == "text" and not isinstance(value, str):
        if isinstance(value, dict | list):
            raise ValueError(value)
        return str(value)
    return value


def _decode_bool(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).lower()
    if word not in ("true", "false", "1", "0", "yes", "no", ""):
        raise ValueError(value)
    return word in ("true", "1", "yes")
