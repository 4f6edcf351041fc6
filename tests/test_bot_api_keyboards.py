"""Buttons that Telegram shows are shown, and keyboards that it refuses are refused."""

from __future__ import annotations

from typing import Any

import calling_bot_api
import pytest
from bot_api_server import BotApiServer, User
from calling_bot_api import one_button, raw, refused
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

ana, bot, server = calling_bot_api.ana, calling_bot_api.bot, calling_bot_api.server


@pytest.mark.parametrize(
    "action",
    [
        {"callback_data": "é" * 32},
        {"url": "https://a.org"},
        {"url": "tg://resolve?domain=a"},
        {"switch_inline_query": ""},
        {"api_kwargs": {"copy_text": {"text": "c" * 256}}},
    ],
)
async def test_good_buttons_are_shown(
    server: BotApiServer, bot: Bot, ana: User, action: dict[str, Any]
) -> None:
    await bot.send_message(ana.id, "a", reply_markup=one_button(**action))
    assert [button.text for button in server.messages(ana)[0].buttons] == ["Go"]


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ({"callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
        ({"callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"url": "ftp://a.org"}, "'ftp://a.org' is invalid: Unsupported URL protocol"),
        ({"url": "http://localhost:80/a"}, "'http://localhost:80/a' is invalid: Wrong HTTP URL"),
        ({"copy_text": {"text": "c" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
        ({}, "Text buttons are unallowed in the inline keyboard"),
        ({"url": "https://a.org", "callback_data": "a"}, "exactly one action"),
        ({"callback_data": "a", "style": "pink"}, "BUTTON_STYLE_INVALID"),
        ({"callback_data": "a", "text": " "}, 'Field "text" must be a non-empty String'),
        ({"callback_data": "a", "colour": "red"}, "unknown field colour"),
    ],
)
async def test_bad_buttons_are_refused(
    server: BotApiServer, ana: User, action: dict[str, Any], words: str
) -> None:
    markup = {"inline_keyboard": [[{"text": "Go", **action}]]}
    status, body = await raw(server, "sendMessage", chat_id=ana.id, text="a", reply_markup=markup)
    assert status == 400
    assert words in body["description"]


async def test_keyboards_have_a_size(bot: Bot, ana: User) -> None:
    button = InlineKeyboardButton("a", callback_data="a")
    assert await bot.send_message(ana.id, "a", reply_markup=InlineKeyboardMarkup([[button] * 8]))
    for rows in ([[button] * 9], [[button] * 8] * 13):
        with refused("reply markup is too long"):
            await bot.send_message(ana.id, "a", reply_markup=InlineKeyboardMarkup(rows))
