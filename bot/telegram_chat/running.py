"""An application from its start to its end, however its updates come."""

import asyncio
import gc
import logging
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress

from bot.telegram_chat.intake import App, Intake
from bot.telegram_chat.patiently import patiently

SIGNALS = (signal.SIGINT, signal.SIGTERM)

TAKEN = 5.0
"""Seconds in which what was handed on must have been taken up, when the bot stops."""

LOOKS = 10_000, 20, 20
"""New objects until a look for garbage, and looks until a longer one; with Python's own 700, 10
and 10, a twentieth of the time of answers goes into looks (docs/performance.md)."""

log = logging.getLogger(__name__)


async def run_until_stopped(
    application: App, intake: Intake, bring: Callable[[], Awaitable[None]]
) -> None:
    """Answers what ``bring`` brings until a stop signal; then what is begun is finished.

    A second signal changes nothing: the end is near, and what is not answered by then is kept.

    Raises:
        Exception: what ``bring`` raises; the application is ended all the same.
    """
    stopped, loop = asyncio.Event(), asyncio.get_running_loop()

    def stop_soon(_number: int, _frame: object) -> None:
        loop.call_soon_threadsafe(stopped.set)

    for number in SIGNALS:
        signal.signal(number, stop_soon)
    work = asyncio.create_task(_work(application, intake, bring))
    stop = asyncio.create_task(stopped.wait())
    await asyncio.wait({work, stop}, return_when=asyncio.FIRST_COMPLETED)
    stop.cancel()
    work.cancel()
    try:
        with suppress(asyncio.CancelledError):
            await work
    finally:
        intake.stop()
        await _end(application)
        for number in SIGNALS:
            # One that comes while the process takes its leave would end it with a bad status.
            signal.signal(number, signal.SIG_IGN)


async def _work(application: App, intake: Intake, bring: Callable[[], Awaitable[None]]) -> None:
    log.info("connecting to Telegram")
    await patiently(application.initialize)
    intake.begin(application)
    if application.post_init:
        await application.post_init(application)
    await application.start()
    gc.freeze()  # it all stays; to look through it for garbage would hold up answers for 0.2 s
    gc.set_threshold(*LOOKS)
    await bring()


async def _end(application: App) -> None:
    if application.running:
        with suppress(TimeoutError):
            async with asyncio.timeout(TAKEN):
                # What the library takes from its queue once it stops, it does not wait for.
                while not application.update_queue.empty():
                    await asyncio.sleep(0)
        await application.stop()
    if application.post_shutdown:
        # What still talks to Telegram in the background must end before the connections do.
        await application.post_shutdown(application)
    await application.shutdown()
