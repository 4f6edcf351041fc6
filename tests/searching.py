"""What the tests of the search share: the shipped content, and small contents made up."""

from pathlib import Path

from content.checking import check
from content.models import Content, Partner, WordGroup
from content.translations import Translation, load_translations
from index.finder import Finder
from index.folder_library import FolderLibrary
from index.library import Generation, Library
from index.whoosh_engine import WhooshFactory

SHIPPED = Path(__file__).resolve().parent.parent / "content"


def library(folder: Path) -> Library:
    return FolderLibrary(folder, WhooshFactory())


def shipped_generation(folder: Path) -> Generation:
    loaded = check(SHIPPED)
    assert loaded.content is not None, loaded.problems
    return library(folder).build(loaded.content, load_translations(SHIPPED), loaded.fingerprint)


def small_generation(
    folder: Path,
    partners: list[Partner],
    vocabulary: tuple[WordGroup, ...] = (),
    translations: tuple[Translation, ...] | None = None,
    fingerprint: str = "",
) -> Generation:
    return built(library(folder), partners, vocabulary, translations, fingerprint)


def built(
    shelf: Library,
    partners: list[Partner],
    vocabulary: tuple[WordGroup, ...] = (),
    translations: tuple[Translation, ...] | None = None,
    fingerprint: str = "",
) -> Generation:
    content = Content(partners=tuple(partners), vocabulary=vocabulary)
    translations = translations or load_translations(SHIPPED)
    return shelf.build(content, translations, fingerprint)


def partner(partner_id: str, name: str, summary: str, **more: object) -> Partner:
    return Partner.model_validate(
        {"id": partner_id, "name": {"en": name}, "summary": {"en": summary}, **more}
    )


def ids(finder: Finder, question: str, limit: int = 5) -> list[str]:
    return [answer.id for answer in finder.find(question, limit).answers]
