"""What all chats and commands share: the dialogue on the index in use, and its renewal."""

import asyncio
import hashlib
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bot.dialogue.dialogue import Dialogue
from content.checking import check
from content.files import fingerprint
from content.models import Content
from content.problems import Problem
from content.texts import Texts
from content.translations import TranslationError, load_translations
from index.findings import Findings
from index.library import Generation, Library, VerificationError

if TYPE_CHECKING:
    # Not loaded where nothing is remembered: a database takes time to import.
    from bot.records.records import Records

Progress = Callable[[int, int], None]


class NoContentError(Exception):
    """There is nothing to answer from: the content is bad and no index is there from before."""


class AlreadyRunningError(Exception):
    """A reindex is under way; ``since`` is when it began (seconds since the epoch)."""

    def __init__(self, since: float) -> None:
        super().__init__("a reindex is already running")
        self.since = since


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

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why nothing was changed, a line a reason."""
        return (*map(str, self.problems), *([self.failure] if self.failure else []))


@dataclass(frozen=True, slots=True)
class Knowledge:
    """One generation, as the dialogue sees it: its content, and questions answered off the loop."""

    generation: Generation

    @property
    def content(self) -> Content:
        return self.generation.content

    async def find(self, question: str, limit: int = 5, unfinished: bool = False) -> Findings:
        """The partners that answer the question; the event loop does not wait for the search."""
        return await asyncio.to_thread(self.generation.finder.find, question, limit, unfinished)


@dataclass
class Services:
    """The bot's knowledge in use, replaced as a whole by a reindex; take one snapshot a turn."""

    content_folder: Path
    library: Library
    knowledge: Knowledge
    dialogue: Dialogue
    texts: Texts
    faults: Sequence[str] = ()
    records: "Records | None" = None
    """What is remembered; None while the database cannot be reached, and without one."""
    _running: threading.Lock = field(default_factory=threading.Lock)
    _since: float = 0.0

    async def reindex(self, progress: Progress = lambda _done, _all: None) -> ReindexReport:
        """Check, build, verify and switch; questions are answered all the while.

        Raises:
            AlreadyRunningError: one reindex at a time.
        """
        if not self._running.acquire(blocking=False):
            raise AlreadyRunningError(self._since)
        self._since = time.time()
        try:
            report, generation = await asyncio.to_thread(
                rebuilt, self.content_folder, self.library, self.knowledge.content, progress
            )
            if generation:
                self._use(generation)
            return report
        finally:
            self._running.release()

    def _use(self, generation: Generation) -> None:
        # The generation before is not closed: questions in flight still read it.
        self.knowledge, self.texts, self.dialogue = _talking(generation)


def index_folder(data: Path, content_folder: Path) -> Path:
    """Where the index of a content folder lives: each folder has its own."""
    digest = hashlib.sha256(str(content_folder.resolve()).encode()).hexdigest()[:12]
    return data / "index" / digest


def open_services(
    content_folder: Path,
    library: Library,
    progress: Progress = lambda _done, _all: None,
) -> Services:
    """The bot on the content as it is now: indexed first where it has changed since.

    Bad content does not replace good: what is wrong is in ``faults``, and the last good index
    answers.

    Raises:
        NoContentError: the content is bad, and there is no index from before.
    """
    current = library.current()
    faults: tuple[str, ...] = ()
    if current is None or current.fingerprint != fingerprint(content_folder):
        before = current.content if current else None
        report, generation = rebuilt(content_folder, library, before, progress)
        current = generation or current
        faults = () if report.done else report.reasons
    if current is None:
        raise NoContentError("\n".join(faults))
    knowledge, texts, dialogue = _talking(current)
    return Services(content_folder, library, knowledge, dialogue, texts, faults)


def reindexed(folder: Path, library: Library, progress: Progress) -> ReindexReport:
    """Check, build, verify and switch, without answering from it: ``run_bot.py reindex``."""
    current = library.current()
    return rebuilt(folder, library, current.content if current else None, progress)[0]


def rebuilt(
    folder: Path, library: Library, before: Content | None, progress: Progress
) -> tuple[ReindexReport, Generation | None]:
    """Check a content folder and, when it is good, build its index and switch to it."""
    begun = time.monotonic()
    loaded = check(folder)
    if loaded.content is None:
        return ReindexReport(problems=loaded.problems), None
    try:
        translations = load_translations(folder)
        generation = library.build(loaded.content, translations, loaded.fingerprint, progress)
    except (TranslationError, VerificationError, OSError) as error:
        return ReindexReport(problems=loaded.problems, failure=str(error)), None
    added, changed, removed = differences(before, loaded.content)
    report = ReindexReport(
        added,
        changed,
        removed,
        partners=len(loaded.content.partners),
        seconds=time.monotonic() - begun,
        problems=loaded.problems,
        done=True,
    )
    return report, generation


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


def _talking(generation: Generation) -> tuple[Knowledge, Texts, Dialogue]:
    knowledge = Knowledge(generation)
    main = generation.translations[0].code
    texts = Texts(generation.translations, main)
    return knowledge, texts, Dialogue(texts, generation.translations, knowledge)
