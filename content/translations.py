"""A language of the bot: what it says, and what people say to it (``translations/<code>.yaml``)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from content.folding import fold

SHIPPED = Path(__file__).parent / "translations"

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Text = str | Mapping[str, str]
"""A sentence, or its plural forms by CLDR category (one, two, few, many, other)."""


class TranslationError(Exception):
    """A translation file cannot be used; the message names the file and the mend."""


@dataclass(frozen=True)
class Translation:
    """One language: its own name, its sentences by key, and its phrase lists by key."""

    code: str
    language: str
    says: Mapping[str, Text] = field(default_factory=dict)
    understands: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def phrases(self, key: str) -> tuple[str, ...]:
        """What people say for ``key``, as the file has it; empty when it has nothing."""
        return self.understands.get(key, ())

    @cached_property
    def light_words(self) -> frozenset[str]:
        """The folded words that carry no weight in a question."""
        return frozenset(fold(word) for word in self.phrases("light_words"))


def load_translations(folder: Path | None = None) -> tuple[Translation, ...]:
    """The languages of a content folder; without any there, those shipped with the bot.

    The order is that of the file names, but a file with ``main: true`` comes first.

    Raises:
        TranslationError: a file is broken.
    """
    own = sorted((folder / "translations").glob("*.yaml")) if folder else []
    files = own or sorted(SHIPPED.glob("*.yaml"))
    ordered = sorted(_read(files), key=lambda read: not read[1].get("main", False))
    return tuple(_translation(path, data) for path, data in ordered)


def _read(files: Iterable[Path]) -> Iterable[tuple[Path, dict[str, Any]]]:
    for path in files:
        try:
            data = yaml.load(path.read_bytes(), Loader=_LOADER)  # noqa: S506  a safe loader
        except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
            raise TranslationError(f"{path}: cannot be read: {error}") from error
        if not isinstance(data, dict):
            raise TranslationError(f"{path}: must have the keys language, says and understands")
        yield path, data


def _translation(path: Path, data: Mapping[str, Any]) -> Translation:
    says, understands = data.get("says") or {}, data.get("understands") or {}
    for key, text in says.items():
        forms = text.values() if isinstance(text, dict) else [text]
        if not all(isinstance(form, str) for form in forms):
            raise TranslationError(f"{path}: says, {key}: must be text; put it between quotes")
    for key, phrases in understands.items():
        if not isinstance(phrases, list) or not all(isinstance(p, str) for p in phrases):
            raise TranslationError(
                f"{path}: understands, {key}: must be a list of texts; put yes, no, on and numbers"
                " between quotes"
            )
    return Translation(
        code=path.stem,
        language=str(data.get("language", path.stem)),
        says=says,
        understands={key: tuple(phrases) for key, phrases in understands.items()},
    )
