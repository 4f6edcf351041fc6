"""Generations: built beside, verified, switched in one step, rolled back, never half."""

import itertools
import pickle
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from opensearch_cluster import a_place
from searching import built, ids, library, partner

from index.engine import EngineError
from index.library import Library, VerificationError
from index.opensearch_library import OpenSearchLibrary

COSE = partner("cose", "Screens", "Dangers of screens for toddlers")
OVEO = partner("oveo", "Against smacking", "Violence used every day in families")

Shelves = Callable[[], Library]
"""Each call gives what one more process sees: of a folder, or of a cluster from its own machine."""


@pytest.fixture(params=["folder", "opensearch"])
def shelves(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shelves]:
    if request.param == "folder":
        yield lambda: library(tmp_path)
        return
    machines = itertools.count()
    with a_place() as place:
        yield lambda: OpenSearchLibrary(tmp_path / f"machine-{next(machines)}", place)


def test_nothing_built_nothing_open(shelves: Shelves) -> None:
    assert shelves().current() is None
    assert shelves().current_name() is None
    assert shelves().fingerprint() is None
    assert shelves().undone() is None


def test_what_was_built_is_opened_again(shelves: Shelves) -> None:
    made = built(shelves(), [COSE, OVEO], fingerprint="abc")
    opened = shelves().current()
    assert opened is not None
    assert (opened.name, opened.fingerprint) == (made.name, "abc")
    assert shelves().fingerprint() == "abc"
    assert opened.content == made.content
    assert ids(opened.finder, "smacking") == ["oveo"]
    assert opened.translations == made.translations


def test_progress_is_told_up_to_the_end(shelves: Shelves) -> None:
    told: list[tuple[int, int]] = []
    shelf, first = shelves(), built(shelves(), [COSE, OVEO])
    shelf.build(first.content, first.translations, "", lambda *how_far: told.append(how_far))
    assert told[-1] == (2, 2)
    assert told == sorted(told)


def test_the_old_generation_answers_until_the_switch_and_after(shelves: Shelves) -> None:
    shelf = shelves()
    old = built(shelf, [COSE])
    new = built(shelf, [OVEO])
    assert ids(old.finder, "screens") == ["cose"]
    assert ids(new.finder, "screens") == []


def test_the_old_one_is_in_use_until_what_is_asked_before_the_switch(shelves: Shelves) -> None:
    shelf = shelves()
    old, seen = built(shelf, [COSE]), list[str | None]()
    shelf.build(
        old.content, old.translations, "", before_switch=lambda _: seen.append(shelf.current_name())
    )
    assert seen == [old.name]
    assert shelf.current_name() != old.name


def test_undo_goes_back_one_generation(shelves: Shelves) -> None:
    built(shelves(), [COSE], fingerprint="screens")
    built(shelves(), [OVEO], fingerprint="smacking")
    back = shelves().undo()
    assert ids(back.finder, "screens") == ["cose"]
    current = shelves().current()
    assert current is not None
    assert current.name == back.name
    assert shelves().undone() == "smacking"
    built(shelves(), [OVEO], fingerprint="smacking")
    assert shelves().undone() is None


def test_without_a_generation_before_there_is_no_undo(shelves: Shelves) -> None:
    built(shelves(), [COSE])
    with pytest.raises(VerificationError, match="no generation before"):
        shelves().undo()


def test_a_reindex_without_changes_does_not_push_out_what_an_undo_goes_back_to(
    shelves: Shelves,
) -> None:
    shelf = shelves()
    built(shelf, [COSE], fingerprint="screens")
    for _ in range(3):
        built(shelf, [OVEO], fingerprint="smacking")
    assert ids(shelf.undo().finder, "screens") == ["cose"]


def test_an_index_with_partners_missing_is_never_switched_to(
    shelves: Shelves, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = built(shelves(), [COSE, OVEO])
    monkeypatch.setattr("index.finder.Finder.count", lambda _self: 1)
    with pytest.raises(VerificationError, match="1 partners instead of 2"):
        built(shelves(), [COSE, OVEO])
    assert shelves().current_name() == old.name


def test_builders_take_turns_and_readers_see_whole_generations(shelves: Shelves) -> None:
    built(shelves(), [COSE, OVEO])
    seen: list[int] = []
    stop = threading.Event()

    def read(shelf: Library) -> None:
        while not stop.is_set():
            generation = shelf.current()
            assert generation is not None
            seen.append(generation.finder.count())
            generation.close()

    reader = threading.Thread(target=read, args=(shelves(),))
    reader.start()
    builders = [threading.Thread(target=built, args=(shelves(), [COSE, OVEO])) for _ in range(4)]
    for builder in builders:
        builder.start()
    for builder in builders:
        builder.join()
    stop.set()
    reader.join()
    assert set(seen) == {2}


def test_a_library_goes_to_another_process(shelves: Shelves) -> None:
    shelf = shelves()
    made = built(shelf, [COSE])
    copy: Library = pickle.loads(pickle.dumps(shelf))  # noqa: S301
    assert copy.current_name() == made.name


def test_a_build_that_fails_leaves_the_old_one_in_use(shelves: Shelves) -> None:
    shelf = shelves()
    old = built(shelf, [COSE])

    def refuse(*_: object) -> None:
        raise EngineError("no")

    with pytest.raises(EngineError, match="no"):
        shelf.build(old.content, old.translations, "", progress=refuse)
    assert shelf.current_name() == old.name
    assert built(shelf, [OVEO]).name == shelf.current_name()
