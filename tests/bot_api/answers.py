"""Methods that answer a query: a button press, an inline query, a guest query."""

from __future__ import annotations

import re
import secrets
from typing import Any

from bot_api.chats import Message, Query, text_content
from bot_api.formatting import checked_link, format_text
from bot_api.markup import check_markup, check_preview
from bot_api.telegram_state import TelegramState
from bot_api.wire import Call, Json, bad_request, check_fields, utf16_length

ARTICLE = (
    "type", "id", "title", "input_message_content", "reply_markup", "url", "description",
    "thumbnail_url", "thumbnail_width", "thumbnail_height",
)  # fmt: skip
CONTENT = ("message_text", "parse_mode", "entities", "link_preview_options")


async def answer_callback_query(state: TelegramState, call: Call) -> Any:
    """answerCallbackQuery: once, in time, a text of at most 200."""
    query_id = call.text("callback_query_id")
    query = state.open_query(query_id, "callback", state.callback_lifetime)
    if utf16_length(call.text("text")) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    url = call.text("url")
    if url and not re.match(r"(https://t\.me/|tg://resolve\?)", url):
        raise bad_request("URL_INVALID")
    query.answer = dict(call.params)
    return True


async def answer_inline_query(state: TelegramState, call: Call) -> Any:
    """answerInlineQuery: once, in time, at most 50 valid results with ids of their own."""
    query_id = call.text("inline_query_id")
    query = state.open_query(query_id, "inline", state.inline_lifetime)
    results = call.params["results"]
    if not isinstance(results, list):
        raise bad_request("can't parse inline query results JSON array")
    if len(results) > 50:
        raise bad_request("RESULTS_TOO_MUCH")
    if len(call.text("next_offset").encode()) > 64:
        raise bad_request("NEXT_OFFSET_INVALID")
    if call.number("cache_time") < 0:
        raise bad_request("CACHE_TIME_INVALID")
    kept = [check_result(state, result) for result in results]
    if len({result["id"] for result in kept}) != len(kept):
        raise bad_request("RESULT_ID_DUPLICATE")
    _check_button(state, call.params.get("button"))
    query.answer = {**call.params, "results": kept}
    return True


async def answer_guest_query(state: TelegramState, call: Call) -> Any:
    """answerGuestQuery: one inline result becomes a message where the bot is no member."""
    query = state.open_query(call.text("guest_query_id"), "guest", state.inline_lifetime)
    result = check_result(state, call.params["result"])
    query.answer = {"results": [result]}
    assert query.message is not None
    message = place_result(state, query, query.message.chat, result)
    message.sender, message.reply_to = state.bot, query.message
    message.extra["guest_bot_caller_user"] = query.user.json()
    return {"inline_message_id": name_inline(state, message)}


def _check_button(state: TelegramState, value: Any) -> None:
    if value is None:
        return
    button = check_fields(
        value, ("text", "start_parameter", "web_app"), "InlineQueryResultsButton", state.complain
    )
    if not button.get("text"):
        raise bad_request("can't parse InlineQueryResultsButton: text must be non-empty")
    if ("start_parameter" in button) == ("web_app" in button):
        raise bad_request("can't parse InlineQueryResultsButton: exactly one action is expected")
    if "start_parameter" in button and not re.fullmatch(
        r"[A-Za-z0-9_-]{1,64}", str(button["start_parameter"])
    ):
        raise bad_request("START_PARAM_INVALID")


def check_result(state: TelegramState, value: Any) -> Json:
    """A result with its message already formatted, under "content"."""
    if not isinstance(value, dict) or value.get("type") != "article":
        state.complain(f"inline result of type {value!r:.60}: this server knows articles only")
        raise bad_request("can't parse inline query result: type is not supported")
    result = check_fields(value, ARTICLE, "InlineQueryResultArticle", state.complain)
    if not isinstance(result.get("id"), str) or not 1 <= len(result["id"].encode()) <= 64:
        raise bad_request("RESULT_ID_INVALID")
    if not isinstance(result.get("title"), str) or not result["title"].strip():
        raise bad_request("ARTICLE_TITLE_EMPTY")
    for name in ("url", "thumbnail_url"):
        if name in result and not checked_link(str(result[name])):
            raise bad_request("WEBDOCUMENT_URL_INVALID")
    markup = check_markup(result.get("reply_markup"), state.complain, inline_only=True)
    return {**result, "reply_markup": markup, **_check_content(state, result)}


def _check_content(state: TelegramState, result: Json) -> Json:
    given = result.get("input_message_content")
    if not isinstance(given, dict) or "message_text" not in given:
        raise bad_request("can't parse inline query result: Message content must be specified")
    content = check_fields(given, CONTENT, "InputTextMessageContent", state.complain)
    formatted = format_text(
        str(content["message_text"]),
        str(content.get("parse_mode") or ""),
        content.get("entities"),
        state.complain,
    )
    preview = check_preview(content.get("link_preview_options"), state.complain)
    return {"content": text_content(formatted.text, formatted.entities), "preview": preview}


def place_result(state: TelegramState, query: Query, chat: Any, result: Json) -> Message:
    """Puts a chosen result into a chat, as its user's message via the bot."""
    message = Message(chat.next_id(), chat, query.user, result["content"], result["reply_markup"])
    message.via_bot, message.link_preview = state.bot, result["preview"]
    return state.add_message(message)


def name_inline(state: TelegramState, message: Message) -> str:
    """Gives a message the id by which the bot may edit it."""
    message.inline_message_id = secrets.token_urlsafe(16)
    state.inline_messages[message.inline_message_id] = message
    return message.inline_message_id
