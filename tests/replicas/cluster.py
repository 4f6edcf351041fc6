"""Replicas of the bot behind nginx, with one PostgreSQL and one Bot API server, on loopback."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from bot_api.updates import Webhook
from bot_api_server import BotApiServer
from knocking import PUBLIC, SECRET
from running_bot import RunningBot, started

from replicas.nginx import free_port, nginx

READY = 120.0
"""Seconds for all replicas to be ready, on a machine with little to spare."""


@dataclass
class Replica:
    """One `serve` process, and where it listens."""

    bot: RunningBot
    port: int
    name: str

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
    """All of it; ``data`` and ``content`` are shared by the replicas."""

    server: BotApiServer
    replicas: list[Replica] = field(default_factory=list)

    @property
    def alive(self) -> list[Replica]:
        return [one for one in self.replicas if one.bot.process.returncode is None]

    async def ready(self) -> None:
        """Returns when every replica answers."""
        deadline = time.monotonic() + READY
        for replica in self.alive:
            while not await replica.is_ready():
                assert time.monotonic() < deadline, replica.bot.written
                await asyncio.sleep(0.2)

    async def kill(self, which: int) -> None:
        """SIGKILL: nothing is finished, nothing is given back."""
        process = self.replicas[which].bot.process
        process.kill()
        await process.wait()


@asynccontextmanager
async def cluster(
    folder: Path,
    data: Path,
    database: str,
    count: int = 3,
    content: Path | None = None,
    **settings: str,
) -> AsyncIterator[Cluster]:
    """So many replicas, ready; with other settings, for example of another engine."""
    ports = [free_port() for _ in range(count)]
    shared = {
        "BOT_DATABASE_URL": database,
        "BOT_WEBHOOK_URL": PUBLIC,
        "BOT_WEBHOOK_SECRET": SECRET,
        "BOT_WEBHOOK_SET": "no",
    }
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(BotApiServer())
        # As `run_bot.py webhook set` does it, once for all of them.
        server.updates.set_webhook(Webhook(PUBLIC, SECRET))
        server.updates.reroute = await stack.enter_async_context(nginx(folder, ports))
        made = Cluster(server)
        for number, port in enumerate(ports, start=1):
            own = {"BOT_HTTP_PORT": str(port), **shared, **settings}
            bot = await stack.enter_async_context(started(server, data, content, **own))
            made.replicas.append(Replica(bot, port, f"replica {number}"))
        await made.ready()
        yield made
