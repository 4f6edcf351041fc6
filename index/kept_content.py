"""A content as a generation keeps it: a partner a line, read without keeping anybody waiting."""

import json
from pathlib import Path

from content.models import Content, Partner
from index.letting_go import by_and_by

AT_ONCE = 1024 * 1024
"""Bytes read at once. Each read lets other threads have their turn, and takes it back so soon that
they miss it: with the usual 8 KiB they wait for up to half a second (docs/performance.md)."""


def write_content(path: Path, content: Content) -> None:
    """Everything but the partners in the first line, then each partner in one."""
    with path.open("w", encoding="utf-8") as file:
        print(content.model_dump_json(exclude={"partners"}), file=file)
        for partner in content.partners:
            print(partner.model_dump_json(), file=file)


def read_content(path: Path, partners: int) -> Content:
    """A content of so many partners; no step takes long, so that other threads have their turns.

    Raises:
        ValueError: the file is not whole.
    """
    with path.open("rb", AT_ONCE) as file:
        rest = Content.model_validate({**json.loads(file.readline()), "partners": ()})
        found = tuple(by_and_by(Partner.model_validate_json(line) for line in file))
    if len(found) != partners:
        raise ValueError(f"{path} has {len(found)} partners instead of {partners}")
    return rest.model_copy(update={"partners": found})
