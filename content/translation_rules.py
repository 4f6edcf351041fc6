"""Rules of translations that come from others: they read safely and ask for no unknown value."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from content.files import read_bytes
from content.problems import Fault, Problem, excerpt, with_path
from content.texts import TextError, placeholders
from content.translations import (
    Text,
    Translation,
    TranslationError,
    load_translations,
    parsed,
)
from content.yaml_reading import Node, decode, find, read_yaml


def translation_problems(folder: Path, names: Iterable[str]) -> tuple[Problem, ...]:
    """What is wrong with the translations among these files, or with all of them together."""
    own = [folder / name for name in names if name.startswith("translations/")]
    found = [problem for path in own for problem in _unsafe(path, folder)]
    if found:
        # Each with its line; the loader would stop at the first.
        return tuple(found)
    if not own:
        return ()
    try:
        spoken = {t.code: t for t in load_translations(folder)}
    except TranslationError as error:
        return (_at(error, folder),)
    shipped = load_translations()[0]
    return tuple(p for path in own for p in _strange_values(path, spoken[path.stem], shipped))


def _unsafe(path: Path, folder: Path) -> Iterator[Problem]:
    data = read_bytes(path, folder)
    if _is_sound(data):
        return
    text, fault = ("", Fault(1, 1, data)) if isinstance(data, str) else decode(data)
    if fault:
        yield from with_path(path, [fault])
        return
    root, faults = read_yaml(text)
    yield from with_path(path, faults)
    if not faults and (root is None or not isinstance(root.value, dict)):
        yield Problem(path, 1, 1, "the file must have the keys language, says and understands")
        return
    for key in ("says", "understands") if not faults and root else ():
        yield from _no_mapping(path, root, key)


def _is_sound(data: bytes | str) -> bool:
    """Whether there is nothing to tell: to know where something stands takes another reading."""
    read = None if isinstance(data, str) else parsed(data)
    if not isinstance(read, Mapping):
        return False
    return all(isinstance(read.get(key), dict | None) for key in ("says", "understands"))


def _no_mapping(path: Path, root: Node | None, key: str) -> Iterator[Problem]:
    entry = root.value.get(key) if root and isinstance(root.value, dict) else None
    if entry and entry.node.value is not None and not isinstance(entry.node.value, dict):
        message = f"{key} is no mapping: write each entry as key: value, on a line of its own"
        yield Problem(path, entry.line, entry.column, message)


def _strange_values(path: Path, spoken: Translation, shipped: Translation) -> Iterator[Problem]:
    wrong = {key: _strange(text, shipped.says.get(key)) for key, text in spoken.says.items()}
    root = read_yaml(decode(path.read_bytes())[0])[0] if any(wrong.values()) else None
    for key, what in wrong.items():
        if what and root:
            yield Problem(path, *find(root, ("says", key)), f"says, {key}: {what}")


def _strange(text: Text, known: Text | None) -> str:
    try:
        asked = placeholders(text)
    except TextError as error:
        return str(error)
    given = placeholders(known) if known is not None else asked
    strange = sorted(asked - given)
    if not strange:
        return ""
    offered = ", ".join(f"{{{name}}}" for name in sorted(given)) or "none"
    return f"{excerpt('{' + strange[0] + '}')} is given no value here: what is given is {offered}"


def _at(error: TranslationError, folder: Path) -> Problem:
    """An error of the loader, which names its file before the first colon."""
    name, _, message = str(error).partition(": ")
    path: Any = Path(name)
    return Problem(path if path.is_relative_to(folder) else folder, 1, 1, message or name)
