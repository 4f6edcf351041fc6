"""What passes our Bot API server is held against aiogram and python-telegram-bot: controls.

That nothing is found in the bot's own traffic is asserted wherever a test looks at the complaints;
here each kind of fault must be found, or that silence would prove nothing.
"""

from __future__ import annotations

from typing import Any

import aiohttp
import calling_bot_api
import pytest
from bot_api import foreign
from bot_api.about_bot import get_me
from bot_api.methods import METHODS
from bot_api.telegram_state import TelegramState
from bot_api_server import TOKEN, BotApiServer, Call, User
from calling_bot_api import raw
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

ana, bot, server = calling_bot_api.ana, calling_bot_api.bot, calling_bot_api.server


async def ask_by_form(server: BotApiServer, method: str, **params: str) -> None:
    url = f"{server.base_url}{TOKEN}/{method}"
    async with aiohttp.ClientSession() as session, session.post(url, data=params) as answer:
        await answer.read()


def found(server: BotApiServer, *words: str) -> bool:
    """Is there a complaint with all these words?"""
    return any(all(word in one for word in words) for one in server.complaints)


async def test_good_traffic_brings_no_complaint(server: BotApiServer, bot: Bot, ana: User) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("5", callback_data="5")]])
    await bot.send_message(ana.id, "5", reply_markup=keyboard, disable_notification=True)
    await bot.send_document(ana.id, b"a: b", filename="5.yaml", caption="5")
    await server.send_text(ana, ana, "/help")
    assert await bot.get_updates()
    assert server.complaints == []


@pytest.mark.parametrize(
    ("params", "finding"),
    [
        ({"text": "a", "parse_mod": "HTML"}, "unknown parse_mod"),
        ({"text": 5}, "text: Input should be a valid string"),
        ({"text": "a", "protect_content": "often"}, "protect_content.bool: Input should be"),
        ({}, "text: Field required"),
        ({"text": "a", "link_preview_options": {"off": True}}, "unknown link_preview_options.off"),
        (
            {"text": "a", "reply_markup": {"inline_keyboard": [[{"txt": "a", "url": "a.fr"}]]}},
            "unknown reply_markup.inline_keyboard",
        ),
    ],
    ids=["misspelt", "number", "no yes or no", "missing", "misspelt inside", "missing inside"],
)
async def test_a_faulty_request_is_found(
    server: BotApiServer, ana: User, params: dict[str, Any], finding: str
) -> None:
    await raw(server, "sendMessage", chat_id=ana.id, **params)
    assert found(server, "sendMessage: aiogram: ", finding), server.complaints


async def test_a_faulty_form_is_found(server: BotApiServer, ana: User) -> None:
    await ask_by_form(server, "deleteMessage", chat_id=str(ana.id), message_id="first")
    assert found(server, "deleteMessage: aiogram: message_id: Input should be a valid integer")


async def test_a_method_nobody_else_knows_is_found(server: BotApiServer) -> None:
    await raw(server, "sendTelepathy")
    assert found(server, "sendTelepathy: aiogram: no such method")


@pytest.mark.parametrize(
    ("change", "findings"),
    [
        ({"is_bot": ...}, ["aiogram: result.is_bot: Field required", "telegram: User.__init__()"]),
        ({"id": "7"}, ["aiogram: result.id: Input should be a valid integer"]),
        ({"colour": "red"}, ["aiogram: unknown result.colour", "telegram: unknown colour"]),
    ],
    ids=["missing", "wrong type", "unknown"],
)
async def test_a_faulty_result_is_found(
    server: BotApiServer,
    monkeypatch: pytest.MonkeyPatch,
    change: dict[str, Any],
    findings: list[str],
) -> None:
    async def faulty(state: TelegramState, call: Call) -> Any:
        me = {**await get_me(state, call), **change}
        return {name: value for name, value in me.items() if value is not ...}

    monkeypatch.setitem(dict_of(METHODS), "getMe", faulty)
    await raw(server, "getMe")
    for finding in findings:
        assert found(server, "answer to getMe: ", finding)


def dict_of(mapping: Any) -> dict[str, Any]:
    assert isinstance(mapping, dict)
    return mapping


async def test_a_faulty_refusal_is_found(server: BotApiServer) -> None:
    server.fail_next("getMe", 429, "Too Many Requests", {"retry_later": 3})
    await raw(server, "getMe")
    assert found(server, "answer to getMe: aiogram: unknown parameters.retry_later")


FAULTY = [
    ({"colour": "red"}, ["aiogram", "unknown", "message.colour"]),
    ({"colour": "red"}, ["telegram", "unknown message.colour"]),
    ({"chat": ...}, ["aiogram", "message.chat: Field required"]),
    ({"message_id": ...}, ["telegram", "missing 1 required", "message_id"]),
    ({"text": 5}, ["aiogram", "message.text: Input should be a valid string"]),
    ({"date": "today"}, ["aiogram", "message.date: Input should be a valid datetime"]),
    ({"entities": []}, ["telegram", "message.entities: [] became None"]),
]


def update(user: User, change: dict[str, Any]) -> dict[str, Any]:
    message = {"message_id": 1, "date": 1_700_000_000, "text": "a", "from": user.json()}
    message["chat"] = {"id": user.id, "type": "private", "first_name": "Ana"}
    message |= change
    return {"message": {name: value for name, value in message.items() if value is not ...}}


@pytest.mark.parametrize(("change", "words"), FAULTY, ids=",".join)
async def test_a_faulty_update_is_found(
    server: BotApiServer, ana: User, change: dict[str, Any], words: list[str]
) -> None:
    await server.push_update(update(ana, change))
    await raw(server, "getUpdates")
    assert found(server, "answer to getUpdates: ", *words), server.complaints


async def test_a_faulty_update_to_a_webhook_is_found(server: BotApiServer, ana: User) -> None:
    await raw(server, "setWebhook", url="http://127.0.0.1:1/")
    await server.push_update(update(ana, {"colour": "red"}))
    await server.wait_until(lambda: bool(server.complaints), what="a complaint")
    assert found(server, "update: aiogram: unknown message.colour")
    assert found(server, "update: telegram: unknown message.colour")


@pytest.mark.parametrize("difference", foreign.DIFFERENCES, ids=lambda one: str(one.field))
async def test_a_difference_let_pass_is_still_one(
    difference: foreign.Difference,
    server: BotApiServer,
    ana: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    group = server.new_group("Group", ana, bot_status="administrator")
    asked: dict[str, Any] = {"chat_id": group.id, "user_id": server.bot.id}
    await raw(server, "getChatMember", **asked)
    assert server.complaints == []
    monkeypatch.setattr(foreign, "DIFFERENCES", ())
    await raw(server, "getChatMember", **asked)
    assert found(server, f"{difference.kind}.{difference.field}: Field required")
