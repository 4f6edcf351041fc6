"""Content: any bytes are read as a partner, topics, vocabulary, translations, or told of."""

import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

from content.checking import check
from content.files import SHIPPED
from content.shaping import partner_from, topics_from, vocabulary_from
from content.translations import TranslationError, load_translations
from content.word_lists import WordsError, with_words
from content.yaml_reading import decode, read_yaml

LANGUAGES = ("en", "fr")
FILES = ("partners/a.yaml", "topics.yaml", "vocabulary.yaml", "translations/en.yaml")


@cache
def folder() -> Path:
    """A folder with one good partner."""
    made = Path(tempfile.mkdtemp(prefix="fuzz-"))
    for room in ("partners", "translations"):
        (made / room).mkdir()
    (made / "partners" / "good.yaml").write_text("name: {en: Good}\nsummary: {en: Whales}\n")
    return made


def seeds() -> list[bytes]:
    """The shipped content, translations by their beginnings."""
    paths = [*sorted((SHIPPED / "partners").glob("*.yaml")), *sorted(SHIPPED.glob("*.yaml"))]
    whole = [path.read_bytes()[:1_500] for path in paths]
    translations = [path.read_bytes()[:1_000] for path in (SHIPPED / "translations").glob("*.yaml")]
    texts = [*whole, *translations]
    return [bytes([128 * (n % 6 == 1) + n % 4]) + text for n, text in enumerate(texts)]


def one(data: bytes) -> None:
    """Nothing but faults with their places comes of bad content; all of it fits a terminal."""
    text, fault = decode(data[1:])
    root, faults = read_yaml(text)
    if root is not None and root.value is not None:
        for shaped in (partner_from(root, "a", LANGUAGES), topics_from(root, LANGUAGES)):
            faults = [*faults, *shaped[1]]
        faults = [*faults, *vocabulary_from(root, LANGUAGES)[1]]
    for told in (*faults, *([fault] if fault else ())):
        assert told.line > 0, told
        assert told.column > 0, told
        assert told.message.isprintable(), told
    with suppress(WordsError):
        with_words(text, ("keywords",), "en", ("whales",))
    if data[:1] >= b"\x80":
        # As one file among others, which takes a hundred times as long.
        _in_a_folder(data)


def _in_a_folder(data: bytes) -> None:
    path = folder() / FILES[data[0] % len(FILES)]
    path.write_bytes(data[1:])
    try:
        assert all(str(problem).isprintable() for problem in check(folder()).problems)
        with suppress(TranslationError):
            load_translations(folder())
    finally:
        path.unlink()
