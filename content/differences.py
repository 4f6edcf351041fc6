"""What differs between two contents, as values: a field of a partner, a topic, words, sentences."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from content.models import Content, Partner
from content.translations import Translation

TEXTS = ("name", "summary", "text")
SINGLE = ("website", "verified_on", "source")
LISTS = ("aliases", "topics", "people")
BY_LANGUAGE = ("keywords", "questions")
FIELDS = ("name", "aliases", "website", "summary", "text", "topics", "people", "keywords",
          "questions", "verified_on", "source")  # fmt: skip


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after, in one ``language`` where it has languages.

    A text that was or is not there is empty; of a list, ``old`` is what went, ``new`` what came.
    """

    field: str
    language: str = ""
    old: str | tuple[str, ...] = ""
    new: str | tuple[str, ...] = ""


@dataclass(frozen=True, slots=True)
class PartnerChange:
    """A partner that is new, or whose fields changed; no fields: only its file's form did."""

    partner: Partner
    is_new: bool = False
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class ListChange:
    """Names, in a list of the content, that came, went and changed."""

    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


def partner_change(before: Content, after: Content, partner_id: str) -> PartnerChange | None:
    """How a partner differs; None when it is not there afterwards."""
    new, old = after.partner(partner_id), before.partner(partner_id)
    if new is None:
        return None
    fields = tuple(f for name in FIELDS for f in _field(name, old, new)) if old else ()
    return PartnerChange(new, old is None, fields)


def topic_changes(before: Content, after: Content) -> ListChange:
    """Topics by id."""
    old, new = ({t.id: t for t in content.topics} for content in (before, after))
    return _compared(old, new)


def vocabulary_changes(before: Content, after: Content) -> ListChange:
    """Groups of words that mean the same, each by all its words."""
    old, new = (
        {" = ".join(w for words in g.words.values() for w in words): g for g in content.vocabulary}
        for content in (before, after)
    )
    return _compared(old, new)


def sentence_changes(
    before: Sequence[Translation], after: Sequence[Translation], code: str
) -> ListChange:
    """Sentences and phrase lists of a language by key."""
    old, new = (
        {k: v for t in spoken if t.code == code for k, v in (*t.says.items(), *_lists(t))}
        for spoken in (before, after)
    )
    return _compared(old, new)


def _lists(translation: Translation) -> Iterator[tuple[str, Any]]:
    # A sentence and a list of phrases may have the same key.
    yield from ((f"{key} […]", tuple(phrases)) for key, phrases in translation.understands.items())


def _compared(old: Mapping[str, Any], new: Mapping[str, Any]) -> ListChange:
    return ListChange(
        tuple(key for key in new if key not in old),
        tuple(key for key in old if key not in new),
        tuple(key for key in new if key in old and new[key] != old[key]),
    )


def _field(name: str, old: Partner, new: Partner) -> Iterator[FieldChange]:
    before, after = getattr(old, name), getattr(new, name)
    if before == after:
        return
    if name in SINGLE:
        yield FieldChange(name, "", str(before or ""), str(after or ""))
    elif name in LISTS:
        yield _list_change(name, "", _items(name, before), _items(name, after))
    else:
        for language in dict.fromkeys((*before, *after)):
            gone, come = before.get(language), after.get(language)
            if gone == come:
                continue
            if name in TEXTS:
                yield FieldChange(name, language, gone or "", come or "")
            else:
                yield _list_change(name, language, gone or (), come or ())


def _items(name: str, values: Sequence[Any]) -> tuple[str, ...]:
    if name != "people":
        return tuple(values)
    return tuple(f"{p.name} ({', '.join(p.role.values())})" if p.role else p.name for p in values)


def _list_change(name: str, language: str, old: Sequence[str], new: Sequence[str]) -> FieldChange:
    went, came = (
        tuple(item for item in one if item not in other) for one, other in ((old, new), (new, old))
    )
    return FieldChange(name, language, went, came)
