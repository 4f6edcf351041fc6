"""``/reindex``: the content as it is now, checked, indexed and used, with a report in words."""

import asyncio
import time

from bot.commands.command import Asking, Outcome, language_of
from bot.commands.reindex_report import progress_reply, report_reply, running_reply
from bot.services import AlreadyRunningError, ReindexReport, Services

FIRST_WORD = 0.8
"""Seconds before a word about the progress; what is done sooner needs none."""

NEXT_WORD = 1.0
"""Seconds between two words about the progress."""


class Steps:
    """How far the work is; told by the thread that works, read by the one that talks."""

    def __init__(self) -> None:
        self.now = (0, 0)

    def __call__(self, done: int, total: int) -> None:
        self.now = (done, total)


async def reindex(services: Services, asking: Asking) -> Outcome:
    """Checks, builds and switches; the report says what changed, or why nothing did."""
    language, before, steps = language_of(services, asking), services.knowledge.content, Steps()
    work = asyncio.create_task(services.reindex(steps))
    try:
        await _tell_meanwhile(work, steps, services, asking)
        report = await work
    except AlreadyRunningError as running:
        since = time.strftime("%H:%M %Z", time.localtime(running.since))
        return running_reply(services.texts, language, since), asking.conversation
    reply = report_reply(services, report, before, language)
    return reply, asking.conversation


async def _tell_meanwhile(
    work: asyncio.Task[ReindexReport], steps: Steps, services: Services, asking: Asking
) -> None:
    language, told, pause = language_of(services, asking), None, FIRST_WORD
    while not (await asyncio.wait({work}, timeout=pause))[0]:
        if steps.now != told:
            told = steps.now
            await asking.tell(progress_reply(services.texts, language, *told))
        pause = NEXT_WORD
