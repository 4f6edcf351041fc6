"""The real bot with its HTTP server on, and what it answers there."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from bot_api_server import BotApiServer
from running_bot import PATIENCE, RunningBot, started

PUBLIC = "https://bot.example.org/telegram"
SECRET = "a-secret-of-the-tests_0123456789"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
QUESTION = "who deals with screen overexposure?"
NAME = "Collective on Screen Overexposure"


@dataclass
class Knocking:
    """A running bot, and a client at its door."""

    bot: RunningBot
    door: httpx.AsyncClient

    async def get(self, path: str) -> httpx.Response:
        return await self.door.get(path)

    async def post(self, body: bytes, path: str = "/telegram", **headers: str) -> httpx.Response:
        usual = {"Content-Type": "application/json", HEADER: SECRET}
        return await self.door.post(path, content=body, headers=usual | headers)

    async def is_answering(self, timeout: float = PATIENCE) -> bool:
        answer = await self.bot.server.ask(self.bot.newcomer(), QUESTION, timeout=timeout)
        return NAME in answer.text

    async def metrics(self) -> dict[str, float]:
        """Every number, by its name with its labels."""
        text = (await self.get("/metrics")).text
        lines = (line.rpartition(" ") for line in text.splitlines() if not line.startswith("#"))
        return {name: float(value) for name, _, value in lines}

    async def until_ready(self) -> None:
        async with asyncio.timeout(PATIENCE):
            while (await self.get("/readyz")).status_code != 200:
                await asyncio.sleep(0.05)


async def address_of(bot: RunningBot) -> str:
    """Where the bot says that it listens; any free port is taken."""
    async with asyncio.timeout(PATIENCE):
        while not (found := re.search(r"health and metrics at (http://\S+)", bot.written)):
            assert bot.process.returncode is None, bot.written
            await asyncio.sleep(0.02)
    return found[1]


@asynccontextmanager
async def listening(server: BotApiServer, data: Path, **settings: str) -> AsyncIterator[Knocking]:
    """The bot polling, with its HTTP server on."""
    async with started(server, data, None, BOT_HTTP_PORT="0", **settings) as bot:
        address = await address_of(bot)
        server.updates.reroute = address
        async with httpx.AsyncClient(base_url=address, timeout=PATIENCE) as client:
            yield Knocking(bot, client)


@asynccontextmanager
async def hooked(server: BotApiServer, data: Path, **settings: str) -> AsyncIterator[Knocking]:
    """The bot by webhook, ready; ``reroute`` stands for the proxy before it."""
    usual = {"BOT_WEBHOOK_URL": PUBLIC, "BOT_WEBHOOK_SECRET": SECRET}
    async with listening(server, data, **usual | settings) as knocking:
        await knocking.until_ready()
        yield knocking
