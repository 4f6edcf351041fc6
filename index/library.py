"""Generations of an index: built beside, verified, switched in one step, rolled back.

The file ``current`` names the generation in use (``index/generation.py``); replacing it is the
switch. Whoever opened a generation goes on reading it, so nobody ever sees half an index.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock

from content.models import Content
from content.translations import Translation
from index.engine import EngineError, EngineFactory
from index.generation import (
    Generation,
    Progress,
    open_generation,
    read_manifest,
    write_generation,
)
from index.letting_go import in_passing

__all__ = ["Generation", "Library", "Progress", "VerificationError"]

KEPT = 2
"""Generations kept: the one in use and the one before it; and the one an undo goes back to."""

UNDONE = "undone"
"""The file that names the content which an undo took back."""


class VerificationError(Exception):
    """The index that was built does not hold what it should; the one in use stays."""


class Library:
    """The generations in one folder, shared by processes."""

    def __init__(self, folder: Path, factory: EngineFactory) -> None:
        self._folder, self._factory = folder, factory

    def elsewhere(self, folder: Path) -> "Library":
        """Generations of the same engine in another folder, to try something out."""
        return Library(folder, self._factory)

    def current(self) -> Generation | None:
        """Open the generation in use; None when there is none, or none that can be read."""
        name = self.current_name()
        while name is not None:
            for candidate in self._up_to(name):
                try:
                    return self._open(candidate)
                except (EngineError, OSError, ValueError, KeyError):
                    continue  # broken, half deleted or of another format: the one before will do
            # Others may have switched, and tidied, since the name was read.
            before, name = name, self.current_name()
            if name == before:
                break
        return None

    def current_in_passing(self) -> Generation | None:
        """As ``current``, for a process that answers meanwhile: it never waits for long."""
        return in_passing(self.current)

    def current_name(self) -> str | None:
        """The name of the generation in use, without opening it."""
        try:
            # What is no name at all leads to no generation; it must not lead to an error.
            name = (self._folder / "current").read_text(encoding="utf-8", errors="replace")
            return name.strip() or None
        except FileNotFoundError:
            return None

    def build(
        self,
        content: Content,
        translations: Sequence[Translation],
        fingerprint: str,
        progress: Progress = lambda _done, _all: None,
        before_switch: Callable[[Generation], None] = lambda _built: None,
    ) -> Generation:
        """Build a generation beside the one in use, verify it, switch to it and open it.

        ``before_switch`` is given the new one while the old one is still in use; what it raises
        keeps the old one there.

        Raises:
            VerificationError: what was built is not what should be; nothing was switched.
        """
        # Whoosh unpickles what lies here: nobody else may write to it.
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with FileLock(self._folder / "building.lock"):
            name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
            beside = Path(tempfile.mkdtemp(prefix="building-", dir=self._folder))
            try:
                write_generation(
                    beside, self._factory, content, translations, fingerprint, progress
                )
                beside.rename(self._folder / name)
            except BaseException:
                shutil.rmtree(beside, ignore_errors=True)
                raise
            generation = self._verified(name)
            before_switch(generation)
            self._switch(name)
            (self._folder / UNDONE).unlink(missing_ok=True)
            self._tidy(name)
            return generation

    def undo(self) -> Generation:
        """Switch back to the generation before the one in use, the latest of other content.

        Raises:
            VerificationError: there is no generation before it.
        """
        # The folder may not be there yet, and a lock needs one.
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with FileLock(self._folder / "building.lock"):
            name = self.current_name() or ""
            before = self._before(name)
            if before is None:
                raise VerificationError("there is no generation before this one to go back to")
            generation = self._verified(before)
            (self._folder / UNDONE).write_text(self.fingerprint(name) or "", encoding="utf-8")
            self._switch(before)
            shutil.rmtree(self._folder / name, ignore_errors=True)
            return generation

    def undone(self) -> str | None:
        """The fingerprint of the content that an undo took back, until the next build."""
        try:
            return (self._folder / UNDONE).read_text(encoding="utf-8") or None
        except FileNotFoundError:
            return None

    def fingerprint(self, name: str | None = None) -> str | None:
        """The fingerprint of a generation's content, by default of the one in use, unopened."""
        name = name or self.current_name() or "none"
        try:
            return str(read_manifest(self._folder / name)["fingerprint"])
        except (KeyError, OSError, TypeError, ValueError):
            return None

    def _open(self, name: str) -> Generation:
        return open_generation(self._folder / name, self._factory)

    def _verified(self, name: str) -> Generation:
        generation = self._open(name)
        indexed, wanted = generation.finder.count(), len(generation.content.partners)
        if indexed != wanted:
            raise VerificationError(f"the new index has {indexed} partners instead of {wanted}")
        return generation

    def _switch(self, name: str) -> None:
        pointer = self._folder / "current"
        beside = pointer.with_suffix(".next")
        with beside.open("w", encoding="utf-8") as file:
            file.write(name + "\n")
            file.flush()
            os.fsync(file.fileno())
        beside.replace(pointer)

    def _up_to(self, newest: str) -> list[str]:
        """That generation, then the older ones; newer ones were never switched to."""
        names = (path.parent.name for path in self._folder.glob("*/manifest.json"))
        return sorted((n for n in names if n <= newest and n[0].isdigit()), reverse=True)

    def _before(self, name: str) -> str | None:
        """What an undo of that generation goes back to: the latest made from other content."""
        older = [n for n in self._up_to(name) if n != name]
        content = self.fingerprint(name) if name else None
        others = [n for n in older if self.fingerprint(n) != content]
        return next(iter(others or older), None)

    def _tidy(self, current: str) -> None:
        # A reindex without changes must not push out what an undo would go back to.
        keep = {*self._up_to(current)[:KEPT], self._before(current)}
        for path in self._folder.iterdir():
            if path.is_dir() and path.name not in keep:
                shutil.rmtree(path, ignore_errors=True)
