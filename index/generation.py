"""A generation: a folder with everything an answer needs, written once and opened often.

It has the index, the content and the translations it was made from, and the words of the index
for the correction of typos.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from content.models import Content
from content.translations import Translation
from index.analysis import Learning, analysis
from index.engine import Document, EngineFactory
from index.finder import Finder
from index.kept_content import read_content, write_content
from index.kept_words import read_words, write_words
from index.letting_go import let_go_after, no_looking_for_garbage
from index.progress import Progress

FORMAT = 6
"""Raised whenever a generation of before cannot be read any more; it is then built anew."""


@dataclass(frozen=True, slots=True)
class Generation:
    """An opened generation: what it was made from, and the finder that answers from it."""

    name: str
    fingerprint: str
    content: Content
    translations: tuple[Translation, ...]
    finder: Finder

    def close(self) -> None:
        """Give back its files; it is not asked afterwards."""
        self.finder.close()


def write_generation(
    folder: Path,
    factory: EngineFactory,
    content: Content,
    translations: Sequence[Translation],
    fingerprint: str,
    progress: Progress,
) -> None:
    """Write a generation into an empty folder; the manifest comes last."""
    learning = Learning(analysis(content, translations), translations)
    documents = _counted(learning.documents(), len(content.partners), progress)
    # A third of the time would go to it, and documents leave none.
    with no_looking_for_garbage():
        factory.build(folder / "index", documents)
    write_words(folder, learning.known())
    write_content(folder / "content.json", content)
    _write_json(folder / "translations.json", list(map(_kept, translations)))
    manifest = {
        "format": FORMAT,
        "engine": factory.name,
        "fingerprint": fingerprint,
        "partners": len(content.partners),
    }
    _write_json(folder / "manifest.json", manifest)


def open_generation(folder: Path, factory: EngineFactory) -> Generation:
    """Open what ``write_generation`` wrote.

    Raises:
        EngineError, OSError, ValueError, KeyError: it is not whole, or of another format.
    """
    manifest = read_manifest(folder)
    if manifest["format"] != FORMAT or manifest["engine"] != factory.name:
        raise ValueError(f"{folder} is of another format")
    content = read_content(folder / "content.json", manifest["partners"])
    translations = tuple(map(_translation, _read_json(folder / "translations.json")))
    engine = factory.open(folder / "index")
    finder = Finder(content, engine, translations, read_words(folder))
    let_go_after(finder, content.partners)
    return Generation(folder.name, manifest["fingerprint"], content, translations, finder)


def read_manifest(folder: Path) -> Any:
    """What a generation says of itself."""
    return _read_json(folder / "manifest.json")


def _kept(translation: Translation) -> Mapping[str, Any]:
    return {of.name: getattr(translation, of.name) for of in fields(translation)}


def _translation(kept: Any) -> Translation:
    understands = {key: tuple(phrases) for key, phrases in kept["understands"].items()}
    return Translation(
        code=kept["code"], language=kept["language"], says=kept["says"], understands=understands
    )


def _counted(documents: Iterable[Document], total: int, progress: Progress) -> Iterator[Document]:
    for done, document in enumerate(documents, start=1):
        yield document
        progress(done, total)


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def _read_json(path: Path) -> Any:
    return json.loads(path.read_bytes())
