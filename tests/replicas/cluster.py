"""Replicas of the bot behind nginx, on loopback: one PostgreSQL, one Bot API server, OpenSearch."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from bot_api.updates import Webhook
from bot_api_server import BotApiServer
from knocking import PUBLIC, SECRET
from opensearch_server import Node
from running_bot import RunningBot, started

from replicas.nginx import free_port, nginx
from replicas.places import Place

READY = 120.0
"""Seconds for all replicas to be ready, on a machine with little to spare."""


@dataclass
class Replica:
    """One `serve` process, and where it listens."""

    bot: RunningBot
    port: int
    name: str
    place: Place

    async def get(self, path: str) -> httpx.Response:
        async with httpx.AsyncClient(timeout=30) as client:
            return await client.get(f"http://127.0.0.1:{self.port}{path}")

    async def metrics(self) -> Mapping[str, float]:
        """Every number, by its name with its labels."""
        lines = (await self.get("/metrics")).text.splitlines()
        told = (line.rpartition(" ") for line in lines if not line.startswith("#"))
        return {name: float(value) for name, _, value in told}

    async def answered(self) -> int:
        """Replies that this one has given."""
        metrics = await self.metrics()
        names = [name for name in metrics if name.startswith("partner_bot_answers_total")]
        return int(sum(metrics[name] for name in names))

    async def generation(self) -> str:
        """The index it answers from."""
        names = [n for n in await self.metrics() if n.startswith("partner_bot_index_info")]
        return names[0].partition('generation="')[2].partition('"')[0]

    async def is_ready(self) -> bool:
        assert self.bot.process.returncode is None, f"{self.name} ended:\n{self.bot.written}"
        try:
            return (await self.get("/readyz")).status_code == 200
        except httpx.HTTPError:
            return False


@dataclass
class Cluster:
    """All of it; replicas share a place, or have one each."""

    server: BotApiServer
    nodes: Sequence[Node]
    settings: Mapping[str, str]
    replicas: list[Replica] = field(default_factory=list)
    _processes: AsyncExitStack = field(default_factory=AsyncExitStack)

    @property
    def alive(self) -> list[Replica]:
        return [one for one in self.replicas if one.bot.process.returncode is None]

    async def start(self, port: int, name: str, place: Place) -> Replica:
        """One more `serve`; it has yet to become ready."""
        running = started(
            self.server, place.data, place.content, **self.settings, BOT_HTTP_PORT=str(port)
        )
        bot = await self._processes.enter_async_context(running)
        self.replicas.append(Replica(bot, port, name, place))
        return self.replicas[-1]

    async def replaced(self, one: Replica) -> None:
        """Another in place of one that has ended."""
        self.replicas.remove(one)
        await self.start(one.port, one.name, one.place)
        await self.ready()

    async def ready(self) -> None:
        """Returns when every replica answers."""
        deadline = time.monotonic() + READY
        for replica in self.alive:
            while not await replica.is_ready():
                assert time.monotonic() < deadline, replica.bot.written
                await asyncio.sleep(0.2)

    def write(self, name: str, text: str) -> None:
        """A partner's file, at every replica."""
        for content in {one.place.content for one in self.replicas}:
            (content / "partners" / name).write_text(text, encoding="utf-8")

    async def kill(self, one: Replica) -> None:
        """SIGKILL: nothing is finished, nothing is given back."""
        one.bot.process.kill()
        await one.bot.process.wait()


@asynccontextmanager
async def cluster(
    folder: Path,
    database: str,
    places: Sequence[Place],
    nodes: Sequence[Node] = (),
    **settings: str,
) -> AsyncIterator[Cluster]:
    """A replica at each place, ready; with nodes of OpenSearch, the index is there."""
    ports = [free_port() for _ in places]
    shared = {
        "BOT_DATABASE_URL": database,
        "BOT_RECORDS_SECRET": secrets.token_hex(32),
        "BOT_WEBHOOK_URL": PUBLIC,
        "BOT_WEBHOOK_SECRET": SECRET,
        "BOT_WEBHOOK_SET": "no",
    }
    if nodes:
        shared |= {
            "BOT_ENGINE": "opensearch",
            "BOT_OPENSEARCH_URL": ",".join(node.url for node in nodes),
        }
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(BotApiServer())
        # As `run_bot.py webhook set` does it, once for all of them.
        server.updates.set_webhook(Webhook(PUBLIC, SECRET))
        server.updates.reroute = await stack.enter_async_context(nginx(folder, ports))
        made = Cluster(server, nodes, shared | settings)
        await stack.enter_async_context(made._processes)
        for number, (port, place) in enumerate(zip(ports, places, strict=True), start=1):
            await made.start(port, f"replica {number}", place)
        await made.ready()
        yield made
