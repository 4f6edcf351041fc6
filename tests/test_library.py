"""Generations: built beside, verified, switched in one step, rolled back, never half."""

import shutil
import threading
from pathlib import Path

import pytest
from searching import ids, library, partner, small_generation

from index.library import Library, VerificationError

COSE = partner("cose", "Screens", "Dangers of screens for toddlers")
OVEO = partner("oveo", "Against smacking", "Violence used every day in families")


def test_nothing_built_nothing_open(tmp_path: Path) -> None:
    assert library(tmp_path).current() is None
    assert library(tmp_path).current_name() is None


def test_what_was_built_is_opened_again(tmp_path: Path) -> None:
    built = small_generation(tmp_path, [COSE, OVEO], fingerprint="abc")
    opened = library(tmp_path).current()
    assert opened is not None
    assert (opened.name, opened.fingerprint) == (built.name, "abc")
    assert opened.content == built.content
    assert ids(opened.finder, "smacking") == ["oveo"]
    assert opened.translations == built.translations


def test_the_old_generation_answers_until_the_switch_and_after(tmp_path: Path) -> None:
    old = small_generation(tmp_path, [COSE])
    new = small_generation(tmp_path, [OVEO])
    assert ids(old.finder, "screens") == ["cose"]
    assert ids(new.finder, "screens") == []


def test_undo_goes_back_one_generation(tmp_path: Path) -> None:
    small_generation(tmp_path, [COSE])
    small_generation(tmp_path, [OVEO])
    undone = library(tmp_path).undo()
    assert ids(undone.finder, "screens") == ["cose"]
    current = library(tmp_path).current()
    assert current is not None
    assert current.name == undone.name


def test_without_a_generation_before_there_is_no_undo(tmp_path: Path) -> None:
    small_generation(tmp_path, [COSE])
    with pytest.raises(VerificationError, match="no generation before"):
        library(tmp_path).undo()


def test_two_generations_are_kept(tmp_path: Path) -> None:
    for _ in range(4):
        small_generation(tmp_path, [COSE])
    assert len([p for p in tmp_path.iterdir() if p.is_dir()]) == 2


def test_an_index_with_partners_missing_is_never_switched_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = small_generation(tmp_path, [COSE, OVEO])
    monkeypatch.setattr("index.finder.Finder.count", lambda _self: 1)
    with pytest.raises(VerificationError, match="1 partners instead of 2"):
        small_generation(tmp_path, [COSE, OVEO])
    assert library(tmp_path).current_name() == old.name


def test_a_broken_generation_gives_way_to_the_one_before(tmp_path: Path) -> None:
    small_generation(tmp_path, [COSE])
    broken = small_generation(tmp_path, [OVEO])
    shutil.rmtree(tmp_path / broken.name / "index")
    opened = library(tmp_path).current()
    assert opened is not None
    assert ids(opened.finder, "screens") == ["cose"]


@pytest.mark.parametrize(
    "name",
    [
        "manifest.json",
        "content.json",
        "own.json",
        "translations.json",
        *(f"words/words.{part}" for part in ("words", "counts", "alike", "keys")),
        *(f"index/{part}" for part in ("ids.json", "terms.words", "postings.weights")),
    ],
)
def test_a_file_cut_short_is_no_generation(tmp_path: Path, name: str) -> None:
    built = small_generation(tmp_path, [COSE])
    path = tmp_path / built.name / name
    path.write_bytes(path.read_bytes()[:-1][:20])
    assert library(tmp_path).current() is None


def test_a_build_that_was_killed_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "building-dead").mkdir()
    (tmp_path / "building-dead" / "manifest.json").write_text("{}")
    small_generation(tmp_path, [COSE])
    assert not (tmp_path / "building-dead").exists()


def test_builders_take_turns_and_readers_see_whole_generations(tmp_path: Path) -> None:
    small_generation(tmp_path, [COSE, OVEO])
    seen: list[int] = []
    stop = threading.Event()

    def read(shelf: Library) -> None:
        while not stop.is_set():
            generation = shelf.current()
            assert generation is not None
            seen.append(generation.finder.count())
            generation.close()

    reader = threading.Thread(target=read, args=(library(tmp_path),))
    reader.start()
    builders = [
        threading.Thread(target=small_generation, args=(tmp_path, [COSE, OVEO])) for _ in range(4)
    ]
    for builder in builders:
        builder.start()
    for builder in builders:
        builder.join()
    stop.set()
    reader.join()
    assert set(seen) == {2}
