"""What the tests of reading content share: an empty folder, files in it, and what is told."""

from pathlib import Path

import pytest

from content.loading import Loaded, load_content
from content.models import Content

GOOD = 'name: {en: Red Cross, fr: Croix-Rouge}\nsummary: {en: Helps., fr: "Aide : tous."}\n'
NAME = "name: {en: Red Cross}\n"
SUMMARY = "summary: {en: Helps.}\n"
BOTH = NAME + SUMMARY


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty content folder in the current directory."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content" / "partners").mkdir(parents=True)
    return Path("content")


def write(folder: Path, name: str, text: str | bytes) -> None:
    """Writes a file of the folder."""
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def told(loaded: Loaded) -> list[str]:
    """The problems, as an editor reads them."""
    return [str(problem) for problem in loaded.problems]


def good(folder: Path) -> Content:
    """The content of a folder of which nothing is told."""
    loaded = load_content(folder)
    problems = told(loaded)
    assert problems == [], problems
    assert loaded.content is not None
    return loaded.content
