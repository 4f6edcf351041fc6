"""Three replicas behind nginx with one PostgreSQL; ``make replicas`` is the same, larger."""

from __future__ import annotations

import asyncio
from pathlib import Path

from replicas.cluster import cluster
from replicas.load import Load


async def test_replicas_lose_nothing_when_one_is_killed_and_one_stopped(
    tmp_path: Path, telegram_data: Path, empty_postgresql: str
) -> None:
    async with cluster(tmp_path, telegram_data, empty_postgresql) as replicas:
        load = Load(replicas)
        await load.talk(10)
        await load.finished(60)
        calm = load.told()
        assert (calm.lost, calm.doubled, calm.disordered, calm.wrong) == (0, 0, 0, [])
        assert calm.redelivered > 0
        parts = [await one.answered() for one in replicas.replicas]
        assert sum(part > 0 for part in parts) >= 2, "whoever has time takes part"
        await load.talk(10)
        await replicas.kill(0)
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
