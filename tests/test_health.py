"""Health and metrics beside polling: what an operator's machines ask, and who can ask it."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import httpx
import pytest
import pytest_asyncio
from bot_api_server import TOKEN, BotApiServer
from knocking import NAME, PUBLIC, QUESTION, Knocking, listening
from running_bot import started
from talking import services_on

from bot.doors import Outside
from bot.http.readiness import not_ready
from bot.http.server import HttpServer
from bot.services import Knowledge
from index.findings import Findings

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def polling(telegram_data: Path) -> AsyncIterator[Knocking]:
    async with BotApiServer() as server, listening(server, telegram_data) as knocking:
        await knocking.until_ready()
        yield knocking
        assert server.complaints == []


async def test_it_is_alive_and_ready(polling: Knocking) -> None:
    alive, ready = await polling.get("/healthz"), await polling.get("/readyz")
    assert (alive.status_code, alive.text) == (200, "alive\n")
    assert (ready.status_code, ready.text) == (200, "ready\n")


async def test_nothing_else_is_there(polling: Knocking) -> None:
    assert (await polling.post(b"{}")).status_code == 404, "no webhook while polling"
    for path in ("/", "/docs", "/openapi.json", "/metrics/", "/..%2f..%2fetc/passwd"):
        answer = await polling.get(path)
        assert (answer.status_code, answer.text) == (404, "404: Not Found")
        assert "server" not in answer.headers
    assert (await polling.door.post("/metrics")).status_code == 405


async def test_metrics_count_questions_misses_and_answers(polling: Knocking) -> None:
    before = await polling.metrics()
    person = polling.bot.newcomer()
    assert NAME in (await polling.bot.asks(person, QUESTION)).text
    await polling.bot.asks(person, "best pizza in bordeaux")
    await polling.bot.asks(polling.bot.newcomer("fr"), "merci")
    async with asyncio.timeout(10):
        while (after := await polling.metrics())["partner_bot_updates_waiting"]:
            await asyncio.sleep(0.01)

    def more(name: str) -> float:
        return after[f"partner_bot_{name}"] - before.get(f"partner_bot_{name}", 0.0)

    assert more('questions_total{language="en"}') == 2
    assert more('misses_total{language="en"}') == 1
    assert more('answers_total{kind="answers"}') == 1
    assert more('answers_total{kind="smalltalk"}') == 1
    assert more('step_seconds_count{step="update"}') == 3
    assert more('step_seconds_count{step="answer"}') == 3
    assert more('step_seconds_count{step="find"}') >= 2
    assert more('step_seconds_count{step="send"}') >= 3
    assert (
        after['partner_bot_step_seconds_bucket{le="+Inf",step="find"}']
        == (after['partner_bot_step_seconds_count{step="find"}'])
    )
    assert after["partner_bot_partners"] == 15
    assert after["partner_bot_records_up"] == 1
    assert after["partner_bot_inbox_waiting"] == after["partner_bot_inbox_given_up"] == 0
    assert after["partner_bot_telegram_silence_seconds"] < 60


async def test_metrics_tell_the_generation_and_nobodys_words(polling: Knocking) -> None:
    await polling.bot.asks(polling.bot.newcomer(), "who speaks of flibbertigibbets?")
    text = (await polling.get("/metrics")).text
    assert 'partner_bot_index_info{fingerprint="' in text
    assert "flibbertigibbet" not in text
    assert TOKEN.partition(":")[2] not in text


class Broken:
    """Knowledge that does not find, or fails."""

    def __init__(self, error: Exception | None = None) -> None:
        self.content, self.error = services_on().knowledge.content, error

    async def find(self, question: str) -> Findings:
        if self.error:
            raise self.error
        return Findings(question)


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (Broken(), "is not found: python run_bot.py reindex"),
        (Broken(OSError("somebody's words")), "a question cannot be answered: OSError"),
    ],
)
async def test_an_index_that_does_not_find_is_not_ready(broken: Broken, reason: str) -> None:
    assert await not_ready(services_on()) == []
    services = replace(services_on(), knowledge=cast("Knowledge", broken))
    (told,) = await not_ready(services)
    assert reason in told
    assert "words" not in told


async def test_without_telegram_it_is_alive_but_not_ready(telegram_data: Path) -> None:
    async with BotApiServer() as server:
        await server.go_offline()
        for settings in ({}, {"BOT_WEBHOOK_URL": PUBLIC}):
            async with listening(server, telegram_data, **settings) as knocking:
                assert (await knocking.get("/healthz")).status_code == 200
                answer = await knocking.get("/readyz")
                assert answer.status_code == 503
                assert answer.text == "nothing heard from Telegram yet\n"
                assert await knocking.bot.stop() == 0


async def test_errors_are_counted_by_name(polling: Knocking) -> None:
    polling.bot.server.conflict()
    async with asyncio.timeout(10):
        while 'partner_bot_errors_total{error="Conflict"}' not in await polling.metrics():
            await asyncio.sleep(0.02)
    assert NAME in (await polling.bot.asks(polling.bot.newcomer(), QUESTION)).text


async def test_a_port_that_is_taken_is_told_in_words(telegram_data: Path) -> None:
    async with BotApiServer() as server:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = str(taken.getsockname()[1])
            async with started(server, telegram_data, BOT_HTTP_PORT=port) as bot:
                assert await bot.ended() == 2
        assert f"port {port}" in bot.written
        assert "BOT_HTTP_PORT" in bot.written
        assert "Traceback" not in bot.written


@pytest.mark.parametrize(
    ("setting", "value", "mend"),
    [
        ("BOT_HTTP_PORT", "http", "a number"),
        ("BOT_HTTP_PORT", "70000", "a number"),
        ("BOT_WEBHOOK_URL", "bot.example.org", "https"),
        ("BOT_WEBHOOK_URL", "https://bot.example.org/metrics", "/metrics"),
        ("BOT_WEBHOOK_SECRET", "short", "16 to 256"),
        ("BOT_WEBHOOK_SECRET", "not as Telegram takes it!", "16 to 256"),
    ],
)
async def test_wrong_settings_are_told_in_words(
    telegram_data: Path, setting: str, value: str, mend: str
) -> None:
    async with BotApiServer() as server:
        async with started(server, telegram_data, None, **{setting: value}) as bot:
            assert await bot.ended() == 2
        assert setting in bot.written
        assert mend in bot.written
        assert "not as Telegram" not in bot.written


async def test_nothing_listens_unless_it_is_wanted(telegram_data: Path) -> None:
    async with BotApiServer() as server, started(server, telegram_data) as bot:
        await bot.ready()
        assert "health and metrics" not in bot.written


async def test_what_a_page_raises_is_in_the_log_alone(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)

    def silence() -> float:
        raise TimeoutError("of the test")

    server = HttpServer(services_on(), "127.0.0.1", 0)
    await server.begin(Outside(silence, 90.0))
    try:
        address = caplog.messages[-1].rpartition(" ")[2]
        async with httpx.AsyncClient(base_url=address) as door:
            answer = await door.get("/metrics")
            assert (answer.status_code, answer.content) == (500, b"")
    finally:
        await server.end()
    assert "/metrics failed" in caplog.text
    assert "of the test" in caplog.text
