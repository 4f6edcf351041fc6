"""Words written, indexed and asked for; or everything put back as it was."""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.commands.misses_proposal import Proposal, place
from bot.commands.misses_targets import Target
from bot.reindexing import ReindexReport
from bot.services import AlreadyRunningError, Services
from content.replacing import HISTORY, WritingError
from content.writing_together import FileChange, state, state_of, write_together
from index.progress import nobody_told

PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds between two tries to reindex while another reindex runs."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of writing words; ``found`` are the partners that the question finds now.

    ``is_kept`` tells whether the words stay; where they do not, ``report`` or ``is_busy`` may tell
    why. ``undo`` are the words of a button that takes it back.
    """

    is_kept: bool
    found: tuple[str, ...] = ()
    report: ReindexReport | None = None
    is_busy: bool = False
    undo: str = ""


async def written(services: Services, proposal: Proposal) -> Outcome:
    """Write, reindex and ask again; what does not bring the target up is taken back.

    Raises:
        ChangedError: the file is not as it was; nothing was written.
        WritingError: the disk refuses.
    """
    change, folder = proposal.change, services.content_folder
    assert change is not None  # noqa: S101  only what can be written has a button
    await asyncio.to_thread(write_together, folder, [change])
    back = FileChange(change.name, proposal.before, state_of(change.text))
    report = await _reindexed(services)
    if report is None:
        await asyncio.to_thread(write_together, folder, [back])
        return Outcome(False, is_busy=True)
    if not report.done:
        await asyncio.to_thread(write_together, folder, [back])
        return Outcome(False, report=report)
    found = tuple(a.id for a in (await services.knowledge.find(proposal.question)).answers)
    if place(found, proposal.target, services.knowledge.content) is None:
        await asyncio.to_thread(write_together, folder, [back])
        await _reindexed(services)
        return Outcome(False, found, report)
    undo = f"{_short(proposal.before)} {_short(change.text)}"
    return Outcome(True, found, report, undo=undo)


async def taken_back(services: Services, target: Target, before: str, after: str) -> bool:
    """The file as it was before words were added; False when it has changed since.

    Raises:
        WritingError: the disk refuses.
    """
    folder = services.content_folder
    if not await asyncio.to_thread(_put_back, folder, target, before, after):
        return False
    await _reindexed(services)
    return True


def _put_back(folder: Path, target: Target, before: str, after: str) -> bool:
    now = state(folder, target.file)
    old = _kept(folder, target, before)
    if now is None or not now.startswith(after) or old is None:
        return False
    write_together(folder, [FileChange(target.file, old, now)])
    return True


def _kept(folder: Path, target: Target, before: str) -> str | None:
    """The earlier file with this digest, as it was kept."""
    shelf = "_topics" if target.is_topic else target.id
    for path in sorted((folder / HISTORY / shelf).glob("*.yaml"), reverse=True):
        data = path.read_bytes()
        if before and hashlib.sha256(data).hexdigest().startswith(before):
            return data.decode()
    return None


async def _reindexed(services: Services) -> ReindexReport | None:
    """A reindex, after the one under way if there is one; None when that takes too long."""
    for pause in PAUSES:
        try:
            return await services.reindex(asking=nobody_told)
        except AlreadyRunningError:
            await asyncio.sleep(pause)
    return None


def _short(text: str) -> str:
    return state_of(text)[:8]


def details(language: str, words: Sequence[str]) -> str:
    """What the audit log tells of words."""
    return f"{language}: {', '.join(words)}"


__all__ = ["Outcome", "WritingError", "details", "taken_back", "written"]
