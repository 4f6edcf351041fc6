"""Fixtures that several test files share."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from bot_api_server import BotApiServer
from running_bot import RunningBot, copied_content, started


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def telegram_bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RunningBot]:
    """The real bot on a copy of the shipped content, started once for a test file."""
    content = copied_content(tmp_path_factory.mktemp("content") / "content")
    data = tmp_path_factory.mktemp("data")
    async with BotApiServer() as server, started(server, data, content) as bot:
        await bot.ready()
        yield bot


@pytest.fixture
def bot(telegram_bot: RunningBot) -> Iterator[RunningBot]:
    """The running bot; after each test, Telegram must have nothing to complain of."""
    yield telegram_bot
    assert telegram_bot.server.complaints == []
    assert telegram_bot.process.returncode is None, telegram_bot.written
