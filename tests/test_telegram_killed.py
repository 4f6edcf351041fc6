"""Killed at any moment of a reindex or a change by message, the bot answers from whole content."""

from __future__ import annotations

import asyncio
import os
import random
from pathlib import Path

import pytest
from bot_api_server import BotApiServer
from running_bot import RunningBot, copied_content, started
from sending_files import WHALES, action, sends_album, shipped

COSE = shipped("partners/cose.yaml")
KILLS = int(os.environ.get("PARTNER_BOT_KILLS", "2"))
"""Deaths of the real process in each test; CI asks for 50."""


def texts(number: int) -> dict[str, str]:
    """The two files of one change."""
    return {
        "whales.yaml": f"{WHALES}source: '{number}'\n",
        "cose.yaml": f"{COSE}# {number}\n",
    }


async def sends_and_presses(bot: RunningBot, number: int) -> None:
    """A change by message; in every other one, it has to wait for a reindex."""
    offer = await sends_album(bot, bot.admin(), texts(number))
    if number % 2:
        await bot.server.send_text(bot.admin(), bot.admin(), "/reindex")
    await bot.server.send_callback(bot.admin(), offer, action(offer))


async def writes_and_reindexes(bot: RunningBot, number: int) -> None:
    """A change by an editor, and /reindex."""
    for name, text in texts(number).items():
        (bot.content / "partners" / name).write_text(text, encoding="utf-8")
    await bot.server.send_text(bot.admin(), bot.admin(), "/reindex")


async def is_whole(bot: RunningBot, changes: int) -> None:
    """Every file is one that was sent, both are of one change, and the answers are from them."""
    await bot.ready()
    answer = await bot.asks(bot.newcomer(), "who deals with screen overexposure?")
    assert "Collective on Screen Overexposure" in answer.text
    whales, cose = (bot.content / "partners" / f"{name}.yaml" for name in ("whales", "cose"))
    if not whales.exists():
        assert cose.read_text("utf-8") == COSE
        return
    whole = [texts(number) for number in range(changes)]
    assert {p.name: p.read_text("utf-8") for p in (whales, cose)} in whole
    assert "count the whales" in (await bot.asks(bot.newcomer(), "whales")).text


@pytest.mark.parametrize("change", [sends_and_presses, writes_and_reindexes])
async def test_sudden_deaths_in_the_middle_of_a_change(tmp_path: Path, change: object) -> None:
    assert callable(change)
    content, chance = copied_content(tmp_path / "content"), random.Random(24)
    async with BotApiServer() as server:
        for turn in range(KILLS):
            async with started(server, tmp_path, content) as bot:
                await is_whole(bot, turn)
                await change(bot, turn)
                await asyncio.sleep(chance.uniform(0.0, 1.5))
                bot.process.kill()
                await bot.ended()
        async with started(server, tmp_path, content) as bot:
            await is_whole(bot, KILLS)
