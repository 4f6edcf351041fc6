"""The same statement for many rows, those of several changes written in one go."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Executable

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Many:
    """A statement made once, with parameters, and the rows to run it for."""

    statement: Executable
    rows: Sequence[Values]


Change = Executable | Many
Changes = Sequence[Change]


def in_few_runs(changes: Sequence[Changes]) -> Iterator[tuple[int | None, Change]]:
    """All changes with the number of theirs, equal statements as one; theirs is then None.

    A statement of its own comes after all that stood before it.
    """
    gathered: dict[int, tuple[Executable, list[Values]]] = {}
    for number, each in enumerate(changes):
        for change in each:
            if isinstance(change, Many):
                gathered.setdefault(id(change.statement), (change.statement, []))[1].extend(
                    change.rows
                )
                continue
            yield from ((None, Many(*one)) for one in gathered.values())
            gathered.clear()
            yield number, change
    yield from ((None, Many(*one)) for one in gathered.values())
