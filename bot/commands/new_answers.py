"""What is a good answer to each question about a new partner."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bot.commands.new_questions import Question
from content.folding import bare, fold
from content.ids import good_id, id_from
from content.models import SUMMARY_LIMIT, Content, WebAddress

LONGEST = {"name": 120, "aliases": 120, "summary": SUMMARY_LIMIT, "keywords": 100,
           "questions": 300, "source": 300}  # fmt: skip
"""Characters of an answer, or of each item of a list."""

ITEMS = 60
"""Items of a list."""

_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_WEBSITE: TypeAdapter[str] = TypeAdapter(WebAddress)


class WrongAnswerError(Exception):
    """An answer that will not do: the key of the sentence that says why, and its values."""

    def __init__(self, key: str, **values: str | int) -> None:
        super().__init__(key)
        self.key, self.values = key, values


def answer_to(question: Question, said: str, content: Content, taken: Sequence[str]) -> Any:
    """The value that words give; ``taken`` are ids of files that are there.

    Raises:
        WrongAnswerError: they give none.
    """
    text = cleaned(said)
    if not text:
        raise WrongAnswerError("new_wrong_empty")
    if question.field in ("aliases", "keywords", "questions"):
        return _items(question.field, said, content)
    if question.field == "topics":
        return _topics(said, content)
    check = {"website": _website, "verified_on": _day}.get(question.field)
    if check:
        return check(text)
    if question.field == "id":
        return _id(text, taken)
    _short_enough(question.field, text)
    if question.field == "name":
        _is_free(text, content)
    return text


def cleaned(text: str) -> str:
    """A text on one line, without what cannot be seen."""
    return _HIDDEN.sub("", " ".join(text.split()))


def _short_enough(field: str, text: str) -> None:
    limit = LONGEST[field]
    if len(text) > limit:
        raise WrongAnswerError("new_wrong_long", count=len(text), limit=limit)


def _is_free(name: str, content: Content) -> None:
    letters = bare(name).replace(" ", "")
    for partner in content.partners:
        if letters in {
            bare(n).replace(" ", "") for n in (*partner.name.values(), *partner.aliases)
        }:
            raise WrongAnswerError("new_wrong_name_taken", name=name, partner=partner.id)


def _items(field: str, said: str, content: Content) -> list[str]:
    parts = re.split(r"\n" if field == "questions" else r"[\n,;]", said)
    items = list(dict.fromkeys(item for part in parts if (item := cleaned(part))))
    for item in items:
        _short_enough(field, item)
        if field == "aliases":
            _is_free(item, content)
    if len(items) > ITEMS:
        raise WrongAnswerError("new_wrong_many", limit=ITEMS)
    if not items:
        raise WrongAnswerError("new_wrong_empty")
    return items


def _topics(said: str, content: Content) -> list[str]:
    return list(dict.fromkeys(_topic(cleaned(part), content) for part in _parts(said)))


def _parts(said: str) -> Iterator[str]:
    yield from (part for part in re.split(r"[\n,;]", said) if part.strip())


def _topic(name: str, content: Content) -> str:
    for topic in content.topics:
        if fold(name) in {topic.id, *map(fold, topic.label.values())}:
            return topic.id
    raise WrongAnswerError("new_wrong_topic", name=name[:60])


def _website(text: str) -> str:
    try:
        return _WEBSITE.validate_python(text)
    except ValidationError:
        raise WrongAnswerError("new_wrong_website", text=text[:80]) from None


def _id(text: str, taken: Sequence[str]) -> str:
    if not good_id(text):
        raise WrongAnswerError("new_wrong_id", right=id_from(text) or "croix-rouge")
    if text in taken:
        raise WrongAnswerError("new_wrong_id_taken", id=text)
    return text


def _day(text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise WrongAnswerError("new_wrong_day") from None
    if day > (datetime.now(UTC) + timedelta(hours=14)).date():
        raise WrongAnswerError("new_wrong_future")
    return day.isoformat()
