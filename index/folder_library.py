"""Generations in a folder of this machine: the file ``current`` names the one in use.

Replacing that file is the switch (``index/generation.py`` says what a generation is made of).
"""

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

from content.models import Content
from content.translations import Translation
from index.engine import EngineFactory
from index.generation import (
    Generation,
    open_generation,
    read_manifest,
    write_generation,
)
from index.library import Library
from index.progress import Progress

UNDONE = "undone"
"""The file that names the content which an undo took back."""


class FolderLibrary(Library):
    """The generations in one folder, shared by processes."""

    def __init__(self, folder: Path, factory: EngineFactory) -> None:
        self._folder, self._factory = folder, factory

    def elsewhere(self, folder: Path) -> "FolderLibrary":
        return FolderLibrary(folder, self._factory)

    def current_name(self) -> str | None:
        try:
            # What is no name at all leads to no generation; it must not lead to an error.
            name = (self._folder / "current").read_text(encoding="utf-8", errors="replace")
            return name.strip() or None
        except FileNotFoundError:
            return None

    def undone(self) -> str | None:
        try:
            return (self._folder / UNDONE).read_text(encoding="utf-8") or None
        except FileNotFoundError:
            return None

    def fingerprint(self, name: str | None = None) -> str | None:
        name = name or self.current_name() or "none"
        try:
            return str(read_manifest(self._folder / name)["fingerprint"])
        except (KeyError, OSError, TypeError, ValueError):
            return None

    @contextmanager
    def _alone(self) -> Iterator[None]:
        # Whoosh unpickles what lies here: nobody else may write to it.
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with FileLock(self._folder / "building.lock"):
            yield

    def _names(self) -> Sequence[str]:
        names = (path.parent.name for path in self._folder.glob("*/manifest.json"))
        return [name for name in names if name[0].isdigit()]

    def _write(
        self,
        name: str,
        content: Content,
        translations: Sequence[Translation],
        fingerprint: str,
        progress: Progress,
    ) -> None:
        with beside(self._folder / name) as folder:
            write_generation(folder, self._factory, content, translations, fingerprint, progress)

    def _open(self, name: str) -> Generation:
        return open_generation(self._folder / name, self._factory)

    def _switch(self, name: str, undone: str | None) -> None:
        if undone is not None:
            (self._folder / UNDONE).write_text(undone, encoding="utf-8")
        point_to(self._folder, name)
        if undone is None:
            (self._folder / UNDONE).unlink(missing_ok=True)

    def _remove(self, name: str) -> None:
        shutil.rmtree(self._folder / name, ignore_errors=True)

    def _keep_only(self, names: Set[str]) -> None:
        keep_only(self._folder, names)


@contextmanager
def beside(whole: Path) -> Iterator[Path]:
    """A folder to write in, which gets its name when it is whole; half of it is thrown away."""
    written = Path(tempfile.mkdtemp(prefix="building-", dir=whole.parent))
    try:
        yield written
        written.rename(whole)
    except BaseException:
        shutil.rmtree(written, ignore_errors=True)
        raise


def point_to(folder: Path, name: str) -> None:
    """Have the file ``current`` name a generation, now or not at all."""
    pointer = folder / "current"
    following = pointer.with_suffix(".next")
    with following.open("w", encoding="utf-8") as file:
        file.write(name + "\n")
        file.flush()
        os.fsync(file.fileno())
    following.replace(pointer)


def keep_only(folder: Path, names: Set[str]) -> None:
    """Throw away all other folders."""
    for path in folder.iterdir():
        if path.is_dir() and path.name not in names:
            shutil.rmtree(path, ignore_errors=True)
