"""Fixtures that several test files share."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path

import postgresql_server
import pytest
import pytest_asyncio
from bot_api_server import BotApiServer
from opensearch_cluster import a_place
from opensearch_nodes import running_nodes
from opensearch_server import Node
from running_bot import RunningBot, started

from index.opensearch_cluster import ClusterSettings


@pytest.fixture(scope="session")
def telegram_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One data folder for all bots on the shipped content: its index is built once."""
    return tmp_path_factory.mktemp("data")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def telegram_bot(telegram_data: Path) -> AsyncIterator[RunningBot]:
    """The real bot on the shipped content, started once for a test file."""
    async with BotApiServer() as server, started(server, telegram_data) as bot:
        await bot.ready()
        yield bot


@pytest.fixture
def bot(telegram_bot: RunningBot) -> Iterator[RunningBot]:
    """The running bot; after each test, Telegram must have nothing to complain of."""
    yield telegram_bot
    assert telegram_bot.server.complaints == []
    assert telegram_bot.process.returncode is None, telegram_bot.written


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server; a session has one."""
    with postgresql_server.server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database; what asks for it is tried on each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'records.db'}"
        return
    yield request.getfixturevalue("empty_postgresql")


@pytest.fixture
def empty_postgresql(postgresql: str) -> Iterator[str]:
    """The address of an empty database of PostgreSQL."""
    with postgresql_server.database(postgresql, f"test_{uuid.uuid4().hex}") as url:
        yield url


@pytest.fixture(scope="session")
def three_nodes() -> Iterator[Sequence[Node]]:
    """A cluster of three nodes of OpenSearch; who kills one starts it again."""
    with running_nodes(3) as nodes:
        yield nodes


@pytest.fixture
def place() -> Iterator[ClusterSettings]:
    """A place of its own in a real OpenSearch cluster."""
    with a_place() as found:
        yield found
