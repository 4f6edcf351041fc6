"""Which words of a question are offered for which partner, and what the buttons can hold."""

from __future__ import annotations

import pytest
from talking import services_on

from bot.commands.misses_targets import Target, likely, target_of, topics
from bot.commands.misses_words import without_masks, words_for, words_written
from content.models import Content, Partner
from content.word_lists import not_there


def words(question: str, *partners: str) -> tuple[str, ...]:
    generation = services_on().knowledge.generation
    return words_for(generation.finder, generation.translations, question, partners)


@pytest.mark.parametrize(
    ("question", "partner", "expected"),
    [
        ("who runs the pédibus?", "amf", ("pédibus",)),
        ("Pédibus le matin ?", "amf", ("pédibus",)),
        ("PÉDIBUS !!!", "amf", ("pédibus",)),
        ("does the YMCA help?", "amf", ("YMCA",)),
        ("screens and the pédibus", "cose", ("pédibus",)),
        ("screens and the pédibus", "amf", ("screens", "pédibus")),
        ("who?", "amf", ()),
        ("a pédibus for my 3 year old", "amf", ("pédibus",)),
        ("the pédibus of Jeanne Dupontel", "cose", ("pédibus",)),
    ],
)
def test_the_words_that_a_partner_does_not_know(
    question: str, partner: str, expected: tuple[str, ...]
) -> None:
    assert words(question, partner) == expected


def test_of_a_topic_every_partner_must_know_a_word() -> None:
    assert "screens" in words("screens", "cose", "amf")
    assert words("screens", "cose") == ()


@pytest.mark.parametrize(
    ("masked", "asked"),
    [
        ("my name is [name], help with dyslexia", "my name is, help with dyslexia"),
        ("[email] pizza", "pizza"),
        ("[name]", ""),
    ],
)
def test_what_was_masked_is_not_asked(masked: str, asked: str) -> None:
    assert without_masks(masked) == asked


def test_words_written_by_hand() -> None:
    assert words_written(" tablette, « écran » ;\n\n• a  b . ,tablette") == (
        "tablette",
        "écran",
        "a b",
    )
    assert words_written(" , ;") == ()


def test_words_that_are_there_are_not_added_again() -> None:
    text = "keywords: {en: [Walking Bus]}"
    assert not_there(text, ("keywords",), "en", ["walking-bus", "new"]) == ("new",)
    assert not_there("name: {en: A}", ("keywords",), "fr", ["new"]) == ("new",)


def test_every_action_fits_a_button() -> None:
    longest = "a" * 48
    for target in (Target(longest), Target(longest, True), Target("a" * 18)):
        assert len(target.ref) <= 20
        action = f"/misses undo {'0' * 12} {target.ref} {'0' * 8} {'0' * 8}"
        assert len(action.encode()) <= 64


def test_a_reference_leads_back_to_its_partner() -> None:
    name = {"en": "A"}
    ids = ("a", "a" * 48, "b" * 19)
    content = Content(partners=tuple(Partner(id=i, name=name, summary=name) for i in ids))
    for partner_id in ids:
        assert target_of(content, Target(partner_id).ref) == Target(partner_id)
    for other in ("", "p", "p.", "p.c", "t.a", "p#", "p#00000000", "x.a", "p*a"):
        assert target_of(content, other) is None


def test_everybody_can_be_chosen_the_nearest_first() -> None:
    services = services_on()
    partners = likely(services, "the mayors of the pédibus", "en")
    assert partners[0] == Target("amf")
    assert {t.id for t in partners} == {p.id for p in services.knowledge.content.partners}
    assert len({t.id for t in topics(services, "pédibus", "fr")}) == len(
        {topic for p in services.knowledge.content.partners for topic in p.topics}
    )
