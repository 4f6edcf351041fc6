"""What the bot says: the same sentences in every language, values that stay data."""

import re
from pathlib import Path

import pytest

from content.texts import TextError, Texts, placeholders
from content.translations import Translation, load_translations

ROOT = Path(__file__).parents[1]
SHIPPED = load_translations()


def texts(**says: object) -> Texts:
    translation = Translation("en", "English", says=says)  # type: ignore[arg-type]
    return Texts([translation], "en")


def test_shipped_languages_have_the_same_sentences() -> None:
    keys = {translation.code: set(translation.says) for translation in SHIPPED}
    assert keys["en"] == keys["fr"]


def test_sentences_take_the_same_values_in_every_language() -> None:
    main, *others = SHIPPED
    for other in others:
        for key, text in other.says.items():
            assert placeholders(text) == placeholders(main.says[key]), key


def test_languages_understand_the_same_kinds_of_phrases() -> None:
    english, french = (set(t.understands) for t in SHIPPED)
    assert french - english <= {"elisions"}
    assert english <= french


def test_every_sentence_of_the_conversation_is_used_and_every_used_one_exists() -> None:
    code = "\n".join(
        p.read_text(encoding="utf-8") for p in (ROOT / "bot" / "dialogue").glob("*.py")
    )
    used = set(re.findall(r'"([a-z]+(?:_[a-z]+)*)"', code))
    elsewhere = (
        *("command_", "diagnose_", "telegram_", "misses_", "reindex_", "digest_"),
        *("upload_", "change_", "export_", "new_", "audit_", "stats_"),
    )
    spoken = {key for key in SHIPPED[0].says if not key.startswith(elsewhere)}
    unused = {
        key
        for key in spoken - used
        if not key.startswith(("button_", "why_"))
        and key.removesuffix("_again") not in SHIPPED[0].understands
        and not key.endswith("_again")
    }
    assert not unused
    called = set(re.findall(r'(?:say|note|paragraph)\(\s*"([a-z_]+)"', code))
    assert called <= spoken


def test_plurals_follow_the_language() -> None:
    for count, english, french in (
        (0, "0 partners", "0 partenaire"),
        (1, "1 partner", "1 partenaire"),
    ):
        spoken = Texts(SHIPPED, "en")
        assert spoken.say("partners_counted", "en", count=count) == english
        assert spoken.say("partners_counted", "fr", count=count) == french


def test_lists_and_numbers_follow_the_language() -> None:
    spoken = Texts(SHIPPED, "en")
    assert spoken.list(["a", "b"], "fr") == "a et b"
    assert spoken.list(["a", "b"], "en", "or") == "a or b"
    assert texts(n="{count}").say("n", "en", count=35000) == "35,000"


def test_a_missing_language_borrows_the_main_one() -> None:
    assert texts(hello="Hello").say("hello", "de") == "Hello"


def test_a_main_language_borrows_from_the_shipped_one() -> None:
    assert texts().say("thanks_again", "de") == SHIPPED[0].says["thanks_again"]


def test_a_missing_sentence_is_named() -> None:
    with pytest.raises(TextError, match="nonsense in de, nor in the main language en"):
        texts().say("nonsense", "de")


def test_a_missing_value_is_named() -> None:
    with pytest.raises(TextError, match="name"):
        texts(hello="Hello {name}").say("hello", "en")


@pytest.mark.parametrize("value", ["{other}", "{0.__class__}", "%s", "{", "<b>x</b>"])
def test_values_are_never_interpreted(value: str) -> None:
    assert texts(hello="Hello {name}!").say("hello", "en", name=value) == f"Hello {value}!"


@pytest.mark.parametrize("template", ["{a.b}", "{a[0]}", "{a!r}", "{a:>9}", "{0}", "{}", "{"])
def test_only_plain_names_may_stand_in_braces(template: str) -> None:
    with pytest.raises(TextError):
        texts(bad=template).say("bad", "en", a="x")
