"""Keeping up with changes: of files in the content folder, and by other processes."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from watchfiles import Change, awatch

from bot.reindexing import ReindexReport
from bot.services import AlreadyRunningError, Services
from content.files import fingerprint
from index.engine import EngineError

OTHERS = 2.0
"""Seconds between two looks at what other processes have switched to."""

QUIET = 300
"""Milliseconds without a change before one is believed to be whole; editors write in bursts."""

LONGEST = 3_000
"""Milliseconds that a burst may last."""

ANYWAY = 60_000
"""Milliseconds until a look at the files without any notice; some file systems give none."""

GLANCE = 2_000
"""Milliseconds until a glance at whether the folder is still the same one."""

PATIENCE = 1.0
"""Seconds until the next try, where a reindex is running or the folder is gone."""

_NO_CONTENT = frozenset({".git", ".history", "__pycache__"})

log = logging.getLogger(__name__)

Tell = Callable[[ReindexReport], None]


@dataclass(frozen=True)
class Files:
    """A content folder, how it is reindexed, and the fingerprint of what is in use."""

    folder: Path
    reindex: Callable[[], Awaitable[ReindexReport]]
    in_use: Callable[[], str | None]

    async def watch(self, tell: Tell, seen: str | None = None) -> None:
        """Reindexes whenever files have changed, for ever; what was tried is not tried again.

        ``seen`` is the fingerprint of files that are known already, good or bad.
        """
        # It tells of every burst, and the report tells what came of it.
        logging.getLogger("watchfiles").setLevel(logging.WARNING)
        while True:
            seen = await self._look(tell, seen)
            try:
                async for _ in self._changes():
                    seen = await self._look(tell, seen)
            except (OSError, RuntimeError) as error:
                log.debug("the content folder cannot be watched: %s", error)
            await asyncio.sleep(PATIENCE)

    async def _changes(self) -> AsyncIterator[None]:
        """Once for each burst of changes, and now and then; ends when the folder is another."""
        # What changed while the watch was being set up is found at the first glance.
        folder, quiet = self._identity(), ANYWAY
        async for changes in awatch(
            self.folder,
            watch_filter=self._may_be_content,
            step=QUIET,
            debounce=LONGEST,
            rust_timeout=GLANCE,
            yield_on_timeout=True,
        ):
            quiet = 0 if changes else quiet + GLANCE
            if changes or quiet >= ANYWAY:
                quiet = 0
                yield
            if self._identity() != folder:
                return

    def _identity(self) -> tuple[int, int] | None:
        try:
            found = self.folder.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    async def _look(self, tell: Tell, seen: str | None) -> str:
        now = await asyncio.to_thread(fingerprint, self.folder)
        while now not in (seen, self.in_use()):
            try:
                tell(await self.reindex())
                break
            except AlreadyRunningError:
                await asyncio.sleep(PATIENCE)
        return now

    def _may_be_content(self, _change: Change, path: str) -> bool:
        # The fingerprint decides; this only spares looking.
        below = set(Path(path).parts) - set(self.folder.absolute().parts)
        return _NO_CONTENT.isdisjoint(below)


class Watching:
    """What a serving bot keeps an eye on, from its begin to its end."""

    def __init__(self, services: Services, files: bool, tell: Tell) -> None:
        self._services, self._files, self._tell = services, files, tell
        self._tasks: list[asyncio.Task[Any]] = []

    async def begin(self) -> None:
        """Begins to watch; what has been tried at the start is not tried again."""
        self._tasks.append(asyncio.create_task(follow_others(self._services)))
        if self._files:
            folder, services = self._services.content_folder, self._services
            files = Files(
                folder, services.reindex, lambda: services.knowledge.generation.fingerprint
            )
            known = await asyncio.to_thread(services.library.undone)
            seen = await asyncio.to_thread(fingerprint, folder) if services.faults else known
            self._tasks.append(asyncio.create_task(files.watch(self._tell, seen)))

    async def end(self) -> None:
        """Stops; a reindex under way ends by itself."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def follow_others(services: Services, pause: float = OTHERS) -> None:
    """Answers from what other processes have switched to, soon after they have, for ever."""
    fault = ""
    while True:
        await asyncio.sleep(pause)
        try:
            if await services.catch_up():
                generation = services.knowledge.generation
                log.info("another process has reindexed: answering from %s", generation.name)
            fault = ""
        except Exception as error:
            said = str(error) if isinstance(error, EngineError) else type(error).__name__
            if said != fault:  # once is enough, however long it lasts
                log.warning("cannot look for what other processes have indexed: %s", said)
            fault = said
            log.debug("in full", exc_info=True)
