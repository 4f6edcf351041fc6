"""Files of a content folder replaced one by one: each whole or not at all, the old one kept."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock

HISTORY = ".history"
"""The folder of earlier files, beside ``partners/``; it is not read as content."""

PATIENCE = 30.0
"""Seconds to wait for another writer."""

_UNFINISHED = ".writing-"


class WritingError(Exception):
    """The file was not written, and why; what was there is there still."""


@contextmanager
def alone(folder: Path, patience: float = PATIENCE) -> Iterator[Path]:
    """While inside, nobody else writes to that content folder; gives the folder of earlier files.

    Raises:
        TimeoutError: another was writing all the time (an OSError, as all that disks refuse).
    """
    history = inside(folder, HISTORY)
    with FileLock(history / "writing.lock", timeout=patience):
        tidy(history)
        yield history


def inside(folder: Path, name: str) -> Path:
    """A folder of that name, made when it is not there; it must not lead elsewhere."""
    place = folder / name
    place.mkdir(parents=True, exist_ok=True)
    if not Path(os.path.realpath(place)).is_relative_to(os.path.realpath(folder)):
        raise WritingError(f"{place} leads out of the content folder")
    return place


def ordinary(target: Path) -> Path:
    """The path, unless something stands there that is no plain file."""
    if target.is_symlink() or (target.exists() and not target.is_file()):
        raise WritingError(f"{target} is no ordinary file")
    return target


def replaced(target: Path, data: bytes, history: Path) -> Path | None:
    """Put a file in place, and the one before into ``history``: its path there, if there was one.

    To be called while ``alone``.
    """
    tidy(target.parent)
    old = target.read_bytes() if target.exists() else None
    if old == data:
        return None
    kept = None
    if old is not None:
        history.mkdir(parents=True, exist_ok=True)
        tidy(history)
        kept = history / f"{datetime.now(UTC):%Y-%m-%dT%H%M%S.%f}Z.yaml"
        put(kept, old)
    put(target, data)
    return kept


def tidy(folder: Path) -> None:
    """Take away what a writer left that was killed; to be called while ``alone``."""
    for left in folder.glob(f"{_UNFINISHED}*"):
        left.unlink(missing_ok=True)


def put(target: Path, data: bytes) -> None:
    """Put a file there, safely on the disk before it takes the name."""
    handle, name = tempfile.mkstemp(prefix=_UNFINISHED, dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(handle)
        Path(name).chmod(target.stat().st_mode & 0o777 if target.exists() else _usual_mode())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _usual_mode() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return 0o666 & ~mask


def _sync_folder(folder: Path) -> None:
    with suppress(OSError):  # not every system can
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
