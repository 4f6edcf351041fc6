"""Nodes of YAML to partners, topics and words, with every fault on the way."""

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from content.model_mistakes import did_you_mean, in_words, unknown_key
from content.models import Partner, Person, Topic, WordGroup
from content.problems import FAULTS_SHOWN, Fault, Severity, excerpt, merged
from content.yaml_reading import Entry, Node, Step, find

Model = TypeVar("Model", bound=BaseModel)

_PARTNER_KEYS = [key for key in Partner.model_fields if key != "id"]
_REQUIRED = ("name", "summary")
_BY_LANGUAGE = {"name", "summary", "text", "role", "keywords", "questions", "label", "words"}


def partner_from(
    root: Node, partner_id: str, languages: Sequence[str]
) -> tuple[Partner | None, list[Fault]]:
    """The partner a file describes, or None, and what is wrong with it."""
    if not isinstance(root.value, dict):
        return None, [_no_mapping(root, 'name: {en: "…"} and summary: {en: "…"}')]
    faults = list(_unknown_languages(root, languages))
    values: dict[str, Any] = {}
    for key, entry in root.value.items():
        if key == "id":
            message = "the file name is the id: take this line out"
            faults.append(Fault(entry.line, entry.column, message))
        elif entry.node.value is None and key in _PARTNER_KEYS and key not in _REQUIRED:
            faults.append(_left_empty(key, entry))
        else:
            values[key] = entry.node.plain()
    partner, refused = _model(Partner, {**values, "id": partner_id}, root, languages)
    return partner, merged(faults, refused)


def topics_from(root: Node, languages: Sequence[str]) -> tuple[list[Topic], list[Fault]]:
    """The topics of a list, or of a mapping by id, and what is wrong with them."""
    if not isinstance(root.value, list | dict):
        return [], [_no_mapping(root, 'a list of - {id: health, label: {en: "…"}}')]
    topics: list[Topic] = []
    faults = list(_unknown_languages(root, languages))
    seen: dict[str, int] = {}
    for steps, values in _topic_values(root):
        if len(faults) > FAULTS_SHOWN:
            break  # no more are told, and a file of nothing but mistakes would take minutes
        topic, refused = _model(Topic, values, root, languages, steps)
        faults = merged(faults, refused)
        if topic is None:
            continue
        line, column = find(root, (*steps, "id") if isinstance(root.value, list) else steps)
        if topic.id in seen:
            message = f"the topic {topic.id} is here twice, first on line {seen[topic.id]}"
            faults.append(Fault(line, column, f"{message}: delete one"))
        seen.setdefault(topic.id, line)
        topics.append(topic)
    return topics, faults


def vocabulary_from(root: Node, languages: Sequence[str]) -> tuple[list[WordGroup], list[Fault]]:
    """The groups of words that mean the same, and what is wrong with them."""
    if not isinstance(root.value, list):
        return [], [_no_mapping(root, "a list of - {en: [telly], fr: [télé]}")]
    groups: list[WordGroup] = []
    faults: list[Fault] = []
    for node in root.value:
        if len(faults) > FAULTS_SHOWN:
            break
        group, more = _group(node, languages)
        faults += more
        if group is not None:
            groups.append(group)
    return groups, faults


def _group(node: Node, languages: Sequence[str]) -> tuple[WordGroup | None, list[Fault]]:
    if not isinstance(node.value, list):
        faults = list(_languages_of(node, languages))
        group, refused = _model(WordGroup, {"words": node.plain()}, node, languages, within=1)
        return group, merged(faults, refused)
    first = languages[0]
    group, refused = _model(WordGroup, {"words": {first: node.plain()}}, node, languages, within=2)
    if group is not None:
        # Words without a language count in every one.
        group = WordGroup(words=dict.fromkeys(languages, group.words[first]))
    return group, refused


