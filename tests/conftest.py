"""Fixtures that several test files share."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path

import postgresql_server
import pytest
import pytest_asyncio
from bot_api_server import BotApiServer
from filelock import FileLock
from opensearch_cluster import a_place
from opensearch_nodes import running_nodes
from opensearch_server import Node
from running_bot import ROOT, RunningBot, started
from workers import Workers
from xdist.remote import Producer

from index.opensearch_cluster import ClusterSettings


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Workers | None:
    """For ``--dist loadfile``, which is what ``make test`` asks for."""
    return Workers(config, log) if config.getoption("dist") == "loadfile" else None


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder to copy, with an index of the shipped content; all workers have the same."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shipped"
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            kept = {k: v for k, v in os.environ.items() if not k.startswith("BOT_")}
            command = (sys.executable, str(ROOT / "run_bot.py"), "reindex")
            environment = kept | {"BOT_DATA": str(folder)}
            subprocess.run(command, check=True, capture_output=True, env=environment)  # noqa: S603
    return folder


@pytest.fixture(scope="session")
def telegram_data(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One data folder for all bots of a worker on the shipped content; its index is there."""
    return Path(shutil.copytree(shipped, tmp_path_factory.mktemp("telegram") / "data"))


@pytest.fixture
def own_data(shipped: Path, tmp_path: Path) -> Path:
    """A test's own data folder, with an index of the shipped content."""
    return Path(shutil.copytree(shipped, tmp_path / "data"))


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
