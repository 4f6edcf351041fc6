"""The questions that lead through a new partner."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from content.ids import id_from


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for: a ``field`` of the partner, in a language where it has languages."""

    field: str
    language: str = ""

    @property
    def key(self) -> str:
        """Tells it from all others: "name:en", "website"."""
        return f"{self.field}:{self.language}" if self.language else self.field


def questions(languages: Sequence[str]) -> tuple[Question, ...]:
    """All questions in their order."""
    return (
        *(Question("name", code) for code in languages),
        Question("aliases"),
        Question("website"),
        Question("id"),
        *(Question("summary", code) for code in languages),
        Question("topics"),
        *(Question("keywords", code) for code in languages),
        *(Question("questions", code) for code in languages),
        Question("verified_on"),
        Question("source"),
    )


def lacking(asked: Sequence[Question], answers: Mapping[str, Any]) -> Question | None:
    """The first question without whose answer there is no partner, if one is open."""
    for name in ("name", "id", "summary"):
        own = [question for question in asked if question.field == name]
        if not any(answers.get(question.key) for question in own):
            return own[0]
    return None


def ids_offered(answers: Mapping[str, Any], taken: Sequence[str]) -> tuple[str, ...]:
    """Ids made of the answers: of a short other name, of the names; only free ones."""
    names = [value for key, value in answers.items() if key.startswith("name:")]
    short = [alias for alias in answers.get("aliases", ()) if len(alias) <= 12]
    made = dict.fromkeys(id_from(name) for name in (*short[:1], *names))
    return tuple(one for one in made if one and one not in taken)[:3]


def values_of(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers as the fields of a partner."""
    values: dict[str, Any] = {}
    for key, value in answers.items():
        field, _, language = key.partition(":")
        if language:
            values.setdefault(field, {})[language] = value
        elif field != "id":
            values[field] = value
    return values
