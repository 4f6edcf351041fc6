"""Is another program fetching this bot's messages?"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from telegram import Bot
from telegram.error import Conflict, TelegramError

from bot.diagnosis import Line, Mark

HELD = 3
"""Seconds that a poll is held; another program that it has thrown out comes back sooner."""

TRIES, PAUSE = 4, 0.75
"""Polls, and the seconds between them, where messages are waiting and no poll is held."""

QUIET = 600.0
"""Seconds after which another program that was seen fetching counts as gone."""


@contextmanager
def serving(data: Path, token: str) -> Iterator[bool]:
    """Marks this process as the one that serves here; False when another one does already."""
    lock = FileLock(data / f"serving-{token.partition(':')[0]}.lock")
    try:
        data.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except (Timeout, OSError):
        yield False
        return
    try:
        yield True
    finally:
        lock.release()


def seen_by_serving(peace: float) -> Line:
    """What the serving process itself has met with: it must not poll a second time."""
    if peace < QUIET:
        return Line(Mark.BAD, "diagnose_second_yes")
    return Line(Mark.GOOD, "diagnose_second_none")


async def seen_from_outside(bot: Bot, data: Path) -> Line:
    """What polling meets with, unless a bot serves here: it would be the one that is disturbed."""
    with serving(data, bot.token) as is_alone:
        if not is_alone:
            return Line(Mark.GOOD, "diagnose_second_here")
        for _ in range(TRIES):
            try:
                # Without an offset, nothing is confirmed: what waits is still there for `serve`.
                waiting = await bot.get_updates(limit=1, timeout=HELD)
            except Conflict:
                return Line(Mark.BAD, "diagnose_second_yes")
            except TelegramError as error:
                return Line(Mark.WORTH_KNOWING, "diagnose_second_unknown", {"reason": str(error)})
            if not waiting:
                break
            await asyncio.sleep(PAUSE)
    return Line(Mark.GOOD, "diagnose_second_none")
