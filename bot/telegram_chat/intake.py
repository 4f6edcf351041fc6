"""Updates taken in: kept before they are confirmed, answered, and then marked done."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from telegram import Update
from telegram.ext import Application

from bot.records.claims import Claimed
from bot.records.faults import RecordsError
from bot.records.inbox import Waiting
from bot.records.records import Records
from bot.records.together import Together, together
from bot.services import Services
from bot.telegram_chat.delivery import Delivery, delivery
from bot.telegram_chat.in_order import InOrder, line_of
from bot.telegram_chat.reading import read_update, written
from bot.telegram_chat.sharing import Sharing
from bot.telegram_chat.writing_down import write_changes, write_done

App = Application[Any, Any, Any, Any, Any, Any]

PAUSES = (1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds before an answer that did not reach Telegram is tried again; then the last, on and on."""

LONGEST = 3600.0
"""Seconds after which an answer that still does not reach Telegram is given up."""

log = logging.getLogger(__name__)


class Intake:
    """Nothing that Telegram has handed over is lost, and nothing done is done again.

    An update whose answer was sent, but not yet marked done when the process was killed, is
    answered a second time: Telegram tells nobody whether a message has arrived.
    """

    def __init__(self, services: Services, in_order: InOrder) -> None:
        self._services, self._in_order = services, in_order
        self._application: App | None = None
        self._stopping = asyncio.Event()
        self._sharing = Sharing(self._taken)

    def begin(self, application: App) -> None:
        """Whose updates these are."""
        self._application = application

    async def take_up(self, records: Records) -> None:
        """Takes up what an earlier run left in the inbox.

        Raises:
            RecordsError: the inbox cannot be read.
        """
        if records.database.is_shared:
            self._sharing.begin(records)
            return
        left = await records.inbox.taken_up()
        self._in_order.knows(left.known)
        if left.given_up:
            log.error("given up, as the bot ended at each try: %d updates", left.given_up)
        if left.waiting:
            log.info("left from before, answered now: %d updates", len(left.waiting))
        await self._hand_on(left.waiting.values())

    async def take(self, updates: Sequence[Mapping[str, Any]]) -> bool:
        """Takes updates to answer them; whether they may be confirmed, as they are kept."""
        kept = {u["update_id"]: written(u) for u in updates}
        is_kept = await self._keep(kept)
        if is_kept and self._sharing.is_on:
            # This replica or another takes them from there.
            self._sharing.wake()
            return True
        if not is_kept:
            self._in_order.must_answer(u["update_id"] for u in updates)
        await self._hand_on(kept.values())
        return is_kept

    async def answer(self, update: object, answering: Awaitable[Any]) -> None:
        """Answers an update, again while Telegram cannot be reached, and marks it done."""
        try:
            await self._answer(update, answering)
        except Exception:
            if isinstance(update, Update):
                self._sharing.let_go(update.update_id)
            raise

    async def _answer(self, update: object, answering: Awaitable[Any]) -> None:
        begun, pauses = time.monotonic(), iter(PAUSES)
        while True:
            with delivery(update) as this:
                with together() as changes:
                    await answering
                if not isinstance(update, Update):
                    return
                if not _is_to_be_tried_again(this, time.monotonic() - begun):
                    await self._finish(update.update_id, changes, this)
                    return
            if not await self._waited(max(next(pauses, PAUSES[-1]), this.asked_to_wait)):
                return
            answering = self._app.process_update(update)

    def stop(self) -> None:
        """What is not begun, or waits for Telegram, stays for the next start."""
        self._stopping.set()
        self._in_order.stop()
        self._sharing.stop()

    async def end(self) -> None:
        """What is not done, other replicas may take."""
        await self._sharing.end()

    @property
    def _app(self) -> App:
        assert self._application is not None  # noqa: S101  begin() comes first
        return self._application

    async def _keep(self, kept: Mapping[int, str]) -> bool:
        records = self._services.records
        if records is None or not records.database.lasts:
            return False
        try:
            lines = self._lines(kept) if records.database.is_shared else {}
            await records.inbox.keep(kept, time.time(), lines)
        except RecordsError as error:
            log.warning("updates are answered, but a kill would lose them: %s", error)
            return False
        return True

    def _lines(self, kept: Mapping[int, str]) -> dict[int, Waiting | None]:
        return {n: line_of(read_update(payload, self._app.bot)) for n, payload in kept.items()}

    async def _taken(self, one: Claimed) -> None:
        """Answers what this replica has taken from the inbox."""
        if (records := self._services.records) and records.inbox.is_answered(one.number):
            # It could not be marked done, and the lease has ended since.
            await self._done(one.number, Together())
            return
        self._in_order.expects(one.number)
        await self._hand_on([one.payload])

    async def _hand_on(self, payloads: Iterable[str]) -> None:
        for payload in payloads:
            await self._app.update_queue.put(read_update(payload, self._app.bot))

    async def _waited(self, seconds: float) -> bool:
        """False when the bot stops meanwhile."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)
        return not self._stopping.is_set()

    async def _finish(self, number: int, changes: Together, this: Delivery) -> None:
        if not this.still_running:
            await self._done(number, changes)
            return
        # Nobody waits for these, and nobody is kept waiting by them.
        await write_changes(self._services, changes)
        self._app.create_task(self._done_after(number, this.still_running))

    async def _done_after(self, number: int, tasks: Sequence[asyncio.Task[Any]]) -> None:
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._done(number, Together())

    async def _done(self, number: int, changes: Together) -> None:
        await write_done(self._services, number, changes)
        self._sharing.let_go(number)


def _is_to_be_tried_again(this: Delivery, seconds: float) -> bool:
    """Whether it did not reach Telegram, and is worth another try after so many seconds."""
    if this.failure is None or this.still_running:
        return False
    if seconds > LONGEST:
        log.error("an answer is given up after an hour: %s", this.failure)
    return seconds <= LONGEST
