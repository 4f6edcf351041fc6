"""Words added to a list in a YAML file: at their place, and nothing else of the file changes.

Why not by loading and dumping the file: docs/decisions/0008-words-into-yaml.md.
"""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import yaml

from content.folding import bare
from content.partner_template import quoted
from content.yaml_reading import Step, meaning, read_yaml

WIDEST = 100
"""Characters of a line from which on words go to a line of their own."""

BEFORE_KEYWORDS = ("name", "aliases", "website", "summary", "text", "topics", "people")
"""The keys of a partner file that stand before its keywords."""


_BARE = re.compile(r"[^\W_](?:[\w’' .-]*[\w.’])?")


class WordsError(Exception):
    """The words cannot be added by a program; the message says why."""


class _Edit(NamedTuple):
    """A text to insert at an index."""

    at: int
    text: str


def with_words(text: str, steps: Sequence[Step], language: str, words: Sequence[str]) -> str:
    """The YAML with ``words`` at the end of a language's list in the mapping at ``steps``.

    ``steps`` lead to the mapping of lists by language: ("keywords",), (3, "words"). List and
    mapping are made where there are none.

    Raises:
        WordsError: the YAML has mistakes, or is written in a way that leaves no place for words.
    """
    mark = text[: text.startswith("\ufeff")]
    body = text.removeprefix("\ufeff")
    before, faults = read_yaml(body)
    if faults or before is None:
        raise WordsError("the file has mistakes of its own: mend them first")
    try:
        edit = _edit(yaml.compose(body, Loader=yaml.SafeLoader), body, [*steps, language], words)
    except yaml.YAMLError as error:
        # The two parsers of PyYAML differ in a few oddities.
        raise WordsError("the file is written in an unusual way: add the words in it") from error
    broken = edit.text.replace("\n", "\r\n") if "\r\n" in body else edit.text
    edited = body[: edit.at] + broken + body[edit.at :]
    after, faults = read_yaml(edited)
    wanted = _added(before.plain(), [*steps, language], words)
    if faults or after is None or after.plain() != wanted:
        raise WordsError("the list is written in an unusual way: add the words in the file itself")
    return mark + edited


def not_there(
    text: str, steps: Sequence[Step], language: str, words: Sequence[str]
) -> tuple[str, ...]:
    """Those of the words that the list does not have yet, however they are written there."""
    node, _ = read_yaml(text.removeprefix("\ufeff"))
    values = node.plain() if node else None
    for step in (*steps, language):
        try:
            values = values[step] if values else None
        except (KeyError, IndexError, TypeError):
            values = None
    known = {bare(word) for word in values if isinstance(word, str)} if values else set()
    return tuple(word for word in words if bare(word) not in known)


def _added(values: Any, path: Sequence[Step], words: Sequence[str]) -> Any:
    """What the values should be with the words in."""
    if not path:
        return [*(values or []), *words]
    first, *rest = path
    if isinstance(first, int):
        return [_added(v, rest, words) if n == first else v for n, v in enumerate(values)]
    values = values or {}
    return {**values, first: _added(values.get(first), rest, words)}


def _edit(node: Any, text: str, path: Sequence[Step], words: Sequence[str]) -> _Edit:
    for place, step in enumerate(path):
        child = _child(node, step)
        if child is None:
            return _entry(node, text, path[place:], words)
        if isinstance(child, yaml.ScalarNode) and not child.value:
            # Nothing behind the colon yet.
            made = _flow(path[place + 1 :], words)
            return _Edit(child.end_mark.index, f" {made}")
        node = child
    if not isinstance(node, yaml.SequenceNode):
        raise WordsError("a single text stands where a list is meant: make it a list first")
    return _more(node, text, words)


def _child(node: Any, step: Step) -> Any:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
        return node.value[step] if step < len(node.value) else None
    if not isinstance(node, yaml.MappingNode):
        raise WordsError("the file has another shape than expected: add the words in it yourself")
    return next((value for key, value in node.value if key.value == step), None)


def _more(node: Any, text: str, words: Sequence[str]) -> _Edit:
    """Words at the end of a list that is there."""
    written = [plain(word) for word in words]
    if not node.flow_style:
        indent = " " * node.start_mark.column
        return _Edit(_line_end(text, _end(node, text)), _lines(f"{indent}- {w}" for w in written))
    if not node.value:
        return _Edit(node.start_mark.index + 1, ", ".join(written))
    end = node.value[-1].end_mark.index
    begin = text.rfind("\n", 0, end) + 1
    added = ", ".join(written)
    if end - begin + len(added) + 3 <= WIDEST:
        return _Edit(end, f", {added}")
    line = text[begin:end]
    indent = line[: len(line) - len(line.lstrip())]
    # A list that has had one line so far goes on further in.
    further = "  " if begin <= node.start_mark.index else ""
    return _Edit(end, f",\n{indent}{further}{added}")


def _entry(node: Any, text: str, path: Sequence[Step], words: Sequence[str]) -> _Edit:
    """A new key in a mapping, with all that hangs on it."""
    key, *rest = path
    made = _flow(rest, words)
    if node.flow_style:
        between = ", " if node.value else ""
        index = node.value[-1][1].end_mark.index if node.value else node.start_mark.index + 1
        return _Edit(index, f"{between}{key}: {made}")
    earlier = [v for k, v in node.value if k.value in BEFORE_KEYWORDS] if key == "keywords" else []
    last = (earlier or [value for _, value in node.value])[-1]
    indent = " " * node.value[0][0].start_mark.column
    return _Edit(_line_end(text, _end(last, text)), _lines([f"{indent}{key}: {made}"]))


def _flow(path: Sequence[Step], words: Sequence[str]) -> str:
    made = f"[{', '.join(map(plain, words))}]"
    for key in reversed(path):
        made = f"{{{key}: {made}}}"
    return made


def _end(node: Any, text: str) -> int:
    """Where a node's last sign stands; the parser's own end is that of the space behind."""
    if not isinstance(node, yaml.ScalarNode) and not node.flow_style:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last, text)
    return len(text[: node.end_mark.index].rstrip())


def _line_end(text: str, index: int) -> int:
    found = re.compile(r"\r?\n|\Z").search(text, index)
    return found.start() if found else len(text)


def _lines(lines: Any) -> str:
    return "".join(f"\n{line}" for line in lines)


def plain(word: str) -> str:
    """A word as it is written in a list: bare where YAML takes it for itself, else in quotes."""
    return word if _BARE.fullmatch(word) and meaning(word) == word else quoted(word)
