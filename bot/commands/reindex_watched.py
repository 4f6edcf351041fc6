"""A reindex, or the way back, watched: how far it is gets told while it runs."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from bot.commands.changes import write_down
from bot.commands.command import Asking, language_of
from bot.commands.reindex_report import Step, progress_reply
from bot.dialogue.messages import Kind, Reply, Span
from bot.reindexing import ReindexReport
from bot.services import AlreadyRunningError, Services

FIRST_WORD = 0.8
"""Seconds before a word about the progress; what is done sooner needs none."""

NEXT_WORD = 1.0
"""Seconds between two words about the progress."""

ANOTHER_TRY = 0.2
"""Seconds until the next try while another reindex is running."""


class Steps:
    """How far the work is; told by the thread that works, read by the one that talks."""

    def __init__(self) -> None:
        self.now = Step()

    def __call__(self, done: int, total: int) -> None:
        """Partners are being indexed."""
        self.now = Step(done, total)

    def asking(self, done: int, total: int) -> None:
        """Expected questions are being asked."""
        self.now = Step(done, total, asking=True)


async def watched_reindex(services: Services, asking: Asking) -> ReindexReport:
    """Checks, builds and switches, and tells meanwhile.

    Raises:
        AlreadyRunningError: one reindex at a time.
    """
    steps = Steps()
    return await watched(services.reindex(steps, steps.asking), steps, services, asking)


async def reindex_in_turn(services: Services, asking: Asking) -> ReindexReport:
    """As ``watched_reindex``, but after the one that is running, if one is."""
    told = False
    while True:
        try:
            return await watched_reindex(services, asking)
        except AlreadyRunningError:
            if not told:
                language, told = language_of(services, asking), True
                text = services.texts.say("upload_waiting", language)
                await asking.tell(Reply(Kind.HELP, language, ((Span(text),),)))
            await asyncio.sleep(ANOTHER_TRY)


async def watched(
    work: Coroutine[Any, Any, ReindexReport], steps: Steps, services: Services, asking: Asking
) -> ReindexReport:
    """The report of some work, how far it is being told until it comes."""
    task = asyncio.create_task(work)
    language, told, pause = language_of(services, asking), None, FIRST_WORD
    while not (await asyncio.wait({task}, timeout=pause))[0]:
        if steps.now != told:
            told = steps.now
            await asking.tell(progress_reply(services.texts, language, told))
        pause = NEXT_WORD
    return await task


async def write_down_reindex(
    services: Services, asking: Asking, action: str, report: ReindexReport
) -> None:
    """Writes down which partners a reindex, or the way back, added, changed and removed."""
    if not report.done:
        return
    details = [
        f"{what}: {', '.join(ids)}"
        for what in ("added", "changed", "removed")
        if (ids := getattr(report, what))
    ]
    subject = f"{report.partners} partners"
    await write_down(services, asking, action, subject, "; ".join(details) or "nothing changed")
