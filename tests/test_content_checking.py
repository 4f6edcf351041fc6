"""Every rule of good content: what breaks it, where that is told, and what keeps it."""

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
    "name and alias": (RED, "website", "aliases: [RC, Co.S.E.]\nwebsite", "2:15", "(content/"),
    "same question": (RED, "who helps?", "Too much telly!", "6:18", "also a question of cose"),
    "unknown topic": (
        RED,
        "[health, screens]",
        "[health, screen]",
        "4:18",
        "(did you mean screens?)",
    ),
    "group of names": (WORDS, "[tablette]", "[cose, Croix Rouge]", "1:3", f"(content/{COSE})"),
    "group of all keywords": (WORDS, "telly", "ill, wounded", "1:3", "all keywords of red-cross"),
}
WARNINGS = {
    "same keywords": (RED, "{en: [ill, wounded]}", "{en: [Tablet, tablette]}", "5:1", "of cose"),
    "same website": (RED, "https://red.example", "http://www.cose.example/", "2:10", "cose has"),
    "language missing": (
        RED,
        "summary: {en: Helps., fr: Aide.}",
        "summary: {en: H.}",
        "3:1",
        "in fr",
    ),
    "role without language": (
        RED,
        "topics:",
        "people:\n  - name: Ann\n    role: {en: Chair}\ntopics:",
        "6:5",
        "people.1.role is not given in fr",
    ),
    "not yet verified": (RED, "topics:", "verified_on: 2999-01-01\ntopics:", "4:14", "yet to come"),
    "no topic": (COSE, "topics: [screens]\n", "", "1:1", "add topics: […]"),
    "topic without partner": (
        TOPICS,
        "\n- {id: h",
        "\n- {id: x, label: {en: X, fr: Y}}\n- {id: h",
        "2:3",
        "no partner has the topic x",
    ),
    "topic without label": (TOPICS, "{en: Health, fr: Santé}", "{en: H}", "2:16", "label in fr"),
    "labels alike": (TOPICS, "Santé", "écrans", "2:40", "also the label of screens"),
    "lonely word": (
        WORDS,
        "[tablet, telly], fr: [tablette]",
        "[tablet], fr: [Tablet]",
        "1:3",
        "fewer",
    ),
    "word twice": (WORDS, "telly", "Tablet", "1:17", '"Tablet" is twice'),
}


@pytest.mark.parametrize(
    ("name", "severity"),
    [(name, Severity.ERROR) for name in ERRORS] + [(name, Severity.WARNING) for name in WARNINGS],
)
def test_a_broken_rule_is_told_where_it_is_broken(
    folder: Path, name: str, severity: Severity
) -> None:
    file, old, new, place, message = (ERRORS | WARNINGS)[name]
    change(folder, file, old, new)
    loaded = check(folder)
    (problem,) = loaded.problems
    mild = "warning: " if severity is Severity.WARNING else ""
    assert str(problem).startswith(f"content/{file}:{place}: {mild}")
    assert message in problem.message
    assert problem.severity is severity
    assert (loaded.content is None) == (severity is Severity.ERROR)


def test_the_small_folder_and_the_shipped_content_are_good(folder: Path) -> None:
    assert told(folder) == []
    shipped = Path(__file__).parents[1] / "content"
    assert [str(problem) for problem in check(shipped).problems] == []


def test_a_rule_stands_in_the_list_once_and_is_a_promise() -> None:
    assert len({rule.__name__ for rule in RULES}) == len(RULES)
    assert all(rule.__doc__ for rule in RULES)


def test_a_group_that_leaves_no_difference_between_two_names_is_told(folder: Path) -> None:
    change(folder, RED, "Red Cross", "Society for Screens")
    change(folder, COSE, "Collective on Screens", "Society Against Screens")
    assert told(folder) == []
    write(folder, {WORDS: "- [for, against]\n"})
    (problem,) = told(folder)
    assert problem.startswith("content/vocabulary.yaml:1:3: this group makes ")
    assert '"Society Against Screens" (content/partners/cose.yaml)' in problem
    assert '"Society for Screens" (content/partners/red-cross.yaml)' in problem


def test_a_group_with_names_of_one_partner_is_good(folder: Path) -> None:
    write(folder, {WORDS: "- [CoSE, Collectif écrans]\n"})
    assert told(folder) == []


def test_a_group_that_leaves_no_difference_between_all_keywords_is_told(folder: Path) -> None:
    change(folder, RED, "[ill, wounded]", "[telly, TABLETTE]")
    write(folder, {WORDS: "- [tablet, telly]\n"})
    (problem,) = told(folder)
    assert "all keywords of cose (content/partners/cose.yaml) and all keywords of red" in problem


def test_rules_are_looked_at_even_when_a_file_is_broken(folder: Path) -> None:
    write(folder, {"partners/broken.yaml": "name: {en: [}\n"})
    change(folder, RED, "Croix-Rouge", "CoSE")
    change(folder, TOPICS, "health", "nobody")
    change(folder, WORDS, "telly", "CoSE, Red Cross")
    places = [problem.split(": ")[0] for problem in told(folder)]
    assert places == [
        "content/partners/broken.yaml:1:13",
        "content/partners/red-cross.yaml:1:27",
        "content/partners/red-cross.yaml:4:10",  # health is no topic any more, for sure;
        "content/vocabulary.yaml:1:3",  # nobody may be that of the broken file.
    ]


def test_no_topic_is_called_unknown_when_the_topics_cannot_be_read(folder: Path) -> None:
    write(folder, {TOPICS: "- {id: [}\n"})
    (problem,) = told(folder)
    assert problem.startswith("content/topics.yaml:1:9: ")


def test_topics_without_a_file_of_topics_are_only_warned_of(folder: Path) -> None:
    (folder / TOPICS).unlink()
    loaded = check(folder)
    assert [str(problem) for problem in loaded.problems] == [
        "content/partners/cose.yaml:5:1: warning: there is no topics.yaml, so no topic has a "
        "label: add the file"
    ]
    assert loaded.content is not None


FOLDED = {
    "Défenseur des Droits": "defenseur des droits",
    "L’ŒUVRE": "l'oeuvre",
    "ﬁn Ægir": "fin aegir",
    "İstanbul STRASSE Straße": "istanbul strasse strasse",
    "e\u0301cole": "ecole",
    "co\u00adopérer": "cooperer",
    "Ελλάδα ЙОД": "ελλαδα иод",
    "हिन्दी": "हिन्दी",
}


@pytest.mark.parametrize("text", FOLDED)
def test_folding_leaves_what_people_mean(text: str) -> None:
    assert fold(text) == FOLDED[text]


def test_what_looks_the_same_is_the_same_bare() -> None:
    assert bare(" L’École—des  Parents (EPE) ") == bare("l'ecole des parents, epe") != bare("")


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
