"""Telegram answers wrongly, slowly, half or not at all."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from math import inf

from bot_api_server import BotApiServer

from faults.scene import FOUND, Scene
from faults.trial import Family, Fault

FETCH, SEND = "getUpdates", "sendMessage"
PAGE = "<html><body>Welcome to the hotel's network</body></html>"
CUT = f'{{"ok":true,"result":[{{"update_id":7,"message":{{"text":"{FOUND}'
Trial = Callable[[Scene], Awaitable[None]]
Order = Callable[[BotApiServer, int], None]


def ordered(order: Order) -> Trial:
    """A trial with faults ordered, a few for fetching and one for each who asks."""

    async def trial(scene: Scene) -> None:
        await scene.running()
        await scene.ask()
        scene.over()
        order(scene.server, scene.size.people)
        await scene.ask()
        await scene.probe()
        # A poll that waits meets its fault when there is something to fetch.
        while scene.server.faults.are_left(FETCH):
            await scene.probe()
        await scene.probe()

    return trial


def refused(status: int, words: str) -> Trial:
    """A trial with refusals of fetching and of sending."""

    def order(server: BotApiServer, people: int) -> None:
        server.fail_next(FETCH, status, words, times=2)
        server.fail_next(SEND, status, words, times=people)

    return ordered(order)


def asked_to_wait(server: BotApiServer, people: int) -> None:
    server.too_many_requests(FETCH, retry_after=1)
    server.too_many_requests(SEND, retry_after=1, times=people)


def garbage(server: BotApiServer, people: int) -> None:
    for body in (PAGE, CUT, "[]", "{}", "null", '{"ok":true}'):
        server.answer_raw(FETCH, 200, body)
        server.answer_raw(SEND, 200, body)
    server.answer_raw(SEND, 502, CUT)
    server.answer_raw(FETCH, 502, CUT)


def halves(server: BotApiServer, people: int) -> None:
    server.half_a_body(FETCH, times=2)
    server.half_a_body(SEND, times=people)


async def drips(scene: Scene) -> None:
    await scene.running()
    lasting = scene.size.lasting(120.0)
    scene.server.drip(FETCH, lasting)
    scene.server.drip(SEND, lasting, times=2)
    await scene.ask()
    scene.over()
    await scene.probe()


async def silence(scene: Scene) -> None:
    """Each fetch and each answer begun meanwhile hears nothing."""
    await scene.running()
    lasting = scene.size.lasting(60.0)
    for method in (FETCH, SEND):
        scene.server.keep_silent(method, lasting, times=None)
    await scene.ask()
    await asyncio.sleep(lasting)
    scene.server.faults.clear()
    scene.over()
    await scene.probe()


async def away(scene: Scene) -> None:
    await scene.running()
    await scene.ask()
    await scene.server.go_offline()
    await scene.ask()
    await asyncio.sleep(scene.size.lasting(60.0))
    await scene.server.come_back()
    scene.over()
    await scene.probe()


def conflict(server: BotApiServer, people: int) -> None:
    server.conflict(3)


NETWORK = Family(
    "network",
    (
        Fault(
            "connection cut: fetching",
            ordered(lambda server, _: server.drop_connection(FETCH, times=3)),
            "cannot be reached, trying again",
        ),
        Fault(
            "connection cut: sending, before it is done",
            ordered(lambda server, n: server.drop_connection(SEND, times=n)),
            "trying again in",
        ),
        Fault(
            "connection cut: sending, after it is done",
            ordered(lambda server, n: server.drop_connection(SEND, times=n, after_doing=True)),
            "trying again in",
            doubles=inf,
        ),
        Fault("500 Internal Server Error", refused(500, "Internal Server Error"), "trying again"),
        Fault("502 Bad Gateway", refused(502, "Bad Gateway"), "trying again"),
        Fault("429 with retry_after", ordered(asked_to_wait), "asks to slow down"),
        Fault("409 Conflict: another instance", ordered(conflict), "another program uses"),
        Fault("401 a few times", refused(401, "Unauthorized"), "token was refused"),
        Fault("404 a few times", refused(404, "Not Found"), "token was refused"),
        Fault("200 with garbage", ordered(garbage), "trying again"),
        Fault("half a body, then cut", ordered(halves), "trying again", doubles=inf),
        Fault("an answer that drips for two minutes", drips, doubles=inf),
        Fault("nothing for a minute", silence),
        Fault("gone for a minute, then back", away, "trying again"),
    ),
)
