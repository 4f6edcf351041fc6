"""What all chats and commands share: the dialogue on the index in use, and its renewal."""

import asyncio
import hashlib
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bot.diagnosis import Look
from bot.dialogue.dialogue import Dialogue
from bot.measures import MeasuredDialogue, Measures, Step
from bot.reindexing import Rebuilt, ReindexReport, rebuilt, went_back
from content.files import fingerprint
from content.models import Content
from content.texts import Texts
from content.writing_together import finish_writing
from index.findings import Findings
from index.letting_go import in_passing
from index.library import Generation, Library
from index.progress import Progress, nobody_told

if TYPE_CHECKING:
    # Not loaded where nothing is remembered: a database takes time to import.
    from bot.records.records import Records


SHORT, FEW = 200, 1_000
"""Characters of a question, and partners, up to which a search takes less than a thread's hop.

Measured in docs/performance.md; the longest search within both takes some milliseconds.
"""


class NoContentError(Exception):
    """There is nothing to answer from: the content is bad and no index is there from before."""


class AlreadyRunningError(Exception):
    """A reindex is under way; ``since`` is when it began (seconds since the epoch)."""

    def __init__(self, since: float) -> None:
        super().__init__("a reindex is already running")
        self.since = since


@dataclass(frozen=True, slots=True)
class Knowledge:
    """One generation, as the dialogue sees it: its content, and questions answered off the loop."""

    generation: Generation
    measures: Measures = field(default_factory=Measures)

    @property
    def content(self) -> Content:
        return self.generation.content

    async def find(self, question: str, limit: int = 5, unfinished: bool = False) -> Findings:
        """The partners that answer the question; nobody else waits for a search that takes long."""
        finder = self.generation.finder
        quick = len(question) <= SHORT and len(self.content.partners) <= FEW
        with self.measures.timed(Step.FIND):
            if quick and not finder.remote:
                return finder.find(question, limit, unfinished)
            return await asyncio.to_thread(finder.find, question, limit, unfinished)


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
    measures: Measures = field(default_factory=Measures)
    look: Look | None = None
    """Looks at the chat's side of ``diagnose``, where a chat is running."""
    desk: Path | None = None
    """The folder for what admins have begun and not yet confirmed, where there is one."""
    _running: threading.Lock = field(default_factory=threading.Lock)
    _since: float = 0.0

    _unreadable: str | None = None

    async def reindex(
        self, progress: Progress = nobody_told, asking: Progress = nobody_told
    ) -> ReindexReport:
        """Check, build, ask the expected questions, and switch; questions are answered meanwhile.

        Raises:
            AlreadyRunningError: one reindex at a time.
        """
        before = self.knowledge.generation
        return await self._alone(
            lambda: rebuilt(self.content_folder, self.library, before, progress, asking)
        )

    async def undo(self) -> ReindexReport:
        """Go back to the generation before the one in use; the content folder stays as it is.

        Raises:
            AlreadyRunningError: not while a reindex is running.
        """
        before = self.knowledge.generation
        return await self._alone(lambda: went_back(self.library, before))

    async def catch_up(self) -> bool:
        """Answer from the generation that another process has switched to, if one has."""
        name = await asyncio.to_thread(self.library.current_name)
        in_use = self.knowledge.generation.name
        if name in (None, in_use, self._unreadable) or self._running.locked():
            return False
        generation = await asyncio.to_thread(self.library.current_in_passing)
        if generation is None or generation.name != await asyncio.to_thread(
            self.library.current_name
        ):
            # What cannot be opened is tried once; what was switched to meanwhile comes next time.
            self._unreadable = name
            return False
        await self._use(generation)
        return True

    async def _alone(self, work: Callable[[], Rebuilt]) -> ReindexReport:
        if not self._running.acquire(blocking=False):
            raise AlreadyRunningError(self._since)
        self._since = time.time()
        try:
            report, generation = await asyncio.to_thread(work)
            if generation:
                await self._use(generation)
            return report
        finally:
            self._running.release()

    async def _use(self, generation: Generation) -> None:
        # The generation before is not closed: questions in flight still read it.
        self.knowledge, self.texts, self.dialogue = await asyncio.to_thread(
            in_passing, lambda: _talking(generation, self.measures)
        )


def index_folder(data: Path, content_folder: Path) -> Path:
    """Where the index of a content folder lives: each folder has its own."""
    digest = hashlib.sha256(str(content_folder.resolve()).encode()).hexdigest()[:12]
    return data / "index" / digest


def open_services(
    content_folder: Path, library: Library, progress: Progress = nobody_told
) -> Services:
    """The bot on the content as it is now: indexed first where it has changed since.

    Bad content does not replace good: what is wrong is in ``faults``, and the last good index
    answers. Content that an undo took back waits for a reindex. What a killed process was writing
    is finished first.

    Raises:
        NoContentError: the content is bad, and there is no index from before.
    """
    finish_writing(content_folder)
    current = library.current()
    faults: tuple[str, ...] = ()
    known = (current.fingerprint, library.undone()) if current else ()
    if fingerprint(content_folder) not in known:
        report, generation = rebuilt(content_folder, library, current, progress)
        current = generation or current
        faults = () if report.done else report.reasons
    if current is None:
        raise NoContentError("\n".join(faults))
    measures = Measures()
    knowledge, texts, dialogue = _talking(current, measures)
    return Services(content_folder, library, knowledge, dialogue, texts, faults, measures=measures)


def _talking(generation: Generation, measures: Measures) -> tuple[Knowledge, Texts, Dialogue]:
    knowledge = Knowledge(generation, measures)
    main = generation.translations[0].code
    texts = Texts(generation.translations, main)
    dialogue = MeasuredDialogue(measures, texts, generation.translations, knowledge)
    return knowledge, texts, dialogue
