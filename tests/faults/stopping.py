"""The process is stopped or killed while it answers, or its token is taken back."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable

from bot.telegram_chat.in_flight import FEWEST
from faults.scene import Scene
from faults.trial import Family, Fault

IN_FLIGHT = 50
WRONG_TOKEN = 2


def killed(webhook: bool) -> Callable[[Scene], Awaitable[None]]:
    """SIGKILL at a random moment after everybody has asked."""

    async def trial(scene: Scene) -> None:
        await scene.running(webhook=webhook)
        await scene.ask(30)
        await asyncio.sleep(random.uniform(0.0, 0.6))
        scene.bot.process.kill()
        await scene.gone()
        scene.over()
        await scene.start(webhook=webhook)
        await scene.probe()

    return trial


def stopped(signals: int) -> Callable[[Scene], Awaitable[None]]:
    """SIGTERM while so many are being answered, perhaps once more; begun ones are finished."""

    async def trial(scene: Scene) -> None:
        await scene.running()
        begun = len(scene.server.calls)
        scene.server.delay("sendMessage", 1.0)
        people = await scene.ask(IN_FLIGHT)

        def sending() -> int:
            return sum(call.method == "sendMessage" for call in scene.server.calls[begun:])

        await scene.until(lambda: sending() >= IN_FLIGHT // 2, "answers in flight")
        for _ in range(signals):
            scene.bot.process.terminate()
            await asyncio.sleep(0.1)
        asked = time.monotonic()
        assert await scene.bot.ended(within=60) == 0, scene.told()
        scene.note = f"ended after {time.monotonic() - asked:.1f} s"
        await scene.gone()
        scene.server.faults.clear()
        sent = sum(scene.answers(person) for person in people)
        assert sent == sending(), f"{sending()} were begun, {sent} finished"
        scene.over()
        await scene.start()
        await scene.probe()

    return trial


def refused_for_good(status: int, words: str) -> Callable[[Scene], Awaitable[None]]:
    """The process must end and say so; with the right token the next one answers."""

    async def trial(scene: Scene) -> None:
        await scene.running()
        scene.server.fail_next("getUpdates", status, words, times=None)
        await scene.ask()
        assert await scene.bot.ended(within=90) == WRONG_TOKEN, scene.told()
        await scene.gone()
        scene.server.faults.clear()
        scene.over()
        await scene.start()
        await scene.probe()

    return trial


async def refused_at_the_start(scene: Scene) -> None:
    """One refusal, one page of a proxy: no reason to give up."""
    await scene.running()
    await scene.stop()
    for method in ("getMe", "deleteWebhook"):
        scene.server.fail_next(method, 401, "Unauthorized")
        scene.server.answer_raw(method, 200, "<html>Welcome</html>")
    await scene.ask()
    scene.over()
    await scene.start()
    await scene.probe()


STOPPING = Family(
    "stopping",
    (
        Fault("SIGTERM with 50 answers in flight", stopped(1), costly=True),
        Fault("SIGTERM twice with 50 answers in flight", stopped(2)),
        Fault("SIGKILL at a random moment, polling", killed(webhook=False), doubles=FEWEST),
        Fault("SIGKILL at a random moment, webhook", killed(webhook=True), doubles=FEWEST),
        Fault("401 for good: exit status 2", refused_for_good(401, "Unauthorized"), "@BotFather"),
        Fault(
            "404 for good: exit status 2",
            refused_for_good(404, "Not Found"),
            "@BotFather",
            costly=True,
        ),
        Fault("401 and garbage at the start, then well", refused_at_the_start, "refused"),
    ),
)
