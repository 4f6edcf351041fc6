"""Answers that Telegram may have and that are not yet written down: a kill would double them."""

import asyncio
import math
import time
from collections import deque
from typing import Any

from anyio import CapacityLimiter, WouldBlock

from bot.telegram_chat.delivery import CURRENT, Delivery
from bot.telegram_chat.sending_request import SendingRequest

FEWEST, MOST = 8, 64
"""Answers on their way at once: where Telegram is near, and wherever it is."""

PER_SECOND = 600
"""New messages a second that this must not hold up; Telegram itself takes some thirty."""

AHEAD = 8
"""Answers that may wait for a place; what is made long before it is sent has left the processor's
caches by then, which takes a tenth of the answers a second (docs/performance.md)."""

LATEST = 32
"""Calls of which the quickest tells how far Telegram is; the others waited for this process too."""

SENT = 200


class InFlight(SendingRequest):
    """Of new messages, only as many are under way or unrecorded as the way to Telegram needs.

    By Little's law that is their rate times the seconds that a call takes.
    """

    def __init__(self, connections: int, connect: float, read: float, room: float) -> None:
        super().__init__(connections, connect, read, room)
        self._places, self._latest = CapacityLimiter(FEWEST), deque([0.0], maxlen=LATEST)
        self._waiting, self._next, self._fewer = 0, asyncio.Lock(), asyncio.Event()

    async def few_wait(self) -> None:
        """Returns when the next answer may be made, as few others still wait to be sent."""
        async with self._next:
            while self._waiting >= AHEAD:
                self._fewer.clear()
                await self._fewer.wait()

    async def do_request(self, url: str, *args: Any, **options: Any) -> tuple[int, bytes]:
        """The status and the body; a new message keeps its place until its update is done.

        Raises:
            NetworkError: as of ``SendingRequest``.
        """
        current = CURRENT.get()
        if current is None or current.is_over or not _is_new_message(url):
            return await super().do_request(url, *args, **options)
        if current.place is None:
            place = object()
            try:
                self._places.acquire_on_behalf_of_nowait(place)
            except WouldBlock:
                await self._waited_for(place)
            current.place = lambda: self._places.release_on_behalf_of(place)
        return await self._measured(current, url, *args, **options)

    async def _waited_for(self, place: object) -> None:
        self._waiting += 1
        try:
            await self._places.acquire_on_behalf_of(place)
        finally:
            self._waiting -= 1
            self._fewer.set()

    async def _measured(
        self, current: Delivery, url: str, *args: Any, **options: Any
    ) -> tuple[int, bytes]:
        began, status = time.monotonic(), 0
        try:
            status, body = await super().do_request(url, *args, **options)
            return status, body
        finally:
            self._latest.append(time.monotonic() - began)
            wanted = math.ceil(PER_SECOND * min(self._latest))
            self._places.total_tokens = min(MOST, max(FEWEST, wanted))
            if status != SENT:
                # It may have to wait long now, and would keep others from Telegram.
                current.give_place_back()


def _is_new_message(url: str) -> bool:
    """Whether a second call would show twice; edits, and answers to inline queries, would not."""
    method = url.rpartition("/")[2]
    return method.startswith("send") and method != "sendChatAction"
