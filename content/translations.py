"""A language of the bot: what it says, and what people say to it (``translations/<code>.yaml``)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from content.files import read_bytes
from content.folding import fold
from content.problems import Fault
from content.yaml_reading import Bare, decode, read_yaml

SHIPPED = Path(__file__).parent / "translations"

_YES = ("true", "yes", "on")

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
    ordered = sorted(map(_read, files), key=lambda read: not _is_main(read[1]))
    return tuple(_translation(path, data) for path, data in ordered)


def _read(path: Path) -> tuple[Path, Mapping[str, Any]]:
    data = read_bytes(path, path.parent.parent)
    read = Fault(1, 1, data) if isinstance(data, str) else parsed(data)
    if isinstance(read, Fault):
        raise TranslationError(f"{path}: cannot be read, line {read.line}: {read.message}")
    if read is None:
        raise TranslationError(f"{path}: must have the keys language, says and understands")
    return path, read


# A check and the build after it read the same files, and one takes 10 ms.
@lru_cache(maxsize=8)
def parsed(data: bytes) -> Mapping[str, Any] | Fault | None:
    """What a file holds, by key; its first fault when it is broken, None when it has no keys."""
    text, fault = decode(data)
    # Within the limits of all content: PyYAML's own loader dies of brackets within brackets.
    root, faults = (None, [fault]) if fault else read_yaml(text)
    if faults:
        return min(faults)
    if root is None or not isinstance(root.value, dict):
        return None
    return dict(root.plain())


def _is_main(data: Mapping[str, Any]) -> bool:
    main = data.get("main")
    return isinstance(main, Bare) and main.text.lower() in _YES


def _translation(path: Path, data: Mapping[str, Any]) -> Translation:
    says, understands = data.get("says") or {}, data.get("understands") or {}
    if not (isinstance(says, dict) and isinstance(understands, dict)):
        raise TranslationError(f"{path}: says and understands must have keys, each on its line")
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
    language = data.get("language")
    return Translation(
        code=path.stem,
        language=language if isinstance(language, str) else path.stem,
        says=says,
        understands={key: tuple(phrases) for key, phrases in understands.items()},
    )
