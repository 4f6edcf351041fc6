"""Question sets and dialogue scripts: read, judged and counted right."""

from pathlib import Path

import pytest

from bot.dialogue.judging import faults, seen
from bot.dialogue.messages import Kind, Reply, Span
from bot.dialogue.scripts import ScriptError, script
from index.findings import Answer, Why
from index.quality import Outcome, Question, QuestionSetError, by, figures, question, read_set


def asked(*best: str, kind: str = "name") -> Question:
    return Question("q", "en", kind, "?", frozenset(best), frozenset(best))


OUTCOMES = (
    Outcome(asked("a"), ("a", "b")),
    Outcome(asked("a"), ("b", "a")),
    Outcome(asked("a"), ("b", "c", "d", "e", "f", "a")),
    Outcome(asked("a"), ()),
    Outcome(asked(kind="offtopic"), ()),
    Outcome(asked(kind="offtopic"), ("a",)),
)


def test_the_figures_of_a_set() -> None:
    found = figures(OUTCOMES)
    assert (found.asked, found.off_topic) == (4, 2)
    assert found.hits_at_1 == pytest.approx(1 / 4)
    assert found.mrr_at_5 == pytest.approx((1 + 1 / 2) / 4)
    assert found.rejected == pytest.approx(1 / 2)


def test_parts_without_questions_have_no_share() -> None:
    parts = by(OUTCOMES, lambda q: q.kind)
    assert parts["offtopic"].hits_at_1 is None
    assert parts["name"].rejected is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: 1", "must be a list of questions"),
        ("- 1", "must be a list of questions"),
        ("[", "cannot be read"),
    ],
)
def test_what_is_no_set_is_a_clear_error(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "set.yaml"
    path.write_text(text)
    with pytest.raises(QuestionSetError, match=says):
        read_set(path)


def test_a_question_without_best_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetError, match="q7: a question needs"):
        question({"id": "q7", "q": "who"}, tmp_path)


def reply(text: str, *ids: str, kind: Kind = Kind.ANSWERS) -> Reply:
    answers = tuple(Answer(i, 1.0, Why()) for i in ids)
    return Reply(kind, "fr", ((Span(text),),), answers)


@pytest.mark.parametrize(
    ("expected", "right"),
    [
        ({"best": ["amf", "cose"]}, True),
        ({"best": ["oveo"]}, False),
        ({"answers": ["oveo", "cose"]}, True),
        ({"answers": ["amf"]}, False),
        ({"kind": "answers"}, True),
        ({"kind": ["card", "answers"]}, True),
        ({"kind": "detail"}, False),
        ({"link": "OVEO.org"}, True),
        ({"language": "fr"}, True),
        ({"language": "en"}, False),
        ({"says": "ecrans"}, True),
        ({"not_says": "ecrans"}, False),
    ],
)
def test_each_expectation_is_judged(expected: dict[str, object], right: bool) -> None:
    got = seen(reply("Écrans : https://oveo.org", "cose", "oveo"))
    assert (faults(got, expected) == []) is right


def test_the_other_name_of_a_card() -> None:
    assert faults(seen(reply("x", kind=Kind.CARD)), {"kind": "detail"}) == []


@pytest.mark.parametrize(
    ("item", "says"),
    [
        ({"id": "d1"}, "d1: a dialogue is"),
        ({"id": "d2", "turns": [{"q": "x", "expect": {"colour": "red"}}]}, "d2: expects colour"),
        ({"id": "d3", "turns": [{"q": "x", "expect": 3}]}, "d3: a dialogue is"),
    ],
)
def test_what_is_no_script_is_a_clear_error(item: dict[str, object], says: str) -> None:
    with pytest.raises(ScriptError, match=says):
        script(item)
