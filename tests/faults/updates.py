"""Telegram hands over too much, too often, or in the wrong order."""

from __future__ import annotations

import random

from faults.scene import Scene
from faults.trial import Family, Fault


async def twice_at_once(scene: Scene) -> None:
    await scene.running()
    await scene.ask()
    scene.server.updates.pending += scene.server.updates.pending
    await scene.probe()


async def again_later(scene: Scene) -> None:
    await scene.running()
    await scene.ask()
    before = list(scene.server.updates.pending)
    await scene.all_answered()
    for update in before:
        await scene.server.push_update(update)
    await scene.probe()


async def after_a_restart(scene: Scene) -> None:
    await scene.running()
    await scene.ask()
    before = list(scene.server.updates.pending)
    await scene.all_answered()
    await scene.stop()
    scene.over()
    for update in before:
        await scene.server.push_update(update)
    await scene.start()
    await scene.probe()


async def out_of_order(scene: Scene) -> None:
    await scene.running()
    await scene.ask()
    random.shuffle(scene.server.updates.pending)
    await scene.probe()


async def backlog(scene: Scene) -> None:
    """Everybody has asked while the bot was down."""
    await scene.running()
    await scene.stop()
    times = 4
    await scene.ask(scene.size.backlog // times, times)
    scene.over()
    await scene.start()
    await scene.all_answered()
    await scene.probe()
    status = f"/proc/{scene.bot.process.pid}/status"
    with open(status, encoding="utf-8") as file:
        peak = next(int(line.split()[1]) for line in file if line.startswith("VmHWM"))
    scene.note = f"{peak / 1024:.0f} MB at most; Telegram lets a bot send 30 answers a second"


UPDATES = Family(
    "updates",
    (
        Fault("the same update twice, at once", twice_at_once),
        Fault("the same update twice, later", again_later),
        Fault("the same update twice, after a restart", after_a_restart),
        Fault("updates out of order", out_of_order),
    ),
)
BACKLOG = Family(
    "backlog", (Fault("a backlog of 10,000 updates after a pause", backlog, "answering as"),)
)
