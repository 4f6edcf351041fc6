"""Writes several content files as one: only over what is known, and all of them or none.

While they are written, the file ``.history/unfinished.json`` tells which they are: whoever is
killed in the middle is finished by ``finish_writing`` at the next start.
"""

import hashlib
import json
import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from content.replacing import HISTORY, WritingError, alone, inside, ordinary, put, replaced

JOURNAL = "unfinished.json"

log = logging.getLogger(__name__)


class ChangedError(WritingError):
    """Files are not as they were when the change was thought up; nothing was written."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(f"changed meanwhile: {', '.join(names)}")
        self.names = tuple(names)


@dataclass(frozen=True, slots=True)
class FileChange:
    """What a file of the content is to hold; ``was`` is the ``state`` of what it replaces."""

    name: str
    text: str
    was: str | None


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written, and where the one before is kept, if there was one."""

    name: str
    kept: Path | None


def state(folder: Path, name: str) -> str | None:
    """A sha256 of a file's bytes; None when it is not there.

    Raises:
        OSError: it cannot be read.
    """
    try:
        return _digest((folder / name).read_bytes())
    except FileNotFoundError:
        return None


def state_of(text: str) -> str:
    """The ``state`` of a file that holds this text."""
    return _digest(text.encode())


def write_together(folder: Path, changes: Sequence[FileChange]) -> tuple[Written, ...]:
    """Write files; those that have the text already are left as they are.

    Raises:
        ChangedError: another has changed one of them since.
        WritingError: a place is outside the folder, or the disk refuses; all is as it was.
    """
    try:
        with alone(folder) as history:
            _finish(folder, history)
            wanted = [c for c in changes if state(folder, c.name) != state_of(c.text)]
            changed = [c.name for c in wanted if state(folder, c.name) != c.was]
            if changed:
                raise ChangedError(changed)
            return _written(folder, wanted, history) if wanted else ()
    except OSError as error:
        raise WritingError(f"{folder} cannot be written: {error.strerror or error}") from error


def finish_writing(folder: Path) -> tuple[str, ...]:
    """Write what a killed writer did not come to write; the names of those files.

    Where another is writing at this moment, or the disk refuses, it is left for another time.
    """
    if not (folder / HISTORY / JOURNAL).exists():
        return ()
    try:
        with alone(folder, patience=0) as history:
            return _finish(folder, history)
    except (OSError, WritingError) as error:
        log.warning("what was being written when the bot was killed is not finished: %s", error)
        return ()


def _written(folder: Path, changes: Sequence[FileChange], history: Path) -> tuple[Written, ...]:
    targets = {change.name: _target(folder, change.name) for change in changes}
    written: list[Written] = []
    put(history / JOURNAL, json.dumps([asdict(change) for change in changes]).encode())
    try:
        for name, text in ((change.name, change.text) for change in changes):
            kept = replaced(targets[name], text.encode(), history / _shelf(name))
            written.append(Written(name, kept))
    except BaseException:
        _take_back(targets, written)
        raise
    finally:
        (history / JOURNAL).unlink(missing_ok=True)
    return tuple(written)


def _take_back(targets: Mapping[str, Path], written: Sequence[Written]) -> None:
    """All as it was, where one of the files could not be written; it needs no room on the disk."""
    for one in written:
        with suppress(OSError):
            if one.kept:
                one.kept.replace(targets[one.name])
            else:
                targets[one.name].unlink(missing_ok=True)


def _finish(folder: Path, history: Path) -> tuple[str, ...]:
    journal = history / JOURNAL
    try:
        changes = [FileChange(**change) for change in json.loads(journal.read_bytes())]
    except FileNotFoundError:
        return ()
    except (ValueError, TypeError):
        changes = []  # not ours: ours is there whole or not at all
    left = [c for c in changes if state(folder, c.name) == c.was]
    for change in left:
        target = _target(folder, change.name)
        replaced(target, change.text.encode(), history / _shelf(change.name))
    journal.unlink()
    return tuple(change.name for change in left)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _target(folder: Path, name: str) -> Path:
    room, _, file = name.rpartition("/")
    return ordinary((inside(folder, room) if room else folder) / file)


def _shelf(name: str) -> str:
    """Where earlier files are kept: of a partner under its id, of others under no possible id."""
    room, _, file = name.rpartition("/")
    stem = file.removesuffix(".yaml")
    return stem if room == "partners" else f"_{room}_{stem}" if room else f"_{stem}"
