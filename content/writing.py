"""Writes partner files: whole or not at all, one writer at a time, and nothing lost."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from content.files import SIZE_LIMIT
from content.ids import good_id
from content.replacing import HISTORY, WritingError, alone, inside, ordinary, put, replaced

__all__ = ["HISTORY", "WritingError", "good_id", "write_partner", "write_schema"]


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
    target = ordinary(inside(folder, "partners") / f"{partner_id}.yaml")
    try:
        with alone(folder) as history:
            return replaced(target, data, history / partner_id)
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
        put(target, (json.dumps(schema, indent=2) + "\n").encode())
    except OSError as error:
        raise WritingError(f"{target} cannot be written: {error.strerror or error}") from error
