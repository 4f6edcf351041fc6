"""YAML to plain values, each with its line and column; safe with any bytes."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple, TypeAlias

import yaml

from content.problems import Fault, excerpt
from content.yaml_mistakes import explain

DEPTH_LIMIT = 10
"""Values within values; a partner needs four."""

# The C parser is some fifteen times faster; both tell the same events.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RESOLVERS = yaml.SafeLoader.yaml_implicit_resolvers
_TAG = "tag:yaml.org,2002:"
_KINDS = {"bool": "yes or no", "int": "a number", "float": "a number", "timestamp": "a date"}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Control characters, and those which turn the direction of the text around them.
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Bare(NamedTuple):
    """A scalar without quotes that YAML takes for something else than text."""

    text: str
    kind: str


class Node(NamedTuple):
    """A value and where it stands, line and column from 1."""

    value: "str | date | Bare | list[Node] | dict[str, Entry] | None"
    line: int
    column: int

    def plain(self) -> Any:
        """The value alone, in lists and dicts."""
        if isinstance(self.value, dict):
            return {key: entry.node.plain() for key, entry in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value


class Entry(NamedTuple):
    """A key of a mapping, where it stands, and its value."""

    line: int
    column: int
    node: Node


Step: TypeAlias = str | int


class _StopError(Exception):
    """Reading on makes no sense; the faults tell why."""


def decode(data: bytes) -> tuple[str, Fault | None]:
    """The bytes as text; a fault at the first byte or character that no text should hold."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "", Fault(1, 1, "the file is saved as UTF-16: save it as UTF-8")
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8").removeprefix("\ufeff")
        wrong = f"the byte 0x{data[error.start]:02X} is not UTF-8"
        return "", _fault_after(before, f"{wrong}: save the file in the encoding UTF-8")
    if found := _UNREADABLE.search(text):
        wrong = f"the control character U+{ord(found[0]):04X}, which cannot be seen"
        return "", _fault_after(text[: found.start()], f"{wrong}, does not belong here: delete it")
    return text, None


def read_yaml(text: str) -> tuple[Node | None, list[Fault]]:
    """The one document of a text as nodes, and every fault; no node when it is broken or empty."""
    reader = _Reader(text)
    try:
        return reader.document(), reader.faults
    except _StopError:
        return None, reader.faults
    except yaml.YAMLError as error:
        return None, [*reader.faults, explain(error, text)]


def find(root: Node, steps: tuple[Step, ...], *, key: bool = False) -> tuple[int, int]:
    """Line and column of the value at ``steps``, as near as the file has it; or of its key."""
    node, place = root, (root.line, root.column)
    for step in steps:
        children = node.value
        if isinstance(children, list) and isinstance(step, int) and step < len(children):
            node = children[step]
            place = (node.line, node.column)
        elif isinstance(children, dict) and (entry := _entry(children, step)):
            node = entry.node
            place = (entry.line, entry.column) if key else (node.line, node.column)
        elif not isinstance(children, list):
            break
        # A list may stand where models have it by language: such a step is passed over.
    return place


def _entry(children: dict[str, Entry], step: Step) -> Entry | None:
    if isinstance(step, str):
        return children.get(step)
    return list(children.values())[step] if step < len(children) else None


def _fault_after(before: str, message: str) -> Fault:
    lines = re.split("\r\n|\r|\n", before)
    return Fault(len(lines), len(lines[-1]) + 1, message)


class _Reader:
    """Builds nodes from parser events, so that nothing is ever constructed or expanded."""

    def __init__(self, text: str) -> None:
        self.faults: list[Fault] = []
        self._events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)

    def document(self) -> Node | None:
        node = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if node is not None:
                    self._fault(event, "a second document begins here: take the line --- out")
                    raise _StopError
                node = self._node(next(self._events), 1)
        return node

    def _fault(self, event: Any, message: str) -> None:
        mark = event.start_mark
        self.faults.append(Fault(mark.line + 1, mark.column + 1, message))

    def _node(self, event: Any, depth: int) -> Node:
        if depth > DEPTH_LIMIT:
            self._fault(event, f"more than {DEPTH_LIMIT} levels within each other: make it flatter")
            raise _StopError
        self._refuse_magic(event)
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if isinstance(event, yaml.MappingStartEvent):
            return Node(self._mapping(depth), line, column)
        if isinstance(event, yaml.SequenceStartEvent):
            return Node(self._sequence(depth), line, column)
        return Node(self._scalar(event), line, column)

    def _refuse_magic(self, event: Any) -> None:
        if event.anchor is not None:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            what = f"{sign}{event.anchor} is a YAML reference, which content cannot use"
            self._fault(event, f'{what}: a text that begins with {sign} goes in quotes "…"')
        tag = getattr(event, "tag", None)
        if tag is not None and tag != f"{_TAG}str":
            what = f"{excerpt(tag.replace(_TAG, '!!'))} is a YAML tag, which content cannot use"
            self._fault(event, f'{what}: a text that begins with ! goes in quotes "…"')

    def _sequence(self, depth: int) -> list[Node]:
        nodes = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            nodes.append(self._node(event, depth + 1))
        return nodes

    def _mapping(self, depth: int) -> dict[str, Entry]:
        entries: dict[str, Entry] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            line, column = event.start_mark.line + 1, event.start_mark.column + 1
            key = self._key(event, depth)
            node = self._node(next(self._events), depth + 1)
            if key is None:
                continue
            if key in entries:
                first = f"{excerpt(key)} is here twice, first on line {entries[key].line}"
                self._fault(event, f"{first}: put the two together or delete one")
            else:
                entries[key] = Entry(line, column, node)
        return entries

    def _key(self, event: Any, depth: int) -> str | None:
        """A key is always text, even the language code ``no``; None when it is not one word."""
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_magic(event)
            self._refuse_hidden(event)
            return event.value
        self._node(event, depth + 1)
        if not isinstance(event, yaml.AliasEvent):
            self._fault(event, "a list or a mapping stands where a key is meant: write key: value")
        return None

    def _scalar(self, event: Any) -> str | date | Bare | None:
        if isinstance(event, yaml.AliasEvent):
            return f"*{event.anchor}"
        self._refuse_hidden(event)
        text: str = event.value
        return meaning(text) if event.implicit[0] else text

    def _refuse_hidden(self, event: Any) -> None:
        # Only an escape in double quotes, or the text itself, can bring them in.
        if found := _HIDDEN.search(event.value):
            what = f"the text holds the invisible character U+{ord(found[0]):04X}"
            self._fault(event, f"{what}: write it without")


def meaning(text: str) -> str | date | Bare | None:
    """What YAML takes an unquoted scalar for: text, a day, nothing, or something else."""
    for tag, pattern in _RESOLVERS.get(text[:1], ()):
        if not pattern.match(text):
            continue
        kind = tag.removeprefix(_TAG)
        if kind == "null":
            return None
        if kind == "timestamp" and _DAY.fullmatch(text):
            return _day(text) or Bare(text, _KINDS[kind])
        return Bare(text, _KINDS[kind]) if kind in _KINDS else text
    return text


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
