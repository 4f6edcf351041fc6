"""Words added to YAML files: the words are in, and nothing else has changed."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from content.word_lists import WordsError, plain, with_words
from content.yaml_reading import read_yaml

CONTENT = Path(__file__).parents[1] / "content"
PARTNERS = sorted((CONTENT / "partners").glob("*.yaml"))
KEYWORDS = ("keywords",)


def changed(before: str, after: str) -> list[str]:
    """The lines taken out and put in."""
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in lines if line[:2] in ("- ", "+ ")]


def values(text: str) -> object:
    return yaml.safe_load(text)


@pytest.mark.parametrize("path", PARTNERS, ids=lambda path: path.stem)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_one_line_of_a_shipped_file_changes(path: Path, language: str) -> None:
    before = path.read_text("utf-8")
    after = with_words(before, KEYWORDS, language, ["walking bus", "d’été"])
    wanted = yaml.safe_load(before)
    wanted["keywords"].setdefault(language, []).extend(["walking bus", "d’été"])
    assert values(after) == wanted
    assert len(changed(before, after)) <= 3


def test_one_line_of_the_shipped_topics_changes() -> None:
    before = (CONTENT / "topics.yaml").read_text("utf-8")
    for place, topic in enumerate(yaml.safe_load(before)):
        after = with_words(before, (place, "words"), "fr", ["pédibus"])
        assert values(after)[place]["words"]["fr"][-1] == "pédibus"  # type: ignore[index]
        assert len(changed(before, after)) <= 3, topic["id"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("name: {en: A}\n", "name: {en: A}\nkeywords: {en: [new]}\n"),
        ("name: {en: A}", "name: {en: A}\nkeywords: {en: [new]}"),
        ("keywords: {en: [a]}", "keywords: {en: [a, new]}"),
        ("keywords: {en: [a], fr: [b]}", "keywords: {en: [a, new], fr: [b]}"),
        ("keywords: {fr: [b]}", "keywords: {fr: [b], en: [new]}"),
        ("keywords: {}", "keywords: {en: [new]}"),
        ("keywords:\n", "keywords: {en: [new]}\n"),
        ("keywords:\n  en:\n  fr: [b]\n", "keywords:\n  en: [new]\n  fr: [b]\n"),
        ("keywords:\n  fr: [b]  # here\n", "keywords:\n  fr: [b]  # here\n  en: [new]\n"),
        ("keywords:\n  en: []\n", "keywords:\n  en: [new]\n"),
        ("keywords:\n  en: [a,]\n", "keywords:\n  en: [a, new,]\n"),
        (
            "keywords:\n  en: [a,  # one\n    b] # two\n",
            "keywords:\n  en: [a,  # one\n    b, new] # two\n",
        ),
        (
            "keywords:\n  en:\n    - a  # one\n  # next\n",
            "keywords:\n  en:\n    - a  # one\n    - new\n  # next\n",
        ),
        (
            "keywords:\n  en:\n  - a\n\nsource: x\n",
            "keywords:\n  en:\n  - a\n  - new\n\nsource: x\n",
        ),
        (
            "topics: [a]\n\n# expected\nquestions: {en: [q]}\nsource: x\n",
            "topics: [a]\nkeywords: {en: [new]}\n\n# expected\nquestions: {en: [q]}\nsource: x\n",
        ),
        (
            "summary:\n  en: >-\n    Long\n    text\n\n# rest\nsource: x\n",
            "summary:\n  en: >-\n    Long\n    text\nkeywords: {en: [new]}\n\n# rest\nsource: x\n",
        ),
        ("{name: {en: A}}", "{name: {en: A}, keywords: {en: [new]}}"),
        ("keywords:\r\n  en:\r\n    - a\r\n", "keywords:\r\n  en:\r\n    - a\r\n    - new\r\n"),
        ("\ufeffkeywords: {en: [a]}", "\ufeffkeywords: {en: [a, new]}"),
    ],
)
def test_whatever_the_style(before: str, after: str) -> None:
    assert with_words(before, KEYWORDS, "en", ["new"]) == after


def test_a_full_line_goes_on_below() -> None:
    full = ", ".join(["word"] * 18)
    before = f"keywords:\n  en: [{full}]\n"
    assert with_words(before, KEYWORDS, "en", ["new"]) == f"keywords:\n  en: [{full},\n    new]\n"
    before = f"keywords:\n  en: [a,\n    {full}]  # all\n"
    after = f"keywords:\n  en: [a,\n    {full},\n    new]  # all\n"
    assert with_words(before, KEYWORDS, "en", ["new"]) == after


@pytest.mark.parametrize(
    "text", ["", "[", "a: 1\na: 2", "keywords: x", "keywords: {en: x}", "- a", "a: &b [1]\nc: *b"]
)
def test_what_cannot_be_edited_is_refused(text: str) -> None:
    with pytest.raises(WordsError):
        with_words(text, KEYWORDS, "en", ["new"])


@pytest.mark.parametrize(
    "word", ["no", "1949", "a: b", "a, b", "[a", "# x", "a #b", "*a", "", '"', "2020-01-01", "~"]
)
def test_awkward_words_stay_what_they_are(word: str) -> None:
    after = with_words("keywords: {en: [a]}", KEYWORDS, "en", [word])
    node, faults = read_yaml(after)
    assert faults == []
    assert node is not None
    assert node.plain() == {"keywords": {"en": ["a", word]}}


WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn"), exclude_characters="\u2028\u2029"),
    min_size=1,
    max_size=12,
).filter(lambda w: read_yaml(plain(w))[1] == [])


@settings(max_examples=60, deadline=None)
@given(
    path=st.sampled_from(PARTNERS),
    language=st.sampled_from(["en", "fr", "de"]),
    words=st.lists(WORDS, min_size=1, max_size=4),
    cut=st.sampled_from(["", "keywords", "questions"]),
)
def test_any_words_are_added_and_nothing_else(
    path: Path, language: str, words: list[str], cut: str
) -> None:
    before = path.read_text("utf-8")
    if cut:
        lines = before.split(f"\n{cut}:")
        head, rest = lines[0], lines[1] if len(lines) > 1 else ""
        following = rest.find("\nverified_on") if cut == "questions" else rest.find("\nquestions:")
        before = head + rest[following:]
    wanted = yaml.safe_load(before)
    wanted.setdefault("keywords", {}).setdefault(language, []).extend(words)
    after = with_words(before, KEYWORDS, language, words)
    assert values(after) == wanted
    kept = [line for line in changed(before, after) if line.startswith("- ")]
    assert len(kept) <= 1
