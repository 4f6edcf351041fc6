"""Each test is run where it finds the server it shares, and the longest are begun first."""

from __future__ import annotations

from pathlib import Path

import pytest
from workers import APART, LONGEST, ON_THREE_NODES, ONE_NODE, THREE_NODES, place_of, unit_of


@pytest.mark.parametrize(
    ("test", "unit"),
    [
        ("test_words.py::test_a[b.py::c]", "test_words"),
        ("test_library.py::test_a[folder]", "test_library"),
        ("test_library.py::test_a[opensearch]", ONE_NODE),
        ("test_opensearch_lock.py::test_a", ONE_NODE),
        ("test_replicas.py::test_a", THREE_NODES),
        ("test_writing.py::test_a[b]", "test_writing::test_a[b]"),
    ],
)
def test_what_is_run_together(test: str, unit: str) -> None:
    assert unit_of(f"tests/{test}") == unit


def test_the_longest_come_first() -> None:
    units = ["test_words", "test_health", ONE_NODE, "test_writing::test_a"]
    assert sorted(units, key=place_of) == units[:0:-1] + units[:1]


def test_every_file_that_is_named_is_there() -> None:
    there = {path.stem for path in Path(__file__).parent.glob("test_*.py")}
    assert {*ON_THREE_NODES, *APART, *LONGEST} - {ONE_NODE, THREE_NODES} <= there
