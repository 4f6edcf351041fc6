"""Where replicas keep their things: one folder for all, or machines that share no disk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from running_bot import copied_content


@dataclass(frozen=True)
class Place:
    """The folders of a replica."""

    data: Path
    content: Path


def together(folder: Path, count: int) -> list[Place]:
    """The same for all."""
    return [_made(folder)] * count


def apart(folder: Path, count: int) -> list[Place]:
    """Each has its own, with a copy of the content."""
    return [_made(folder / f"machine-{number}") for number in range(1, count + 1)]


def _made(folder: Path) -> Place:
    data = folder / "data"
    data.mkdir(parents=True)
    return Place(data, copied_content(folder / "content"))
