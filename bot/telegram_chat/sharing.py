"""Updates taken from an inbox that replicas share: a few at a time, so that others have theirs."""

import asyncio
import logging
import time
import uuid
from collections.abc import Awaitable, Callable
from contextlib import suppress

from bot.records.claims import Claimed, Claims
from bot.records.faults import RecordsError
from bot.records.leases import RENEWED, Leases
from bot.records.records import Records
from bot.telegram_chat.in_order import AT_ONCE, FLOOD, PACE

LOOKED = 1.0
"""Seconds between two looks for what others have left; for our own we are woken."""

AT_A_TIME, BREATH = 8, 0.02
"""Updates taken in one go, and seconds until the next: what waits is not all for the quickest."""

log = logging.getLogger(__name__)

HandOn = Callable[[Claimed], Awaitable[None]]
"""Lets an update be answered."""


class Sharing:
    """What it has taken is ours until it is done, or until this process no longer renews it."""

    def __init__(self, hand_on: HandOn) -> None:
        self._hand_on = hand_on
        self._claims: Claims | None = None
        self._held: set[int] = set()
        self._wanted, self._is_stopping = asyncio.Event(), False
        self._renewed = float("-inf")
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def is_on(self) -> bool:
        """Whether the inbox is one that replicas share."""
        return self._claims is not None

    def begin(self, records: Records) -> None:
        """From now on this replica takes its part."""
        self._claims = Claims(records.database, uuid.uuid4().hex)
        self._do(self._go_on(self._claims, records.leases))

    def wake(self) -> None:
        """There may be something to take."""
        self._wanted.set()

    def let_go(self, number: int) -> None:
        """It is done, or will not be done here."""
        self._held.discard(number)
        self.wake()

    def stop(self) -> None:
        """Nothing more is taken; what is worked on stays ours."""
        self._is_stopping = True

    async def end(self) -> None:
        """Gives back what is not done, so that others need not wait."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._claims:
            try:
                await self._claims.give_back()
            except RecordsError as error:
                log.warning("others take over in some seconds what is left here: %s", error)

    async def _go_on(self, claims: Claims, leases: Leases) -> None:
        while True:
            self._wanted.clear()
            try:
                await self._renew(claims, leases)
                await self._take(claims)
            except RecordsError as error:
                log.warning("updates that wait cannot be taken: %s", error)
                await asyncio.sleep(LOOKED)
            await asyncio.sleep(BREATH)
            with suppress(TimeoutError):
                # Not wait_for: woken and cancelled at once, it would go on (Python 3.11).
                async with asyncio.timeout(LOOKED):
                    await self._wanted.wait()

    async def _renew(self, claims: Claims, leases: Leases) -> None:
        if time.monotonic() - self._renewed < RENEWED:
            return
        await claims.renew(self._held)
        await leases.is_of_our_secret()
        self._renewed = time.monotonic()
        if given_up := await claims.give_up():
            log.error("given up, as the bot ended at each try: %d updates", given_up)

    async def _take(self, claims: Claims) -> None:
        room = min(AT_ONCE - len(self._held), AT_A_TIME)
        if self._is_stopping or room <= 0:
            return
        taken = await claims.take(room)
        if len(taken) == room:
            self.wake()  # there may be more
        for one in taken:
            if one.number in self._held:
                continue
            self._held.add(one.number)
            # Whoever floods waits, and leaves the time to everybody else.
            self._do(self._handed_on(one, PACE if one.waiting > FLOOD else 0.0))

    async def _handed_on(self, one: Claimed, pause: float) -> None:
        if pause:
            await asyncio.sleep(pause)
        if not self._is_stopping:
            # Where it stops, nobody would take it any more, and the end would wait for it.
            await self._hand_on(one)

    def _do(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
