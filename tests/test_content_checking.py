"""Every rule of good content: what breaks it, where that is told, and that good content does not."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.checking import RULES, check
from content.folding import bare, fold
from content.problems import Severity

FILES = {
    "partners/cose.yaml": """\
name: {en: Collective on Screens, fr: Collectif écrans}
aliases: [CoSE]
website: https://cose.example
summary: {en: Screens., fr: Écrans.}
topics: [screens]
keywords: {en: [tablet], fr: [tablette]}
questions: {en: [too much telly]}
""",
    "partners/red-cross.yaml": """\
name: {en: Red Cross, fr: Croix-Rouge}
website: https://red.example
summary: {en: Helps., fr: Aide.}
topics: [health, screens]
keywords: {en: [ill, wounded]}
questions: {en: [who helps?]}
""",
    "topics.yaml": """\
- {id: screens, label: {en: Screens, fr: Écrans}}
- {id: health, label: {en: Health, fr: Santé}}
""",
    "vocabulary.yaml": """\
- {en: [tablet, telly], fr: [tablette]}
""",
}
"""A small folder that keeps every rule."""

COSE, RED, TOPICS, WORDS = FILES


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The good folder, in the current directory."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content" / "partners").mkdir(parents=True)
    write(Path("content"), FILES)
    return Path("content")


def write(folder: Path, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")


def change(folder: Path, name: str, old: str, new: str) -> None:
    assert old in FILES[name]
    write(folder, {name: FILES[name].replace(old, new)})


def told(folder: Path) -> list[str]:
    return [str(problem) for problem in check(folder).problems]


ERRORS = {
    "same name": (RED, "Croix-Rouge", "COLLECTIF ÉCRANS", "1:27", f"of cose (content/{COSE}:1)"),
    "accents": (RED, "Croix-Rouge", "Collectif-ecrans", "1:27", "also a name of cose"),
    "name and alias": (RED, "website", "aliases: [Co.S.E.,cose]\nwebsite", "2:18", "(content/"),
    "same question": (RED, "who helps?", "Too much telly!", "6:17", "also a question of cose"),
    "unknown topic": (RED, "[health, screens]", "[health, screen]", "4:18", "(did you mean screens?)"),
    "group of names": (WORDS, "[tablette]", "[cose, Croix Rouge]", "1:3", f"(content/{COSE})"),
    "names but for a word": (RED, "Red Cross", "Collective of Screens", "", ""),
    "group of all keywords": (WORDS, "telly", "ill, wounded", "1:3", "all keywords of red-cross"),
}
WARNINGS = {
    "same keywords": (RED, "{en: [ill, wounded]}", "{en: [Tablet, tablette]}", "5:1", "of cose"),
    "same website": (RED, "https://red.example", "http://www.cose.example/", "2:10", "cose has"),
    "language missing": (RED, "summary: {en: Helps., fr: Aide.}", "summary: {en: H.}", "3:1", "in fr"),
    "role without language": (
        RED,
        "topics:",
        "people:\n  - name: Ann\n    role: {en: Chair}\ntopics:",
        "6:5",
        "people.1.role is not given in fr",
    ),
    "not yet verified": (RED, "topics:", "verified_on: 2999-01-01\ntopics:", "4:14", "yet to come"),
    "no topic": (COSE, "topics: [screens]\n", "", "1:1", "add topics: […]"),
    "topic without partner": (RED, "[health, screens]", "[screens]", "", ""),
    "topic without label": (TOPICS, "{en: Health, fr: Santé}", "{en: H}", "2:16", "label in fr"),
    "labels alike": (TOPICS, "Santé", "écrans", "2:39", "also the label of screens"),
    "lonely word": (WORDS, "{en: [tablet, telly], fr: [tablette]}", "[Tablet, tablet.]", "", ""),
    "word twice": (WORDS, "telly", "Tablet", "1:16", '"Tablet" is twice'),
}


@pytest.mark.parametrize(
    ("name", "severity"),
    [(name, Severity.ERROR) for name in ERRORS] + [(name, Severity.WARNING) for name in WARNINGS],
)
def test_a_broken_rule_is_told_where_it_is_broken(
    folder: Path, name: str, severity: Severity
) -> None:
    file, old, new, place, message = (ERRORS | WARNINGS)[name]
    if not place:
        pytest.skip("has a test of its own")
    change(folder, file, old, new)
    loaded = check(folder)
    (problem,) = loaded.problems
    mild = "warning: " if severity is Severity.WARNING else ""
    assert str(problem).startswith(f"content/{file}:{place}: {mild}")
    assert message in problem.message
    assert problem.severity is severity
    assert (loaded.content is None) == (severity is Severity.ERROR)
