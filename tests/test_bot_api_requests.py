"""A request has a token, a method and parameters that Telegram knows, in whatever form it comes."""

from __future__ import annotations

import aiohttp
import calling_bot_api
import pytest
from bot_api_server import TOKEN, BotApiServer, User
from calling_bot_api import raw
from telegram import Bot
from telegram.error import InvalidToken

ana, bot, server = calling_bot_api.ana, calling_bot_api.bot, calling_bot_api.server


async def test_get_me_answers_the_bot(bot: Bot) -> None:
    me = await bot.get_me()
    assert (me.username, me.id, me.is_bot) == ("partner_test_bot", bot.id, True)
    assert me.supports_inline_queries
    assert not me.can_read_all_group_messages


async def test_a_wrong_token_is_refused(server: BotApiServer) -> None:
    stranger = Bot("7000000001:wrong", base_url=server.base_url)
    with pytest.raises(InvalidToken):
        await stranger.get_me()
    await stranger.request.shutdown()


async def test_an_unknown_method_is_refused_and_noted(server: BotApiServer) -> None:
    status, body = await raw(server, "sendTelepathy")
    assert (status, body["error_code"]) == (404, 404)
    assert server.complaints == [
        "sendTelepathy: aiogram: no such method",
        "unknown method sendTelepathy",
    ]


async def test_an_unknown_parameter_is_refused_and_noted(server: BotApiServer, ana: User) -> None:
    status, body = await raw(server, "sendMessage", chat_id=ana.id, text="a", colour="red")
    assert (status, body["ok"]) == (400, False)
    assert server.complaints == [
        "sendMessage: aiogram: unknown colour",
        "sendMessage: unknown parameter colour",
    ]
    assert server.messages(ana) == []


async def test_a_parameter_of_a_wrong_kind_is_refused_and_noted(
    server: BotApiServer, ana: User
) -> None:
    status, _ = await raw(server, "deleteMessage", chat_id=ana.id, message_id="first")
    assert status == 400
    assert server.complaints == [
        "deleteMessage: aiogram: message_id: Input should be a valid integer ('first')",
        "deleteMessage: message_id is no int: 'first'",
    ]


async def test_json_forms_and_queries_say_the_same(server: BotApiServer, ana: User) -> None:
    params = {"chat_id": str(ana.id), "text": "hello"}
    url = f"{server.base_url}{TOKEN}/sendmessage"
    async with aiohttp.ClientSession() as session:
        for given in ({"json": params}, {"data": params}, {"params": params}):
            async with session.post(url, **given) as answer:  # type: ignore[arg-type]
                assert (await answer.json())["result"]["text"] == "hello"
    assert [call.params["chat_id"] for call in server.calls] == [ana.id] * 3
