"""Generations in a folder: what is broken there, and what is left behind."""

import shutil
from pathlib import Path

import pytest
from searching import ids, library, partner, small_generation

COSE = partner("cose", "Screens", "Dangers of screens for toddlers")
OVEO = partner("oveo", "Against smacking", "Violence used every day in families")


def test_two_generations_are_kept(tmp_path: Path) -> None:
    for _ in range(4):
        small_generation(tmp_path, [COSE])
    assert len([p for p in tmp_path.iterdir() if p.is_dir()]) == 2


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
