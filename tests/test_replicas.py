"""Replicas behind nginx with one PostgreSQL; ``make replicas`` is the same, larger.

With the embedded engine they share a folder; with OpenSearch each has its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from opensearch_nodes import cluster_manager
from opensearch_server import Node
from replicas.cluster import Cluster, cluster
from replicas.load import Load
from replicas.places import Place, apart
from running_bot import ROOT

ROUNDS = 5
"""One replica may well have time for all that ten people ask; not again and again."""


async def calm(replicas: Cluster) -> Load:
    """Nothing dies yet; several take part."""
    load = Load(replicas)
    for _ in range(ROUNDS):
        await load.talk(10)
        await load.finished(60)
        told = load.told()
        assert (told.lost, told.doubled, told.disordered, told.wrong) == (0, 0, 0, [])
        assert told.redelivered > 0
        parts = [await one.answered() for one in replicas.replicas]
        if sum(part > 0 for part in parts) >= 2:
            return load
    raise AssertionError(f"one answers all, whoever has time: {parts}")


async def test_replicas_lose_nothing_when_one_is_killed_and_one_stopped(
    tmp_path: Path, telegram_data: Path, empty_postgresql: str
) -> None:
    shared = [Place(telegram_data, ROOT / "content")] * 3
    async with cluster(tmp_path, empty_postgresql, shared) as replicas:
        load = await calm(replicas)
        await load.talk(10)
        await replicas.kill(replicas.alive[0])
        await load.talk(10)
        await load.finished(60)
        asking = asyncio.create_task(load.talk(10))
        await asyncio.sleep(0.3)
        assert await replicas.alive[-1].bot.stop() == 0
        await asking
        await load.finished(60)
        told = load.told()
        assert (told.lost, told.disordered, told.wrong) == (0, 0, [])
        assert told.doubled <= 8, "what was sent and not yet marked"


async def test_replicas_without_a_shared_disk_lose_nothing_when_a_search_node_is_killed(
    tmp_path: Path, empty_postgresql: str, three_nodes: Sequence[Node]
) -> None:
    async with cluster(tmp_path, empty_postgresql, apart(tmp_path, 2), three_nodes) as replicas:
        load = await calm(replicas)
        killed = cluster_manager(three_nodes)
        asking = asyncio.create_task(load.talk(40, pause=0.05))
        await asyncio.sleep(0.5)
        killed.kill()
        try:
            assert not asking.done(), "people ask on while it dies"
            await asking
            await load.finished(60)
            told = load.told()
            assert (told.lost, told.doubled, told.disordered, told.wrong) == (0, 0, 0, [])
        finally:
            killed.start()
            killed.wait(len(three_nodes))
