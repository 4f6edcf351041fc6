"""One way of bringing updates at a time, whoever comes second; the webhook as its own step."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from bot_api_server import TOKEN, BotApiServer
from knocking import PUBLIC, SECRET, hooked
from running_bot import ROOT, started

HOOKED = {"BOT_WEBHOOK_URL": PUBLIC, "BOT_WEBHOOK_SECRET": SECRET, "BOT_HTTP_PORT": "0"}


@pytest.fixture
async def server() -> AsyncIterator[BotApiServer]:
    async with BotApiServer() as running:
        yield running
        assert running.complaints == []


async def step(server: BotApiServer, data: Path, what: str, **settings: str) -> tuple[int, str]:
    """Runs ``run_bot.py webhook``; its exit status, and all that it says."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("BOT_", "PYTHON"))}
    environment |= {"BOT_TOKEN": TOKEN, "BOT_API_BASE_URL": server.base_url.removesuffix("/bot")}
    environment |= {"BOT_DATA": str(data), "BOT_WEBHOOK_SECRET": SECRET, **settings}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-W", "error", str(ROOT / "run_bot.py"), "webhook", what),
        cwd=data,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    assert TOKEN.partition(":")[2] not in said.decode()
    return process.returncode or 0, said.decode()


async def test_the_webhook_is_set_shown_and_removed_by_hand(
    server: BotApiServer, tmp_path: Path
) -> None:
    ours = {"BOT_WEBHOOK_URL": PUBLIC}
    assert (await step(server, tmp_path, "set"))[0] == 2, "without an address"
    status, said = await step(server, tmp_path, "show")
    assert (status, "brought nowhere" in said) == (0, True)
    assert (await step(server, tmp_path, "set", **ours))[0] == 0
    assert server.updates.webhook
    assert server.updates.webhook.secret == SECRET
    assert (await step(server, tmp_path, "show", **ours))[0] == 0
    status, said = await step(server, tmp_path, "show")
    assert status == 1
    assert "https://bot.example.org" in said
    assert "/telegram" not in said, "the path of others may be their secret"
    assert (await step(server, tmp_path, "remove"))[0] == 0
    assert server.updates.webhook is None
    assert (await step(server, tmp_path, "show", **ours))[0] == 1
    server.fail_next("setWebhook", 400, "Bad Request: bad webhook")
    status, said = await step(server, tmp_path, "set", **ours)
    assert (status, "bad webhook" in said.lower()) == (1, True)


async def test_a_bot_that_may_not_set_it_leaves_it_as_it_is(
    server: BotApiServer, telegram_data: Path
) -> None:
    async with hooked(server, telegram_data, BOT_WEBHOOK_SET="no") as knocking:
        assert "run_bot.py webhook set" in knocking.bot.written
        await step(server, telegram_data, "set", BOT_WEBHOOK_URL=PUBLIC)
        assert await knocking.is_answering()
        assert len(server.calls_to("setWebhook")) == 1
    async with started(server, telegram_data, BOT_WEBHOOK_SET="no") as polling:
        assert await polling.ended() == 2
        assert "run_bot.py webhook remove" in polling.written
    assert server.updates.webhook


async def test_a_second_poller_is_told_who_polls_and_follows_when_it_ends(
    server: BotApiServer, telegram_data: Path, empty_postgresql: str
) -> None:
    records = {"BOT_DATABASE_URL": empty_postgresql}
    async with started(server, telegram_data, None, **records) as first:
        await first.ready()
        async with (
            started(server, telegram_data, None, **records) as second,
            started(server, telegram_data, None, **records | HOOKED) as hooked_one,
        ):
            assert await second.ended() == 4
            assert f"process {first.process.pid} at " in second.written
            assert await hooked_one.ended() == 4
            assert f"process {first.process.pid} at " in hooked_one.written
        assert server.calls_to("setWebhook") == []
        async with started(server, telegram_data, None, **records) as third:
            await asyncio.sleep(1.0)
            assert await first.stop() == 0
            await server.wait_until(lambda: len(server.calls_to("deleteWebhook")) == 2, timeout=30)
            assert await third.asks(third.newcomer(), "hello")
    assert server.updates.webhook is None


async def test_nobody_polls_beside_a_webhook(
    server: BotApiServer, telegram_data: Path, empty_postgresql: str
) -> None:
    records = {"BOT_DATABASE_URL": empty_postgresql}
    async with (
        hooked(server, telegram_data, **records) as knocking,
        started(server, telegram_data, None, **records) as polling,
    ):
        assert await polling.ended() == 4
        assert "messages are brought to https://bot.example.org by webhook" in polling.written
        assert server.updates.webhook
        assert await knocking.is_answering()


async def test_a_replica_with_another_secret_is_told_so(
    server: BotApiServer, telegram_data: Path, empty_postgresql: str
) -> None:
    records = {"BOT_DATABASE_URL": empty_postgresql}
    other = records | {"BOT_RECORDS_SECRET": "ab" * 32}
    async with hooked(server, telegram_data, **records) as knocking:
        async with started(server, telegram_data, None, **other | HOOKED) as second:
            await server.wait_until(lambda: "BOT_RECORDS_SECRET" in second.written, timeout=60)
        assert await knocking.is_answering()
