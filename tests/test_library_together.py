"""Machines that build at the same time: one does it, the others take what it has built."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from searching import built, library, partner

COSE = partner("cose", "Screens", "Dangers of screens for toddlers")


@pytest.mark.parametrize(("fingerprint", "is_taken"), [("same", True), ("other", False)])
def test_who_waited_for_a_build_of_the_same_content_takes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fingerprint: str, is_taken: bool
) -> None:
    here, there = library(tmp_path), library(tmp_path)
    alone, theirs = here._alone, list[str]()

    @contextmanager
    def waited() -> Iterator[None]:
        theirs.append(built(there, [COSE], fingerprint="same").name)
        with alone():
            yield

    monkeypatch.setattr(here, "_alone", waited)
    mine = built(here, [COSE], fingerprint=fingerprint)
    assert (mine.name in theirs) is is_taken
    assert mine.name == there.current_name()


def test_a_reindex_without_changes_builds_all_the_same(tmp_path: Path) -> None:
    shelf = library(tmp_path)
    first, second = (built(shelf, [COSE], fingerprint="same") for _ in range(2))
    assert first.name != second.name
