"""What goes wrong between the bot and Telegram is survived, or told in words without the token."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from bot_api_server import TOKEN, BotApiServer
from running_bot import RunningBot, started

from bot.telegram_chat.in_flight import FEWEST

SECRET = TOKEN.partition(":")[2]
QUESTION = "who deals with screen overexposure?"
NAME = "Collective on Screen Overexposure"


@pytest.fixture
async def server() -> AsyncIterator[BotApiServer]:
    async with BotApiServer() as running:
        yield running
        assert running.complaints == []


async def is_answering(bot: RunningBot, timeout: float = 20.0) -> bool:
    person = bot.newcomer()
    answer = await bot.server.ask(person, QUESTION, timeout=timeout)
    return NAME in answer.text


async def test_a_wrong_token_is_told_in_words(server: BotApiServer, telegram_data: Path) -> None:
    wrong = TOKEN.replace("tests", "wrong")
    async with started(server, telegram_data, BOT_TOKEN=wrong, BOT_LOG_LEVEL="debug") as bot:
        assert await bot.ended() == 2
        assert "@BotFather" in bot.written
        assert wrong not in bot.written
        assert wrong.partition(":")[2] not in bot.written


async def test_what_is_no_token_is_told_in_words(server: BotApiServer, telegram_data: Path) -> None:
    async with started(server, telegram_data, BOT_TOKEN="no token, secret") as bot:
        assert await bot.ended() == 2
        assert "@BotFather" in bot.written
        assert "secret" not in bot.written
        assert "Traceback" not in bot.written


async def test_a_token_that_is_taken_back_ends_it(
    server: BotApiServer, telegram_data: Path
) -> None:
    async with started(server, telegram_data) as bot:
        await bot.ready()
        assert await is_answering(bot)
        server.fail_next("getUpdates", 401, "Unauthorized", times=None)
        await server.send_text(bot.newcomer(), bot.newcomer(), "wakes the poll")
        assert await bot.ended(within=40) == 2
        assert "@BotFather" in bot.written
        assert SECRET not in bot.written


async def test_faults_on_the_way_are_survived_and_the_token_is_never_told(
    server: BotApiServer, telegram_data: Path
) -> None:
    async with started(server, telegram_data, BOT_LOG_LEVEL="debug") as bot:
        await bot.ready()
        assert await is_answering(bot)
        server.fail_next("getUpdates", 401, "Unauthorized")
        server.fail_next("getUpdates", 500, "Internal Server Error")
        server.drop_connection("getUpdates")
        assert await is_answering(bot, timeout=40)
        server.fail_next("sendMessage", 500, "Internal Server Error")
        assert await is_answering(bot)
        server.drop_connection("sendMessage")
        assert await is_answering(bot)
        server.too_many_requests("sendMessage", retry_after=1)
        assert await is_answering(bot)
        server.fail_next("sendMessage", 400, "Bad Request: can't parse entities: …")
        assert await is_answering(bot)
        assert await bot.stop(within=15) == 0
        assert SECRET not in bot.written
        assert QUESTION not in bot.written, "nor what people asked"


async def test_telegram_away_at_the_start_and_back_later(
    server: BotApiServer, telegram_data: Path
) -> None:
    await server.go_offline()
    async with started(server, telegram_data, BOT_LOG_LEVEL="debug") as bot:
        await asyncio.sleep(2.5)
        assert bot.process.returncode is None, bot.written
        await server.come_back()
        await bot.ready()
        assert await is_answering(bot)
        await server.go_offline()
        await asyncio.sleep(0.5)
        await server.come_back()
        assert await is_answering(bot, timeout=40)
        assert await bot.stop(within=15) == 0
        assert SECRET not in bot.written


async def test_somebody_who_blocked_the_bot_does_no_harm(
    server: BotApiServer, telegram_data: Path
) -> None:
    async with started(server, telegram_data) as bot:
        await bot.ready()
        person = bot.newcomer()
        await server.send_text(person, person, QUESTION)
        person.has_blocked_bot = True
        old = server.new_user("Old", language_code="en")
        answer = await server.ask(old, "/partners")
        server.callback_lifetime = 0.0
        await server.send_callback(old, answer, "partners:1")
        await server.edited(answer)
        server.callback_lifetime = 15.0
        assert await is_answering(bot)
        assert " ERROR " not in bot.written


async def test_it_stops_within_seconds_and_answers_what_it_has_taken(
    server: BotApiServer, telegram_data: Path
) -> None:
    async with started(server, telegram_data) as bot:
        await bot.ready()
        assert await is_answering(bot)
        server.delay("sendMessage", 0.5)
        people = [bot.newcomer() for _ in range(10)]
        for person in people:
            await server.send_text(person, person, QUESTION)
        await server.idle()
        assert await bot.stop(within=15) == 0
        assert all(len(server.messages(person)) == 2 for person in people), bot.written
        assert SECRET not in bot.written


async def test_a_token_with_blanks_around_it_works(
    server: BotApiServer, telegram_data: Path
) -> None:
    async with started(server, telegram_data, BOT_TOKEN=f" {TOKEN} ") as bot:
        await bot.ready()
        assert await is_answering(bot)


async def test_chats_told_to_slow_down_hold_up_nobody_else(
    server: BotApiServer, telegram_data: Path
) -> None:
    async with started(server, telegram_data) as bot:
        await bot.ready()
        # More than may be on their way at once.
        slow, other = [bot.newcomer() for _ in range(FEWEST + 2)], bot.newcomer()
        await server.ask(other, "/start")
        server.too_many_requests("sendMessage", retry_after=4, times=len(slow))
        for person in slow:
            await server.send_text(person, person, QUESTION)
        await server.wait_until(lambda: refused(server) == len(slow), what="all refused")
        await server.ask(other, QUESTION, timeout=3)
        assert all([m.sender for m in server.messages(person)] == [person] for person in slow)
        await server.wait_until(
            lambda: all(len(server.messages(person)) == 2 for person in slow),
            what="their answers later",
        )


def refused(server: BotApiServer) -> int:
    """Messages that were to wait."""
    return sum(call.status == 429 for call in server.calls_to("sendMessage"))


async def test_a_profile_that_may_not_change_now_is_told_and_keeps_nobody_waiting(
    server: BotApiServer, telegram_data: Path
) -> None:
    server.too_many_requests("setMyName", retry_after=80_000)
    async with started(server, telegram_data) as bot:
        await bot.ready()
        await server.wait_for("setMyName")
        assert await is_answering(bot)
        await server.wait_until(lambda: "stays as it was" in bot.written, what="a line")
        assert ("description", "fr") in server.profile.texts
        before = len(server.calls_to("setMyCommands"))
        assert await bot.stop() == 0
    async with started(server, telegram_data) as bot:
        await server.wait_for("setMyName")
        assert len(server.calls_to("setMyCommands")) == before, "menus that have not changed"


async def test_a_chat_that_is_gone_does_no_harm(server: BotApiServer, telegram_data: Path) -> None:
    async with started(server, telegram_data) as bot:
        await bot.ready()
        person = bot.newcomer()
        for method in ("sendMessage", "editMessageText"):
            server.fail_next(method, 400, "Bad Request: chat not found")
        sent = await server.send_text(person, person, QUESTION)
        await server.wait_for("sendMessage", where=lambda call: call.status == 400)
        await server.edit_text(sent.message, "who deals with poverty?")
        await server.answer_to(sent)
        assert await is_answering(bot)
        assert " ERROR " not in bot.written
        assert QUESTION not in bot.written
