"""Faults come as ordered: refusals, dropped connections, slow answers, a lost network."""

from __future__ import annotations

import asyncio

import calling_bot_api
import pytest
from bot_api_server import BotApiServer, User
from telegram import Bot
from telegram.error import NetworkError, RetryAfter, TimedOut

ana, bot, server = calling_bot_api.ana, calling_bot_api.bot, calling_bot_api.server


async def test_refusals_can_be_ordered(
    server: BotApiServer, bot: Bot, ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # else RetryAfter warns of its own future
    server.fail_next("sendMessage", 502, "Bad Gateway")
    server.too_many_requests("sendMessage", 3)
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await bot.send_message(ana.id, "a")
    with pytest.raises(RetryAfter):
        await bot.send_message(ana.id, "a")
    assert server.messages(ana) == []
    assert await bot.send_message(ana.id, "a")
    assert [call.status for call in server.calls_to("sendMessage", ana)] == [502, 429, 200]


@pytest.mark.parametrize("after_doing", [False, True])
async def test_connections_can_be_dropped(
    server: BotApiServer, bot: Bot, ana: User, after_doing: bool
) -> None:
    server.drop_connection("sendMessage", after_doing=after_doing)
    with pytest.raises(NetworkError):
        await bot.send_message(ana.id, "a")
    assert len(server.messages(ana)) == after_doing


async def test_answers_can_be_slow_or_no_json(server: BotApiServer, bot: Bot, ana: User) -> None:
    server.delay("sendMessage", 0.5, times=1)
    with pytest.raises(TimedOut):
        await bot.send_message(ana.id, "a", read_timeout=0.05)
    server.answer_raw("sendMessage", 502, "<html>Bad Gateway</html>")
    with pytest.raises(NetworkError):
        await bot.send_message(ana.id, "b")
    assert await bot.send_message(ana.id, "c")


async def test_the_network_can_go_and_come_back(server: BotApiServer, bot: Bot, ana: User) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.05)
    port = server.port
    await server.go_offline()
    with pytest.raises(NetworkError):
        await poll
    with pytest.raises(NetworkError):
        await bot.get_me()
    await server.come_back()
    assert server.port == port
    assert await bot.get_me()
