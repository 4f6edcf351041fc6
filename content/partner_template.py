"""The one template of partner files: blank, to be filled in, or filled from answers."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

FIRST_LINE = "# yaml-language-server: $schema=../partner.schema.json"
_PLAIN = re.compile(r"https?://[\w./~-]+|\d{4}-\d\d-\d\d", re.ASCII)
_AWKWARD = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")


@dataclass(frozen=True, slots=True)
class Frame:
    """What files are written for: the languages of the content, main first, and its topics."""

    languages: Sequence[str] = ("en", "fr")
    topics: Sequence[str] = ()


def blank(frame: Frame) -> str:
    """A partner file with everything to fill in and a word on each part."""
    return "\n".join((
        FIRST_LINE,
        "# Write behind each TO FILL and take the mark away, or delete the line. Lines that begin",
        "# with # are left out; take the # away to use one. Then: python run_bot.py check",
        *chain(*_parts(frame).values()),
        "",
    ))  # fmt: skip


def filled(frame: Frame, values: Mapping[str, Any]) -> str:
    """The same file with what is known, by field; a part without a value stays a comment."""
    lines = [FIRST_LINE]
    for field, part in _parts(frame).items():
        if values.get(field):
            lines += _written(field, values[field])
        else:
            lines += [line for line in part if line.startswith("#")]
    return "\n".join((*lines, ""))


def topics_to_fill(frame: Frame) -> Iterator[str]:
    """The line where topics are to be chosen; none where there are none."""
    if frame.topics:
        yield f"topics: []  # TO FILL: one to four of: {', '.join(frame.topics)}"


def quoted(text: str) -> str:
    """A text as one YAML scalar, whatever is in it."""
    # JSON lets some signs be that YAML takes for the end of a line.
    return _AWKWARD.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(text, ensure_ascii=False))


def _parts(frame: Frame) -> dict[str, list[str]]:
    """The lines of each field, in the order of the file."""
    codes = frame.languages
    return {
        "name": ["name:", *_blanks(codes, "the name that people know it by")],
        "aliases": ["# aliases: [its acronym, a former name]"],
        "website": [
            "# website: https://example.org  # as the partner itself gives it; never guess one"
        ],
        "summary": [
            "summary:",
            *_blanks(codes, "what it does, in one to three sentences, at most 400 signs"),
        ],
        "text": [
            "# text:",
            *(f"#   {code}: the rest, understood without the summary" for code in codes),
        ],
        "topics": list(topics_to_fill(frame)),
        "people": [
            "# people:",
            "#   - name: First Last",
            f"#     role: {{{', '.join(f'{code}: what they do' for code in codes)}}}",
        ],
        "keywords": [
            "# keywords:",
            *(f"#   {code}: [words people use, and the texts do not]" for code in codes),
        ],
        "questions": [
            "# questions:",
            *(f"#   {code}: [what people would ask to find it]" for code in codes),
        ],
        "verified_on": ["# verified_on: 2026-01-31  # the day when you checked all this"],
        "source": ["# source: where it comes from"],
    }


def _blanks(languages: Sequence[str], hint: str) -> Iterator[str]:
    for place, code in enumerate(languages):
        yield f"  {code}:  # TO FILL: {hint if place == 0 else 'the same, or delete this line'}"


def _written(field: str, value: Any) -> Iterator[str]:
    """A value as lines: a text, a list, or either by language."""
    if not isinstance(value, Mapping):
        yield f"{field}: {_one(field, value)}"
        return
    yield f"{field}:"
    yield from (f"  {code}: {_one(field, one)}" for code, one in value.items() if one)


def _one(field: str, value: Any) -> str:
    if isinstance(value, str):
        return value if _PLAIN.fullmatch(value) else quoted(value)
    words = [item if field == "topics" else quoted(item) for item in value]
    return f"[{', '.join(words)}]"
