"""What is tried on replicas, step by step; each step has people of its own."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass

from opensearch_nodes import cluster_manager, primary
from opensearch_server import Node
from running_bot import ADMIN
from sending_files import WHALES

from replicas.cluster import Cluster
from replicas.load import Load, Told

PATIENCE = 300.0


@dataclass
class Step:
    """One step: what it was, what came of it."""

    name: str
    told: Told
    note: str = ""


async def tried(cluster: Cluster, people: int) -> AsyncIterator[Step]:
    """Calm, a reindex, a stop and sudden deaths, each under load."""
    yield await _calm(cluster, people)
    yield await _reindexed(cluster, people)
    yield await _stopped(cluster, people)
    yield await _killed(cluster, people)
    if len(cluster.nodes) > 2:
        with_primary = primary(cluster.nodes, "partner-bot")
        yield await _node_killed(cluster, people, with_primary, "with the primary shard")
        manager = cluster_manager(cluster.nodes)
        yield await _node_killed(cluster, people, manager, "the cluster manager")


async def _calm(cluster: Cluster, people: int) -> Step:
    load, before = Load(cluster), [await one.answered() for one in cluster.alive]
    begun = time.monotonic()
    await load.talk(people)
    await load.finished(PATIENCE)
    told = load.told()
    told.seconds = time.monotonic() - begun - 2.0
    after = [await one.answered() for one in cluster.alive]
    shares = ", ".join(str(a - b) for a, b in zip(after, before, strict=True))
    return Step("three questions each", told, f"by replica: {shares}")


async def _reindexed(cluster: Cluster, people: int) -> Step:
    """An admin reindexes at whichever replica; the others follow."""
    load, server = Load(cluster, 2), cluster.server
    asking = asyncio.create_task(load.talk(people, pause=0.02))
    cluster.write("whales.yaml", WHALES)
    admin = server.users.get(ADMIN) or server.new_user("Admin", user_id=ADMIN)
    before = [await one.generation() for one in cluster.alive]
    await server.send_text(admin, admin, "/reindex")
    seconds: list[float] = []
    begun = time.monotonic()
    while len({await one.generation() for one in cluster.alive} - {*before}) != 1 or any(
        [await one.generation() in before for one in cluster.alive]
    ):
        if not seconds and any([await one.generation() not in before for one in cluster.alive]):
            seconds.append(time.monotonic() - begun)
        assert time.monotonic() - begun < PATIENCE, "the replicas do not follow"
        await asyncio.sleep(0.05)
    seconds.append(time.monotonic() - begun)
    await asking
    await load.finished(PATIENCE)
    person = server.new_user("Zebulon", language_code="en")
    found = [(await server.ask(person, "who counts whales?")).text for _ in range(6)]
    assert all("Whales" in text for text in found), found
    first, last = seconds[0], seconds[-1]
    note = f"the first replica had the new index after {first:.1f} s, the last after {last:.1f} s"
    return Step("/reindex at one of them", load.told(), note)


async def _stopped(cluster: Cluster, people: int) -> Step:
    load, stopped = Load(cluster, 3), cluster.alive[-1]
    asking = asyncio.create_task(load.talk(people))
    await asyncio.sleep(0.5)
    begun = time.monotonic()
    assert await stopped.bot.stop() == 0, stopped.bot.written
    took = time.monotonic() - begun
    await asking
    waited = await load.finished(PATIENCE)
    note = f"ended after {took:.1f} s, all answered {waited:.1f} s later"
    await cluster.replaced(stopped)
    return Step("SIGTERM to one of them", load.told(), note)


async def _killed(cluster: Cluster, people: int) -> Step:
    load, killed = Load(cluster, 4), cluster.alive[0]
    asking = asyncio.create_task(load.talk(people))
    await asyncio.sleep(0.5)
    before = load.answered()
    await cluster.kill(killed)
    await asking
    waited = await load.finished(PATIENCE)
    note = f"after {before} answers; all answered {waited:.1f} s after the last question"
    await cluster.replaced(killed)
    return Step("SIGKILL to one of them", load.told(), note)


async def _node_killed(cluster: Cluster, people: int, node: Node, what: str) -> Step:
    """The others have to do without it meanwhile, and to find another leader."""
    load = Load(cluster, 5)
    asking = asyncio.create_task(load.talk(people, pause=0.02))
    await asyncio.sleep(1.0)
    before = load.answered()
    await asyncio.to_thread(node.kill)
    assert not asking.done(), "people are too few to ask on while the node dies"
    await asking
    waited = await load.finished(PATIENCE)
    note = f"{what}, after {before} answers; all answered {waited:.1f} s after the last question"
    node.start()
    await asyncio.to_thread(node.wait, len(cluster.nodes))
    await asyncio.to_thread(node.ask, "/_cluster/health?wait_for_status=green&timeout=25s")
    return Step("SIGKILL to a search node", load.told(), note)
