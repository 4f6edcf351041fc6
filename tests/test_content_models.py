"""Good content becomes models, with the languages that it is in."""

import json
from pathlib import Path

import writing_content
from writing_content import GOOD, good, write

from content import files
from content.models import partner_schema

folder = writing_content.folder


def test_good_content_becomes_models(folder: Path) -> None:
    text = "\ufeff---\r\n" + GOOD.replace("\n", "\r\n") + "verified_on: 2026-11-23\r\n"
    write(folder, "partners/croix-rouge.yaml", text + "topics: [health]\r\n")
    write(folder, "topics.yaml", "health: {label: {en: Health}, words: {en: [ill]}}\n")
    write(folder, "vocabulary.yaml", "- {en: [telly], fr: [télé]}\n- [kid, gosse]\n")
    content = good(folder)
    (partner,) = content.partners
    assert partner.id == "croix-rouge"
    assert partner.summary["fr"] == "Aide : tous."
    assert str(partner.verified_on) == "2026-11-23"
    assert content.topics[0].label == {"en": "Health"}
    assert content.vocabulary[1].words == {"en": ("kid", "gosse"), "fr": ("kid", "gosse")}


def test_a_folder_of_nothing_but_partners_is_enough(folder: Path) -> None:
    write(folder, "partners/x.yaml", GOOD)
    assert good(folder).languages == ("en", "fr")


def test_a_language_is_known_by_its_translation_and_the_main_one_comes_first(
    folder: Path,
) -> None:
    write(folder, "partners/x.yaml", "name: {de: Rotes Kreuz}\nsummary: {de: Hilft.}\n")
    write(folder, "translations/de.yaml", "language: Deutsch\nmain: true\n")
    write(folder, "translations/da.yaml", "language: Dansk\n")
    assert good(folder).languages == ("de", "da")


def test_a_key_may_be_a_word_that_yaml_takes_for_something_else(folder: Path) -> None:
    write(folder, "partners/x.yaml", "name: {no: Røde Kors}\nsummary: {no: Hjelper.}\n")
    write(folder, "translations/no.yaml", "language: Norsk\n")
    assert good(folder).partners[0].name == {"no": "Røde Kors"}


def test_the_shipped_schema_is_that_of_the_models() -> None:
    shipped = files.SHIPPED / "partner.schema.json"
    assert json.loads(shipped.read_text(encoding="utf-8")) == partner_schema()
