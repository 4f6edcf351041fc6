"""The same statement for many rows, those of several changes written in one go."""

from collections import Counter
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
    adds: str = ""
    """A column with numbers: rows that are equal otherwise are written as one, with their sum."""


Change = Executable | Many
Changes = Sequence[Change]


def in_few_runs(changes: Sequence[Changes]) -> Iterator[tuple[int | None, Change]]:
    """All changes with the number of theirs, equal statements as one; theirs is then None.

    A statement of its own comes after all that stood before it.
    """
    gathered: dict[int, list[Many]] = {}
    for number, each in enumerate(changes):
        for change in each:
            if isinstance(change, Many):
                gathered.setdefault(id(change.statement), []).append(change)
                continue
            yield from ((None, _as_one(equal)) for equal in gathered.values())
            gathered.clear()
            yield number, change
    yield from ((None, _as_one(equal)) for equal in gathered.values())


def _as_one(equal: Sequence[Many]) -> Many:
    first = equal[0]
    if len(equal) == 1:
        return first
    rows = [row for change in equal for row in change.rows]
    return Many(first.statement, _added_up(rows, first.adds) if first.adds else rows, first.adds)


def _added_up(rows: Sequence[Values], column: str) -> Sequence[Values]:
    sums: Counter[tuple[tuple[str, Any], ...]] = Counter()
    for row in rows:
        sums[tuple([item for item in row.items() if item[0] != column])] += row[column]
    return [{**dict(others), column: number} for others, number in sums.items()]
