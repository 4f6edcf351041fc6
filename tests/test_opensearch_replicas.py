"""Two bots that share a cluster and no disk: a reindex at one is seen by the other in seconds."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio
from bot_api_server import BotApiServer
from opensearch_door import a_door
from running_bot import RunningBot, copied_content, started

from bot.services import open_services
from index.engine import Query, SearchResults
from index.opensearch_cluster import ClusterSettings
from index.opensearch_engine import OpenSearchEngine
from index.opensearch_library import OpenSearchLibrary

PIGEONS = """\
name: {en: Pigeon Post, fr: Pigeons voyageurs}
summary: {en: Trains carrier pigeons, fr: Élève des pigeons voyageurs}
"""
QUESTION = "who trains carrier pigeons?"
SECONDS = 20.0


@pytest_asyncio.fixture
async def replicas(place: ClusterSettings, tmp_path: Path) -> AsyncIterator[list[RunningBot]]:
    """Two machines: each has its own data folder, and its own copy of the content."""
    settings = {
        "BOT_ENGINE": "opensearch",
        "BOT_OPENSEARCH_URL": place.urls[0],
        "BOT_OPENSEARCH_PREFIX": place.prefix,
        "BOT_OPENSEARCH_TIMEOUT": "20",
    }
    async with AsyncExitStack() as machines:
        bots = []
        for name in ("one", "other"):
            data = tmp_path / name
            data.mkdir()
            content = copied_content(data / "content")
            server = await machines.enter_async_context(BotApiServer())
            bot = await machines.enter_async_context(started(server, data, content, **settings))
            await bot.ready()
            bots.append(bot)
        yield bots


async def test_a_reindex_at_one_is_seen_by_the_other(replicas: list[RunningBot]) -> None:
    one, other = replicas
    somebody = other.newcomer()
    assert "Pigeon Post" not in (await other.asks(somebody, QUESTION)).text
    (one.content / "partners" / "pigeons.yaml").write_text(PIGEONS)
    report = await one.asks(one.admin(), "/reindex")
    await one.server.wait_until(lambda: report.text.startswith("Done:"), timeout=60)
    async with asyncio.timeout(SECONDS):
        while "Pigeon Post" not in (await other.asks(somebody, QUESTION)).text:
            await asyncio.sleep(0.5)
    assert "another process has reindexed" in other.written


async def test_a_reindex_without_the_cluster_says_why_and_changes_nothing(
    place: ClusterSettings, tmp_path: Path
) -> None:
    content = copied_content(tmp_path / "content")
    with a_door(place.urls[0]) as door:
        settings = replace(place, urls=(door.url,))
        services = open_services(content, OpenSearchLibrary(tmp_path / "machine", settings))
        name = services.knowledge.generation.name
        door.shut()
        for report in (await services.reindex(), await services.undo()):
            assert not report.done
            assert f"{door.url} cannot be reached" in str(report.failure)
        door.open()
        assert (await services.reindex()).done
        assert services.knowledge.generation.name != name


async def test_a_cluster_is_never_asked_on_the_event_loop(
    place: ClusterSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = copied_content(tmp_path / "content")
    services = open_services(content, OpenSearchLibrary(tmp_path / "machine", place))
    threads: list[threading.Thread] = []
    search = OpenSearchEngine.search

    def seen(self: OpenSearchEngine, query: Query) -> SearchResults:
        threads.append(threading.current_thread())
        return search(self, query)

    monkeypatch.setattr(OpenSearchEngine, "search", seen)
    assert (await services.knowledge.find("screens")).answers
    assert threads
    assert threading.current_thread() not in threads
