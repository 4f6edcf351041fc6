"""Killed at any moment of a change by message, the bot starts and answers from a whole content."""

from __future__ import annotations

import asyncio
import os
import random
from pathlib import Path

from bot_api_server import BotApiServer
from running_bot import copied_content, started
from sending_files import WHALES, action, sends_album, shipped

COSE = shipped("partners/cose.yaml")
KILLS = int(os.environ.get("PARTNER_BOT_KILLS", "3"))
"""Deaths of the real process; CI asks for 50."""


async def test_sudden_deaths_in_the_middle_of_a_change(tmp_path: Path) -> None:
    content = copied_content(tmp_path / "content")
    chance = random.Random(24)
    names = ("whales", "cose")

    def texts(number: int) -> dict[str, str]:
        return {
            "whales.yaml": f"{WHALES}source: '{number}'\n",
            "cose.yaml": f"{COSE}# {number}\n",
        }

    async with BotApiServer() as server:
        for turn in range(KILLS):
            async with started(server, tmp_path, content) as bot:
                await bot.ready()
                offer = await sends_album(bot, bot.admin(), texts(turn))
                if turn % 2:
                    await server.send_text(bot.admin(), bot.admin(), "/reindex")
                await server.send_callback(bot.admin(), offer, action(offer))
                await asyncio.sleep(chance.uniform(0.0, 1.5))
                bot.process.kill()
                await bot.ended()
            found = {name: (content / "partners" / f"{name}.yaml") for name in names}
            known = [texts(number) for number in range(turn + 1)]
            for name, path in found.items():
                whole = [one[f"{name}.yaml"] for one in known]
                assert not path.exists() or path.read_text("utf-8") in [*whole, COSE]
        async with started(server, tmp_path, content) as bot:
            await bot.ready()
            person = bot.newcomer()
            answer = await bot.asks(person, "who deals with screen overexposure?")
            assert "Collective on Screen Overexposure" in answer.text
            if (content / "partners" / "whales.yaml").exists():
                assert "count the whales" in (await bot.asks(person, "whales")).text
                whale = (content / "partners" / "whales.yaml").read_text("utf-8")
                number = whale.rpartition("source: '")[2].strip("'\n")
                cose = (content / "partners" / "cose.yaml").read_text("utf-8")
                assert cose.endswith(f"# {number}\n"), "both files are of one change"
