"""What the bot knows, as shapes: partners, topics and words that mean the same."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Self, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

T = TypeVar("T")

SUMMARY_LIMIT = 400
"""Characters of a summary; it must be readable on a phone without scrolling."""

NonEmpty = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Summary = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=SUMMARY_LIMIT)
]
LongText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=48)]

OFFERED = ("en", "fr")
"""Languages that editors offer while typing; others may be typed."""

_WEB_ADDRESS = re.compile(r"^https?://[^\s/?#@]+\.[^\s/?#@.]{2,}([/?#]\S*)?$", re.IGNORECASE)


def _web_address(value: str) -> str:
    if not _WEB_ADDRESS.match(value):
        raise ValueError("web_address")
    return value


WebAddress = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=300), AfterValidator(_web_address)
]


class Shape(BaseModel):
    """Frozen, and no key but its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Person(Shape):
    """Somebody whom the content names beside a partner."""

    name: Name
    role: dict[Language, NonEmpty] = Field(default_factory=dict)


class Partner(Shape):
    """One partner: the content of one file ``partners/<id>.yaml``."""

    id: Id
    name: Annotated[dict[Language, Name], Field(min_length=1)]
    aliases: tuple[Name, ...] = ()
    website: WebAddress | None = None
    summary: Annotated[dict[Language, Summary], Field(min_length=1)]
    text: dict[Language, LongText] = Field(default_factory=dict)
    topics: tuple[Id, ...] = ()
    people: tuple[Person, ...] = ()
    keywords: dict[Language, tuple[Word, ...]] = Field(default_factory=dict)
    questions: dict[Language, tuple[NonEmpty, ...]] = Field(default_factory=dict)
    verified_on: date | None = None
    source: NonEmpty | None = None


class Topic(Shape):
    """A subject that partners share: its label, and the words people use for it."""

    id: Id
    label: Annotated[dict[Language, Name], Field(min_length=1)]
    words: dict[Language, tuple[Word, ...]] = Field(default_factory=dict)


class WordGroup(Shape):
    """Words and short phrases that mean the same, by language."""

    words: dict[Language, tuple[Word, ...]]


class Content(Shape):
    """Everything the bot may answer from; ``languages`` has the main language first."""

    partners: tuple[Partner, ...]
    topics: tuple[Topic, ...] = ()
    vocabulary: tuple[WordGroup, ...] = ()
    languages: tuple[Language, ...] = ("en", "fr")

    def partner(self, partner_id: str) -> Partner | None:
        """The partner with this id, or None."""
        return self._by_id.get(partner_id)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy, perhaps with other partners."""
        copied = super().model_copy(update=update, deep=deep)
        copied.__dict__.pop("_by_id", None)
        return copied

    @cached_property
    def _by_id(self) -> dict[str, Partner]:
        # A bot with many partners looks up several a reply.
        return {partner.id: partner for partner in reversed(self.partners)}

    def topic(self, topic_id: str) -> Topic | None:
        """The topic with this id, or None."""
        return next((t for t in self.topics if t.id == topic_id), None)


def in_language(texts: dict[str, T], language: str) -> T | None:
    """The text in ``language``, else in the first language it has, else None."""
    if language in texts:
        return texts[language]
    return next(iter(texts.values()), None)


def partner_schema() -> dict[str, Any]:
    """The JSON Schema of a partner file, for editors that complete and check while typing."""
    schema = Partner.model_json_schema()
    schema["properties"].pop("id")
    schema["required"].remove("id")
    for shape in (schema, *schema["$defs"].values()):
        for part in shape["properties"].values():
            if "patternProperties" in part:
                # Editors offer what is named, and mark what is not a language.
                part["properties"] = {language: {} for language in OFFERED}
                part["additionalProperties"] = False
    return schema
