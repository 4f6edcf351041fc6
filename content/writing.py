"""Writes partner files: whole or not at all, one writer at a time, and nothing lost."""

import json
import os
import re
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock

from content.files import ID_LIMIT, SIZE_LIMIT

HISTORY = ".history"
"""The folder of earlier files, beside ``partners/``; it is not read as content."""

PATIENCE = 30.0
"""Seconds to wait for another writer."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_UNFINISHED = ".writing-"


class WritingError(Exception):
    """The file was not written, and why; what was there is there still."""


def write_partner(folder: Path, partner_id: str, text: str) -> Path | None:
    """Write ``partners/<id>.yaml`` in a content folder; the path where the old file is kept.

    Killed at any moment, it leaves the old file or the new one. None when there was no old file,
    or it had the same text.

    Raises:
        WritingError: the id is none, the place is outside the folder, the text is too large, or
            the disk refuses.
    """
    data = text.encode("utf-8")
    if not good_id(partner_id):
        raise WritingError(f"{partner_id[:60]!r} is no id: small letters a-z, digits, hyphens")
    if len(data) > SIZE_LIMIT:
        raise WritingError(f"the text is larger than {SIZE_LIMIT // 1024} KiB")
    partners = _inside(folder, "partners")
    target = partners / f"{partner_id}.yaml"
    if target.is_symlink() or (target.exists() and not target.is_file()):
        raise WritingError(f"{target} is no ordinary file")
    try:
        kept = _inside(folder, HISTORY) / partner_id
        kept.mkdir(parents=True, exist_ok=True)
        with FileLock(kept.parent / "writing.lock", timeout=PATIENCE):
            return _written(target, data, kept)
    except OSError as error:
        raise WritingError(f"{target} cannot be written: {error.strerror or error}") from error


def write_schema(folder: Path, schema: Mapping[str, Any]) -> None:
    """Put the schema that partner files name where they look for it, unless one is there.

    Raises:
        WritingError: the disk refuses.
    """
    target = folder / "partner.schema.json"
    if target.exists():
        return
    try:
        _replace(target, (json.dumps(schema, indent=2) + "\n").encode())
    except OSError as error:
        raise WritingError(f"{target} cannot be written: {error.strerror or error}") from error


def good_id(partner_id: str) -> bool:
    """Whether it may be a partner's file name."""
    return len(partner_id) <= ID_LIMIT and _ID.fullmatch(partner_id) is not None


def _inside(folder: Path, name: str) -> Path:
    """A folder of that name, which must not lead elsewhere."""
    place = folder / name
    place.mkdir(parents=True, exist_ok=True)
    if not Path(os.path.realpath(place)).is_relative_to(os.path.realpath(folder)):
        raise WritingError(f"{place} leads out of the content folder")
    return place


def _written(target: Path, data: bytes, history: Path) -> Path | None:
    for left in target.parent.glob(f"{_UNFINISHED}*"):
        left.unlink(missing_ok=True)  # by a writer that was killed: nobody else writes now
    old = target.read_bytes() if target.exists() else None
    if old == data:
        return None
    kept = None
    if old is not None:
        kept = history / f"{datetime.now(UTC):%Y-%m-%dT%H%M%S.%f}Z.yaml"
        _replace(kept, old)
    _replace(target, data)
    return kept


def _replace(target: Path, data: bytes) -> None:
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
