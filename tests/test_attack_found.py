"""What the fuzzers of ``fuzz/`` have found once, they do not find again."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

FUZZ = Path(__file__).resolve().parent.parent / "fuzz"
TARGETS = sorted(path.stem for path in FUZZ.glob("fuzz_*.py"))
FOUND = sorted(path for path in (FUZZ / "found").glob("*/*") if path.is_file())


@pytest.fixture(autouse=True)
def on_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(FUZZ))


def target(name: str) -> Any:
    return sys.modules.get(name) or importlib.import_module(name)


def some(seeds: list[bytes]) -> Iterator[bytes]:
    """A few of the seeds, whole, cut, and turned upside down."""
    for seed in seeds[:: max(1, len(seeds) // 2)]:
        yield from (seed, seed[: len(seed) // 2], seed[::-1])


@pytest.mark.parametrize("name", TARGETS)
def test_the_seeds_do_no_harm(name: str) -> None:
    module = target(name)
    for data in (b"", *some(module.seeds())):
        module.one(data)


@pytest.mark.parametrize("path", FOUND, ids=lambda path: f"{path.parent.name}-{path.name[:20]}")
def test_found_before(path: Path) -> None:
    target(f"fuzz_{path.parent.name}").one(path.read_bytes())
