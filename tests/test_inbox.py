"""What Telegram has handed over is answered, whatever happens to the process meanwhile."""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest
from bot_api_server import BotApiServer
from running_bot import started

from bot.records.inbox import ATTEMPTS
from bot.records.records import open_records
from bot.records.together import together
from bot.telegram_chat.in_flight import FEWEST

QUESTION = "who deals with screen overexposure?"
PEOPLE = 30
KILLS = min(3, int(os.environ.get("PARTNER_BOT_KILLS", "1")))
"""Deaths of the real process with each database; CI has three."""


@pytest.fixture
async def server() -> AsyncIterator[BotApiServer]:
    async with BotApiServer() as running:
        yield running
        assert running.complaints == []


def answers(server: BotApiServer, people: list[int]) -> list[int]:
    """How many answers each has."""
    return [
        sum(m.sender is server.bot for m in server.messages(server.users[person]))
        for person in people
    ]


async def all_ask(server: BotApiServer) -> list[int]:
    """Everybody asks at once; who they are."""
    people = [server.new_user(f"P{n}", language_code="en") for n in range(PEOPLE)]
    for person in people:
        await server.send_text(person, person, QUESTION)
    return [person.id for person in people]


async def until_all_are_answered(server: BotApiServer, people: list[int]) -> None:
    await server.wait_until(
        lambda: all(answers(server, people)), timeout=40, what="an answer for everybody"
    )


@pytest.mark.parametrize("moment", range(KILLS))
async def test_a_killed_bot_loses_no_question(
    server: BotApiServer, own_data: Path, database: str, moment: int
) -> None:
    seconds = random.uniform(0.0, 0.4)
    async with started(server, own_data, BOT_DATABASE_URL=database) as bot:
        await bot.ready()
        people = await all_ask(server)
        await asyncio.sleep(seconds)
        bot.process.kill()
    async with started(server, own_data, BOT_DATABASE_URL=database) as bot:
        await until_all_are_answered(server, people)
        again = await all_ask(server)
        await until_all_are_answered(server, again)
        # Sent, and killed before that was written down: nobody can know whether it arrived.
        doubled = sum(count - 1 for count in answers(server, people))
        assert doubled <= FEWEST, f"killed after {seconds:.3f} s"
        assert answers(server, again) == [1] * PEOPLE


async def test_a_stop_leaves_what_is_not_begun_to_the_next_start(
    server: BotApiServer, own_data: Path, database: str
) -> None:
    async with started(server, own_data, BOT_DATABASE_URL=database) as bot:
        await bot.ready()
        server.delay("sendMessage", 0.3)
        flooding = server.new_user("Flood", language_code="en")
        for _ in range(PEOPLE):
            await server.send_text(flooding, flooding, QUESTION)
        await server.wait_for("sendMessage")
        bot.process.terminate()
        await asyncio.sleep(0.1)
        with suppress(ProcessLookupError):  # it may have had nothing under way
            bot.process.terminate()
        assert await bot.ended(within=10) == 0
    server.faults.clear()
    assert answers(server, [flooding.id]) < [PEOPLE]
    async with started(server, own_data, BOT_DATABASE_URL=database):
        await server.wait_until(lambda: answers(server, [flooding.id]) == [PEOPLE], timeout=40)


async def test_an_answer_that_telegram_does_not_take_is_tried_again(
    server: BotApiServer, own_data: Path
) -> None:
    async with started(server, own_data) as bot:
        await bot.ready()
        server.fail_next("sendMessage", 502, "Bad Gateway", times=6)
        server.answer_raw("sendMessage", 200, "<html>Welcome</html>")
        await until_all_are_answered(server, await all_ask(server))
        assert "again" in bot.written


async def test_conversations_votes_and_edits_survive_a_restart(
    server: BotApiServer, own_data: Path, database: str
) -> None:
    async with started(server, own_data, BOT_DATABASE_URL=database) as bot:
        await bot.ready()
        person = bot.newcomer()
        sent = await server.send_text(person, person, QUESTION)
        answer = await server.answer_to(sent)
        query = await server.send_callback(person, answer, "up")
        await server.answered(query)
        assert await bot.stop() == 0
    async with started(server, own_data, BOT_DATABASE_URL=database) as bot:
        await server.edit_text(sent.message, "who deals with poverty?")
        await server.wait_until(lambda: "ATD" in answer.text, timeout=40, what="an edit")
        assert "atd-quartmonde" in (await bot.asks(person, "the second one's website?")).text
        assert len(server.messages(person)) == 4


async def test_what_ends_the_bot_again_and_again_is_given_up(database: str) -> None:
    async with open_records(database, b"x" * 32) as records:
        await records.inbox.keep({7: '{"update_id": 7}', 8: '{"update_id": 8}'}, 1.0)
        await records.inbox.keep({7: "other"}, 2.0)
        for _ in range(ATTEMPTS):
            left = await records.inbox.taken_up()
            assert list(left.waiting.values()) == ['{"update_id": 7}', '{"update_id": 8}']
        with together() as changes:
            await records.conversations.put(1, 1, "{}", 1.0)
            assert await records.conversations.get(1, 1, 1.0) is None, "not yet"
        await records.inbox.done(8, changes)
        assert await records.conversations.get(1, 1, 1.0) == "{}"
        left = await records.inbox.taken_up()
        assert (left.waiting, left.known, left.given_up) == ({}, (7, 8), 1)
        assert await records.inbox.given_up() == 1
        assert await records.inbox.purge(10_000_000.0) == 2
