"""A content folder to a new generation, or back to the one before, with a report of either."""

import time
from pathlib import Path

from bot.reindex_report import ReindexReport, differences, report_of
from content.checking import check
from content.files import list_folder
from content.problems import excerpt
from content.translations import TranslationError, load_translations
from index.engine import EngineError
from index.expected import Comparison, Side, compare
from index.findings import Findings
from index.library import Generation, Library, VerificationError
from index.own_process import Tell, WorkDiedError, in_own_process
from index.progress import Progress, nobody_told

Rebuilt = tuple[ReindexReport, Generation | None]

__all__ = [
    "Rebuilt",
    "ReindexReport",
    "rebuilt",
    "reindexed",
    "went_back",
]

MANY = 2_000
"""Partner files from which a process of its own builds while nobody is answered: at the start.

While people are answered, one always does: they hardly notice it (docs/performance.md).
"""

TOLD_EVERY = 0.1
"""Seconds between two reports of progress from another process."""


def reindexed(
    folder: Path, library: Library, progress: Progress, asking: Progress = nobody_told
) -> ReindexReport:
    """Check, build, compare and switch, without answering from it: ``run_bot.py reindex``."""
    return _rebuilt_here(folder, library, library.current(), progress, asking)[0]


def rebuilt(
    folder: Path,
    library: Library,
    before: Generation | None,
    progress: Progress = nobody_told,
    asking: Progress | None = None,
) -> Rebuilt:
    """Check a content folder and, when it is good, build its index and switch to it.

    With ``asking``, people are answered meanwhile, and expected questions are asked before the
    switch; what they find is told, and keeps nothing back. Then, and of many partners, the work is
    done in a process of its own.
    """
    if asking is None and len(list_folder(folder).partners) < MANY:
        return _rebuilt_here(folder, library, before, progress, asking)
    stages = {"building": progress, "asking": asking or nobody_told}

    def tell(stage: str, done: int, total: int) -> None:
        stages[stage](done, total)

    try:
        report: ReindexReport = in_own_process(
            _rebuilt_there, (folder, library, asking is not None), tell
        )
    except (WorkDiedError, EngineError) as error:
        return ReindexReport(failure=f"{error}; nothing was changed"), None
    try:
        return report, library.current_in_passing() if report.done else None
    except EngineError:
        return report, None  # away since; what was switched to is caught up with


def _rebuilt_there(tell: Tell, folder: Path, library: Library, asks: bool) -> ReindexReport:
    """In the other process: the work, and how far it is."""
    told: dict[str, float] = {}

    def of(stage: str) -> Progress:
        def progress(done: int, total: int) -> None:
            if done == total or time.monotonic() - told.get(stage, 0.0) > TOLD_EVERY:
                told[stage] = time.monotonic()
                tell(stage, done, total)

        return progress

    asking = of("asking") if asks else None
    return _rebuilt_here(folder, library, library.current(), of("building"), asking)[0]


def _rebuilt_here(
    folder: Path,
    library: Library,
    before: Generation | None,
    progress: Progress,
    asking: Progress | None,
) -> Rebuilt:
    begun = time.monotonic()
    loaded = check(folder)
    if loaded.content is None:
        return ReindexReport(problems=loaded.problems), None
    compared: list[Comparison] = []

    def ask(generation: Generation) -> None:
        if asking is not None:
            compared.append(_compared(generation, before, asking))

    try:
        generation = library.build(
            loaded.content, load_translations(folder), loaded.fingerprint, progress, ask
        )
    except (TranslationError, VerificationError, EngineError, OSError) as error:
        return ReindexReport(problems=loaded.problems, failure=str(error)), None
    return report_of(loaded, before, begun, next(iter(compared), None)), generation


def went_back(library: Library, before: Generation | None) -> Rebuilt:
    """Switch back to the generation before the one in use."""
    begun = time.monotonic()
    try:
        generation = library.undo()
    except (VerificationError, EngineError, OSError, ValueError, KeyError) as error:
        return ReindexReport(failure=str(error), undone=True), None
    changes = differences(before.content if before else None, generation.content)
    count, took = len(generation.content.partners), time.monotonic() - begun
    return ReindexReport(*changes, count, took, done=True, undone=True), generation


class _Proved:
    """A new index, which must be able to answer."""

    def __init__(self, generation: Generation) -> None:
        self._finder = generation.finder

    def find(self, question: str, limit: int = 5, unfinished: bool = False) -> Findings:
        try:
            return self._finder.find(question, limit, unfinished)
        except Exception as error:
            reason = f"the new index cannot answer {excerpt(question)}: {error}"
            raise VerificationError(reason) from error


def _compared(after: Generation, before: Generation | None, progress: Progress) -> Comparison:
    old = Side(before.content, before.finder) if before else None
    return compare(Side(after.content, _Proved(after)), old, progress)