def _topic_values(root: Node) -> Iterator[tuple[tuple[Step, ...], Any]]:
    if isinstance(root.value, dict):
        for key, entry in root.value.items():
            plain = entry.node.plain()
            values = {**plain, "id": key} if isinstance(plain, dict) else plain
            yield (key,), values
    elif isinstance(root.value, list):
        for index, node in enumerate(root.value):
            yield (index,), node.plain()


def _model(
    model: type[Model],
    values: Any,
    root: Node,
    languages: Sequence[str],
    steps: tuple[Step, ...] = (),
    *,
    within: int = 0,
) -> tuple[Model | None, list[Fault]]:
    """The model made from values, or what it refuses.

    ``steps`` lead to its values in the file; ``within`` counts outer steps the file has not.
    """
    try:
        return model.model_validate(values), []
    except ValidationError as error:
        details = error.errors(include_url=False)
        # What stands under an unknown language has been told of, once, with that language.
        new = (detail for detail in details if not _foreign(detail["loc"], languages))
        # A file of nothing but mistakes has tens of thousands, and each costs some time.
        some = islice(new, FAULTS_SHOWN + 1)
        return None, [_refused(detail, model, root, steps, within) for detail in some]


def _foreign(loc: tuple[Step, ...], languages: Sequence[str]) -> bool:
    """Whether a place lies under a language that nobody knows."""
    return any(
        key in _BY_LANGUAGE and isinstance(step, str) and step not in languages
        for key, step in pairwise(loc)
    )


def _refused(
    detail: ErrorDetails, model: type[BaseModel], root: Node, steps: tuple[Step, ...], within: int
) -> Fault:
    loc = detail["loc"][within:]
    inner = tuple(step for step in loc if step != "[key]")
    on_key = detail["type"] == "extra_forbidden" or loc[-1:] == ("[key]",)
    line, column = find(root, (*steps, *inner), key=on_key)
    message = in_words(detail, inner, _known_keys(model, inner))
    return Fault(line, column, message, absent=detail["type"] == "missing")


def _known_keys(model: type[BaseModel], loc: tuple[Step, ...]) -> list[str]:
    if loc[:1] == ("people",) and len(loc) > 1:
        return list(Person.model_fields)
    return _PARTNER_KEYS if model is Partner else list(model.model_fields)


def _no_mapping(root: Node, right: str) -> Fault:
    kind = "a list" if isinstance(root.value, list) else "a single text"
    kind = "a mapping with keys" if isinstance(root.value, dict) else kind
    return Fault(root.line, root.column, f"the file holds {kind}: write {right}")


def _left_empty(key: str, entry: Entry) -> Fault:
    message = f"{key} is empty: write something, or take the line out"
    return Fault(entry.line, entry.column, message, Severity.WARNING)


def _unknown_languages(node: Node, languages: Sequence[str]) -> Iterator[Fault]:
    if isinstance(node.value, dict):
        for key, entry in node.value.items():
            if key in _BY_LANGUAGE:
                yield from _languages_of(entry.node, languages)
            if key in ("people", "topics") or key not in _BY_LANGUAGE:
                yield from _unknown_languages(entry.node, languages)
    elif isinstance(node.value, list):
        for child in node.value:
            yield from _unknown_languages(child, languages)


def _languages_of(node: Node, languages: Sequence[str]) -> Iterator[Fault]:
    """The keys of a mapping that are no languages."""
    if not isinstance(node.value, dict):
        return
    for key, entry in node.value.items():
        if key not in languages:
            yield Fault(entry.line, entry.column, _no_language(key, entry, languages))


def _no_language(key: str, entry: Entry, languages: Sequence[str]) -> str:
    known = f"known are {', '.join(languages)} (a new one needs a file in translations/)"
    if ":" in key or not key:
        return unknown_key(key, languages)
    if entry.node.value is None:
        quotes = "if it belongs to the text before the comma, put that text in quotes"
        return f"{excerpt(key)} is no language: {quotes}; {known}"
    near = key[:2].lower()
    hint = f" (did you mean {near}?)" if near in languages else did_you_mean(key, languages)
    return f"{excerpt(key)} is no known language{hint}: {known}"
