"""The directories that benchmarks are made of load, and are good content for the bot."""

from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.directories import Directory
from benchmarks.emoji_content import emoji_directory, nature_directory
from benchmarks.made_up_content import made_up_directory
from content.checking import check


def made_up() -> Directory:
    return made_up_directory(60)


@pytest.mark.parametrize("directory", [nature_directory, made_up])
def test_directories_are_good_content(tmp_path: Path, directory: Callable[[], Directory]) -> None:
    made = directory()
    made.write(tmp_path / "content")
    loaded = check(tmp_path / "content")
    assert loaded.problems == ()
    assert loaded.content is not None
    assert {partner.id for partner in loaded.content.partners} == set(made.entries)


@pytest.mark.parametrize("directory", [emoji_directory, nature_directory, made_up])
def test_questions_expect_entries_of_their_directory(directory: Callable[[], Directory]) -> None:
    made = directory()
    assert len({question.kind for question in made.questions if question.best}) >= 4
    assert any(not question.best for question in made.questions)
    for question in made.questions:
        assert question.best <= made.entries.keys(), question.text


def test_signs_are_as_many_as_the_decision_says() -> None:
    """docs/decisions/0004-other-content.md"""
    assert [len(made().entries) for made in (nature_directory, emoji_directory)] == [291, 1960]
