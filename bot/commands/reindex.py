"""``/reindex``: the content as it is now, checked, indexed and used, with a report in words.

``/reindex undo`` goes back to the generation before.
"""

import asyncio
import time

from bot.commands.command import Asking, Outcome, language_of
from bot.commands.reindex_report import (
    Step,
    progress_reply,
    report_reply,
    running_reply,
    usage_reply,
)
from bot.reindexing import ReindexReport
from bot.services import AlreadyRunningError, Services
from content.folding import fold

FIRST_WORD = 0.8
"""Seconds before a word about the progress; what is done sooner needs none."""

NEXT_WORD = 1.0
"""Seconds between two words about the progress."""


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


async def reindex(services: Services, asking: Asking) -> Outcome:
    """Checks, builds and switches; the report says what changed, or why nothing did."""
    language, before, steps = language_of(services, asking), services.knowledge.content, Steps()
    back = wants_back(services, asking.arguments)
    if back is None:
        return usage_reply(services.texts, language), asking.conversation
    try:
        work = asyncio.create_task(
            services.undo() if back else services.reindex(steps, steps.asking)
        )
        await _tell_meanwhile(work, steps, services, asking)
        report = await work
    except AlreadyRunningError as running:
        since = time.strftime("%H:%M %Z", time.localtime(running.since))
        return running_reply(services.texts, language, since), asking.conversation
    reply = report_reply(services, report, before, language)
    return reply, asking.conversation


def wants_back(services: Services, arguments: str) -> bool | None:
    """Whether the words behind the command ask for the way back; None when they ask nothing."""
    translations = services.knowledge.generation.translations
    said = fold(arguments)
    back = {fold(word) for t in translations for word in t.phrases("reindex_undo")}
    return said in {"undo", *back} if said in {"", "undo", *back} else None


async def _tell_meanwhile(
    work: asyncio.Task[ReindexReport], steps: Steps, services: Services, asking: Asking
) -> None:
    language, told, pause = language_of(services, asking), None, FIRST_WORD
    while not (await asyncio.wait({work}, timeout=pause))[0]:
        if steps.now != told:
            told = steps.now
            await asking.tell(progress_reply(services.texts, language, told))
        pause = NEXT_WORD
