"""A content folder to a new generation, or back to the one before, with a report of either."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from content.checking import check
from content.files import list_folder
from content.freshness import Freshness, freshness
from content.loading import Loaded
from content.models import Content
from content.problems import Problem, excerpt
from content.translations import TranslationError, load_translations
from index.engine import EngineError
from index.expected import Comparison, Side, compare
from index.findings import Findings
from index.library import Generation, Library, VerificationError
from index.own_process import Tell, WorkDiedError, in_own_process

Progress = Callable[[int, int], None]
Rebuilt = tuple["ReindexReport", Generation | None]

MANY = 2_000
"""Partner files from which a process of its own builds: Whoosh would keep answers waiting."""

TOLD_EVERY = 0.1
"""Seconds between two reports of progress from another process."""


def nobody_told(_done: int, _all: int) -> None:
    """For work that nobody watches."""


@dataclass(frozen=True, slots=True)
class ReindexReport:
    """What a reindex did. With an error among the problems, or a failure, nothing was changed."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    partners: int = 0
    seconds: float = 0.0
    problems: tuple[Problem, ...] = ()
    failure: str | None = None
    done: bool = False
    expected: Comparison | None = None
    """How the partners' expected questions fare, where they were asked."""
    fresh: Freshness = field(default_factory=Freshness)
    undone: bool = False
    """Whether this is the way back to the generation before."""

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why nothing was changed, a line a reason."""
        return (*map(str, self.problems), *([self.failure] if self.failure else []))


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

    With ``asking``, expected questions are asked before the switch; what they find is told, and
    keeps nothing back. Of many partners, the work is done in a process of its own.
    """
    if len(list_folder(folder).partners) < MANY:
        return _rebuilt_here(folder, library, before, progress, asking)
    stages = {"building": progress, "asking": asking or nobody_told}

    def tell(stage: str, done: int, total: int) -> None:
        stages[stage](done, total)

    try:
        report: ReindexReport = in_own_process(
            _rebuilt_there, (folder, library, asking is not None), tell
        )
    except WorkDiedError as error:
        return ReindexReport(failure=f"{error}; nothing was changed"), None
    return report, library.current_in_passing() if report.done else None


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
    except (TranslationError, VerificationError, OSError) as error:
        return ReindexReport(problems=loaded.problems, failure=str(error)), None
    return _report(loaded, before, begun, next(iter(compared), None)), generation


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


def differences(
    before: Content | None, after: Content
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The ids of partners added, changed and removed, each in order."""
    old = {p.id: p for p in before.partners} if before else {}
    new = {p.id: p for p in after.partners}
    return (
        tuple(sorted(new.keys() - old.keys())),
        tuple(sorted(i for i in new.keys() & old.keys() if new[i] != old[i])),
        tuple(sorted(old.keys() - new.keys())),
    )


def _report(
    loaded: Loaded, before: Generation | None, begun: float, expected: Comparison | None
) -> ReindexReport:
    assert loaded.content is not None  # noqa: S101  bad content has been turned away
    return ReindexReport(
        *differences(before.content if before else None, loaded.content),
        partners=len(loaded.content.partners),
        seconds=time.monotonic() - begun,
        problems=loaded.problems,
        done=True,
        expected=expected,
        fresh=freshness(loaded.content),
    )


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
