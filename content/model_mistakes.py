"""What a model refuses, in plain words with the mend."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from pydantic_core import ErrorDetails
from rapidfuzz import process
from rapidfuzz.distance import OSA

from content.problems import excerpt
from content.yaml_reading import Bare, Step

EXAMPLES = {
    "name": 'name: {en: "…", fr: "…"}',
    "summary": 'summary: {en: "…", fr: "…"}',
    "label": 'label: {en: "…", fr: "…"}',
    "id": "id: health",
}
_WITHOUT_SPACE = re.compile(r"(\w+):\S")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`` (did you mean x?)`` for the known word most like this one, or nothing."""
    near = process.extractOne(
        word[:60].lower(), list(known), scorer=OSA.normalized_similarity, score_cutoff=0.6
    )
    return f" (did you mean {near[0]}?)" if near else ""


def in_words(error: ErrorDetails, steps: tuple[Step, ...], known: Iterable[str]) -> str:
    """What is wrong with the value at ``steps``; ``known`` are the keys allowed there."""
    if error["type"] == "extra_forbidden":
        return unknown_key(str(steps[-1]), known)
    explain = _EXPLANATIONS.get(error["type"])
    wrong = explain(error) if explain else f"is not right: {error['msg']}"
    where = ".".join(str(step + 1 if isinstance(step, int) else step) for step in steps)
    return f"{f'entry {where}' if where[:1].isdigit() else where or 'this'} {wrong}"


def unknown_key(key: str, known: Iterable[str]) -> str:
    """What is wrong with a key that means nothing here."""
    if found := _WITHOUT_SPACE.match(key):
        return f"after {excerpt(found[1] + ':')} a space is missing: add it"
    if not key.strip():
        return "nothing stands before the colon: write key: value"
    suggestion = did_you_mean(key, known) or f": known are {', '.join(known)}"
    return f"{excerpt(key)} is no known key{suggestion}"


def no_text(value: Any) -> str:
    """Why a value is no text."""
    if value is None:
        return "is empty: write a text, or take it out"
    if isinstance(value, Bare):
        return f'is read as {value.kind}: write it in quotes, "{value.text}"'
    if isinstance(value, date):
        return f'is read as a date: write it in quotes, "{value.isoformat()}"'
    kind = "a list" if isinstance(value, list) else "a mapping with keys"
    return f'is {kind}, and one text is meant: write it in quotes, "…"'


def _missing(error: ErrorDetails) -> str:
    key = str(error["loc"][-1])
    # The name of a person is not given by language, unlike that of a partner.
    example = EXAMPLES.get(key) if len(error["loc"]) == 1 else None
    return f"is missing: add {example or key + ': …'}"


def _no_list(error: ErrorDetails) -> str:
    value = error["input"]
    if value is None:
        return "is empty: write a list, as [first, second], or take it out"
    if isinstance(value, str) and re.match(r"-\S", value):
        return "has no space after its dashes: write - first"
    if isinstance(value, dict):
        return "has keys, and a list is meant: write [first, second]"
    text = value.text if isinstance(value, Bare) else value
    return f"is not a list: write [{excerpt(str(text), 30)}]"


def _no_mapping(error: ErrorDetails) -> str:
    value = error["input"]
    example = "{en: …}"
    if error["type"] != "dict_type":
        example = "{name: …}" if error["loc"] else "{id: …}"
    if value is None:
        return f"is empty: write {EXAMPLES.get(str(*error['loc'][-1:]), example)}"
    if isinstance(value, str) and (found := _WITHOUT_SPACE.match(value)):
        return f"has no space after the colon: write {found[1]}: and the text"
    if isinstance(value, list):
        return f"is a list, and keys are meant: write {example}"
    return f"has no key before its text: write {example.replace('…', excerpt(_as_text(value), 30))}"


def _as_text(value: Any) -> str:
    return value.text if isinstance(value, Bare) else str(value)


def _too_long(error: ErrorDetails) -> str:
    limit = int(error["ctx"]["max_length"])
    length = len(str(error["input"]).strip())
    return f"has {length} characters, at most {limit} are allowed: cut {length - limit}"


def _form(error: ErrorDetails) -> str:
    value = excerpt(str(error["input"]))
    if error["loc"][-1] == "[key]":
        return f"{value} is no language: write two small letters, as en or fr"
    return f"{value} is no id: small letters a-z, digits and single hyphens, as in early-childhood"


def _value(error: ErrorDetails) -> str:
    address = excerpt(str(error["input"]))
    return (
        f"{address} is no web address: write it whole, as https://example.org, or take it out "
        "when it is not known"
    )


def _no_date(error: ErrorDetails) -> str:
    return f"{excerpt(_as_text(error['input']))} is no day: write it as 2026-11-23"


_EXPLANATIONS: dict[str, Callable[[ErrorDetails], str]] = {
    "missing": _missing,
    "string_type": lambda error: no_text(error["input"]),
    "string_too_short": lambda _: "is empty: write a text, or take it out",
    "string_too_long": _too_long,
    "string_pattern_mismatch": _form,
    "too_short": lambda _: "has no text: write one at least, as {en: …}",
    "tuple_type": _no_list,
    "dict_type": _no_mapping,
    "model_type": _no_mapping,
    "model_attributes_type": _no_mapping,
    "value_error": _value,
    "date_type": _no_date,
    "date_parsing": _no_date,
    "date_from_datetime_parsing": _no_date,
    "date_from_datetime_inexact": _no_date,
}
