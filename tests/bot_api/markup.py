"""What hangs on a message: keyboards, replies, link previews; each checked as Telegram would."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot_api.formatting import checked_link
from bot_api.wire import Complain, Json, bad_request, check_fields, utf16_length

ACTIONS = (
    "callback_data", "url", "copy_text", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "web_app", "login_url", "callback_game", "pay",
)  # fmt: skip
CHOSEN_CHAT = (
    "query", "allow_user_chats", "allow_bot_chats", "allow_group_chats", "allow_channel_chats",
)  # fmt: skip
OTHER_MARKUPS = (
    "keyboard", "is_persistent", "resize_keyboard", "one_time_keyboard", "input_field_placeholder",
    "selective", "remove_keyboard", "force_reply",
)  # fmt: skip
REPLY_FIELDS = (
    "message_id", "chat_id", "allow_sending_without_reply", "quote", "quote_parse_mode",
    "quote_entities", "quote_position", "checklist_task_id", "poll_option_id",
)  # fmt: skip
PREVIEW_FIELDS = (
    "is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text",
)  # fmt: skip


@dataclass(frozen=True)
class Button:
    """One button as a person sees it; `data` and `url` are None when it has another action."""

    text: str
    data: str | None = None
    url: str | None = None
    copies: str | None = None
    switches: str | None = None
    row: int = 0


def buttons_of(markup: Json | None) -> list[Button]:
    """Every button under a message, row by row."""
    rows = (markup or {}).get("inline_keyboard", [])
    return [
        Button(
            button["text"],
            button.get("callback_data"),
            button.get("url"),
            button.get("copy_text", {}).get("text"),
            next((button[name] for name in ACTIONS[3:5] if name in button), None),
            number,
        )
        for number, row in enumerate(rows)
        for button in row
    ]


def check_markup(value: Any, complain: Complain, inline_only: bool = False) -> Json | None:
    """The reply markup as the message will carry it; None when it carries none."""
    if value is None or value == "":
        return None
    markup = check_fields(value, ("inline_keyboard", *OTHER_MARKUPS), "reply markup", complain)
    if "inline_keyboard" not in markup:
        if inline_only and markup:
            raise bad_request("inline keyboard expected")
        return markup or None
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
        )
    if sum(map(len, rows)) > 100 or any(len(row) > 8 for row in rows):
        raise bad_request("reply markup is too long")
    kept = [[check_button(button, complain) for button in row] for row in rows if row]
    return {"inline_keyboard": kept} if kept else None


def check_button(value: Any, complain: Complain) -> Json:
    """One inline button: a text and exactly one valid action."""
    fields = ("text", "icon_custom_emoji_id", "style", *ACTIONS)
    button = check_fields(value, fields, "inline keyboard button", complain)
    text = button.get("text")
    if not isinstance(text, str) or not text.strip():
        raise unparsable('Field "text" must be a non-empty String')
    actions = [name for name in ACTIONS if name in button]
    if not actions:
        raise unparsable("Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        complain(f"button {text!r}: more than one action ({', '.join(actions)})")
        raise unparsable("exactly one action is expected")
    if button.get("style", "primary") not in ("primary", "success", "danger"):
        raise bad_request("BUTTON_STYLE_INVALID")
    return _check_action(button, actions[0], complain)


def unparsable(words: str) -> Exception:
    """Telegram's refusal of a button it can't read."""
    return bad_request(f"can't parse inline keyboard button: {words}")


def _check_action(button: Json, action: str, complain: Complain) -> Json:
    value = button[action]
    if action == "callback_data":
        if not isinstance(value, str) or not 1 <= len(value.encode()) <= 64:
            raise bad_request("BUTTON_DATA_INVALID")
    elif action == "url":
        return {**button, "url": check_button_url(value)}
    elif action == "copy_text":
        copied = check_fields(value, ("text",), "copy_text", complain).get("text")
        if not isinstance(copied, str) or not 1 <= utf16_length(copied) <= 256:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
    elif action == "switch_inline_query_chosen_chat":
        chosen = check_fields(value, CHOSEN_CHAT, action, complain)
        check_switch(chosen.get("query", ""))
        if not any(chosen.get(name) for name in CHOSEN_CHAT[1:]):
            raise bad_request("at least one chat type must be allowed")
    elif action.startswith("switch_inline_query"):
        check_switch(value)
    return button


def check_switch(value: Any) -> None:
    """The query put after @bot: a text of at most 256 letters."""
    if not isinstance(value, str):
        raise unparsable('Field "switch_inline_query" must be of type String')
    if utf16_length(value) > 256:
        raise bad_request("BUTTON_SWITCH_QUERY_INVALID")


def check_button_url(value: Any) -> str:
    """A link a button may open: http, https or tg, with a real host name."""
    if not isinstance(value, str):
        raise unparsable('Field "url" must be of type String')
    scheme = value.partition("://")[0] if "://" in value else "http"
    if scheme.lower() not in ("http", "https", "tg", "ton"):
        why = "Unsupported URL protocol"
    else:
        why = "" if checked_link(value) else "Wrong HTTP URL"
    if why:
        raise bad_request(f"inline keyboard button URL '{value}' is invalid: {why}")
    return checked_link(value)


def check_preview(value: Any, complain: Complain) -> Json | None:
    """Link preview options of a known shape."""
    if value is None:
        return None
    options = check_fields(value, PREVIEW_FIELDS, "link preview options", complain)
    if options.get("prefer_small_media") and options.get("prefer_large_media"):
        complain("link preview: prefer_small_media and prefer_large_media together")
    return options


def check_reply(value: Any, complain: Complain) -> Json | None:
    """Reply parameters of a known shape, with a message id."""
    if value is None:
        return None
    reply = check_fields(value, REPLY_FIELDS, "reply parameters", complain)
    if not isinstance(reply.get("message_id"), int):
        raise bad_request("can't parse reply parameters: Can't find field \"message_id\"")
    return reply
