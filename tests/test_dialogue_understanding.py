"""What a message wants: by its phrases alone, or, where words tell, as a question."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from talking import CONTENT

from bot.dialogue.naming import Names
from bot.dialogue.phrases import Phrases, folded_words, words_of
from bot.dialogue.understanding import Understanding
from bot.dialogue.wanted import LAST, PHRASE_KEYS, Wanted, What
from content.checking import check
from content.translations import load_translations
from index.general_language import GeneralLanguage

TRANSLATIONS = load_translations()
CONTENT_READ = check(CONTENT).content
assert CONTENT_READ
NAMES = Names(CONTENT_READ)
PHRASES = Phrases(TRANSLATIONS, GeneralLanguage(("en", "fr")), PHRASE_KEYS, NAMES.words)
UNDERSTANDING = Understanding(TRANSLATIONS, PHRASES, NAMES)


def wanted(text: str) -> Wanted:
    return UNDERSTANDING.wanted(UNDERSTANDING.read(text))


@pytest.mark.parametrize(
    ("what", "texts"),
    [
        (What.LINK, ["their website?", "whats their site", "et leur site ?", "c koi leur site",
                     "t'as le lien ?", "t as le lien", "got a link?", "c quoi l’adresse du site"]),
        (What.DETAIL, ["tell me more", "dis-m'en plus", "dis m en plus", "dis men plus",
                       "Dites-m’en plus svp", "plus de détails", "what do they do?"]),
        (What.MORE, ["more", "any others?", "d'autres ?", "dautres", "la suite", "who else?",
                     "et les autres ?", "show me more please"]),
        (What.PEOPLE, ["who runs it?", "who's in charge?", "qui le dirige ?", "c ki le chef"]),
        (What.PLACE, ["the second one", "le deuxième", "2", "le 2", "2nd", "la 2ème svp", "#3",
                      "number 2", "numéro 2", "the last one", "le dernier"]),
        (What.THANKS, ["thanks!", "thansk", "merci beaucoup", "ok merci quand même",
                       "thx so much"]),
        (What.HELLO, ["hello", "bonjou", "Salut !", "hey there", "coucou"]),
        (What.BYE, ["bye", "à bientôt", "a bientot", "see you later"]),
        (What.HELP, ["help", "aide", "what can you do?", "tu sers a quoi ?",
                     "salut, aide moi stp"]),
        (What.WHY, ["why?", "pourquoi ?", "pk"]),
        (What.LIST, ["list them all", "la liste complète svp", "who are your partners?"]),
        (What.COUNT, ["how many partners do you have", "vous avez combien de partenaires ?"]),
        (What.LANGUAGE, ["en français stp", "in english please"]),
        (What.JOKE, ["tell me a joke", "raconte-moi une blague"]),
        (What.ROBOT, ["are you a robot?", "t'es un robot ?"]),
        (What.EMPTY, ["", "   ", "?!", "\u200b"]),
        (What.OKAY, ["ok", "d'accord", "👍"]),
    ],
)  # fmt: skip
def test_phrases_are_understood_however_carelessly_typed(what: What, texts: list[str]) -> None:
    assert {text: wanted(text).what for text in texts} == dict.fromkeys(texts, what)


@pytest.mark.parametrize(
    "text",
    [
        "hi! who helps with screens?",
        "thanks, and who is there for paediatric nurses?",
        "bonsoir, je cherche l'asso des maires svp",
        "what about poverty?",
        "website of the fneje",
        "second world war orphans",
        "who groups 45 associations",
        "is there a partner for nurses",
        "french mayors",
        "more and more screens at school",
        "les sites pour les profs",
    ],
)
def test_words_that_tell_make_a_question(text: str) -> None:
    assert wanted(text).what == What.ASK


@pytest.mark.parametrize(
    ("text", "place"),
    [("the second one", 2), ("le 1er", 1), ("3", 3), ("la dernière", LAST), ("number 12", 12),
     ("tell me more about the second one", 2), ("dis-m'en plus sur le troisième", 3)],
)  # fmt: skip
def test_places_are_read_as_words_and_as_numbers(text: str, place: int) -> None:
    assert wanted(text).place == place


@pytest.mark.parametrize("text", ["1864", "0", "45 associations", "300 mayors"])
def test_other_numbers_are_no_places(text: str) -> None:
    assert wanted(text).place is None


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("good morning, anybody for tablets?", "good morning, anybody for tablets"),
        ("who founded the red cross", "the red cross"),
        ("non je parlais des maires", "maires"),
        ("terra nova", "terra nova"),
    ],
)
def test_only_what_is_asked_is_searched_for(text: str, question: str) -> None:
    assert wanted(text).question == question


def test_partners_are_known_by_all_their_names() -> None:
    assert wanted("compare villes-santé et la croix rouge").named == (
        "villes-sante-oms",
        "croix-rouge",
    )
    assert wanted("l'AMF").only_names
    assert not wanted("AMF and screens").only_names


@given(st.text(max_size=4096))
@settings(deadline=None, max_examples=300)
def test_any_text_is_understood_as_something(text: str) -> None:
    assert isinstance(wanted(text), Wanted)


@pytest.mark.parametrize(
    "piece", ["the ", "et ", "tell me more ", "vs ", "a'", "é", "2 ", "qwrtz "]
)
def test_the_longest_messages_take_no_longer_than_a_blink(piece: str) -> None:
    text = (piece * 4096)[:4096]
    wanted(text)
    begun = time.perf_counter()
    wanted(text)
    assert time.perf_counter() - begun < 0.5


@given(st.text(st.sampled_from("aÉsŒ.,'’-_ \u00a0\n1WHO\u0301"), max_size=40) | st.text())
def test_words_are_the_same_with_their_places_and_without(text: str) -> None:
    assert folded_words(text) == [word.text for word in words_of(text)]
