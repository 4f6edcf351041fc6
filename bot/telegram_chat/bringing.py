"""Updates are brought in one way: by one that polls, or by webhook to replicas set alike."""

import asyncio
import hashlib
import logging
import os
import socket
import time
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from bot.records.faults import RecordsError
from bot.records.leases import LEASE, RENEWED
from bot.services import Services

NAME = "updates"
"""The lease of whoever brings updates."""

WAITED = LEASE + 5.0
"""Seconds for which another is waited for: one that was killed holds its lease that long."""

log = logging.getLogger(__name__)


class AnotherBringsError(Exception):
    """Another replica fetches messages, or has them brought elsewhere; the message says which."""


class Bringing:
    """Runs ``bring`` while no other replica does; replicas with the same webhook do it together.

    Where records are not shared, or cannot be reached, nobody is asked.
    """

    def __init__(
        self, services: Services, webhook_url: str | None, bring: Callable[[], Awaitable[None]]
    ) -> None:
        self._services, self._bring, self._polls = services, bring, webhook_url is None
        self._holder = _webhook(webhook_url) if webhook_url else _polling()

    async def bring(self) -> None:
        """Brings updates until it is cancelled.

        Raises:
            AnotherBringsError: another replica has been doing it, or has taken over.
        """
        await self._wait_for_it()
        work = asyncio.ensure_future(self._bring())
        holding = asyncio.create_task(self._hold())
        try:
            await asyncio.wait({work, holding}, return_when=asyncio.FIRST_COMPLETED)
            for task in (work, holding):
                if task.done():
                    task.result()
        finally:
            work.cancel()
            holding.cancel()
            await asyncio.gather(work, holding, return_exceptions=True)
            await self._give_back()

    async def _wait_for_it(self) -> None:
        until, is_told = time.monotonic() + WAITED, False
        while other := await self._other():
            if time.monotonic() > until:
                raise AnotherBringsError(f"{other}, and there can be one way only")
            if not is_told:
                log.warning("%s; waiting for %.0f s", other, WAITED)
            is_told = True
            await asyncio.sleep(1.0)

    async def _hold(self) -> None:
        while True:
            await asyncio.sleep(RENEWED)
            if other := await self._other():
                raise AnotherBringsError(f"{other}, and there can be one way only")

    async def _other(self) -> str | None:
        """Who else brings updates; None when we have the lease, or nobody can tell."""
        records = self._services.records
        if records is None or not records.database.is_shared:
            return None
        try:
            if await records.leases.take(NAME, self._holder):
                return None
            return await records.leases.holder(NAME)
        except RecordsError as error:
            log.debug("who brings updates cannot be told: %s", error)
            return None

    async def _give_back(self) -> None:
        # What other replicas hold together with this one is left to them.
        records = self._services.records
        if self._polls and records and records.database.is_shared:
            try:
                await records.leases.give_back(NAME, self._holder)
            except RecordsError as error:
                log.debug("the lease ends by itself: %s", error)


def _polling() -> str:
    return f"process {os.getpid()} at {socket.gethostname()[:60]} fetches messages by polling"


def _webhook(url: str) -> str:
    """Equal for replicas with the same address, whose path may be a secret."""
    parts, digest = urlsplit(url), hashlib.sha256(url.encode()).hexdigest()[:8]
    place = f"{parts.scheme}://{parts.netloc}"[:100]
    return f"messages are brought to {place} by webhook (address {digest})"
