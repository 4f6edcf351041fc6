"""Which words of a partner can be found, and how much each field weighs."""

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from content.models import Content, Partner
from index.engine import Document
from index.rows import Row, Rows
from index.vocabulary import Vocabulary
from index.words import Words


@dataclass(frozen=True, slots=True)
class Field:
    """BM25F's parameters of a field: its weight, and how far its length counts (b, 0 to 1)."""

    weight: float
    length: float


FIELDS: Mapping[str, Field] = {
    "name": Field(6.0, 0.4),
    "people": Field(3.0, 0.4),
    "keywords": Field(3.0, 0.4),
    "topics": Field(2.0, 0.4),
    "summary": Field(1.5, 0.5),
    "text": Field(1.0, 0.5),
}
"""Name beats keywords beats prose; the editors' own lists are hardly judged by their length."""

SATURATION = 3.0
"""BM25's k1: how soon repeating a word stops to count."""


class Documents:
    """Turns partners into documents: stems and concepts, field by field."""

    def __init__(self, content: Content, words: Words, vocabulary: Vocabulary) -> None:
        self._content, self._words, self._vocabulary = content, words, vocabulary

    def __iter__(self) -> Iterator[Document]:
        return (self.document(partner) for partner in self._content.partners)

    def document(self, partner: Partner) -> Document:
        """The document of one partner."""
        fields = {
            field: tuple(term for language, text in texts for term in self._terms(language, text))
            for field, texts in self.texts(partner).items()
        }
        fields["name"] += tuple(self._joined_names(partner))
        return Document(partner.id, fields)

    def texts(self, partner: Partner) -> dict[str, list[tuple[str | None, str]]]:
        """The texts of each field with their language; None where none is known."""
        topics = [t for t in (self._content.topic(i) for i in partner.topics) if t]
        return {
            "name": [*partner.name.items(), *((None, alias) for alias in _names(partner))],
            "people": [
                *((None, person.name) for person in partner.people),
                *(pair for person in partner.people for pair in person.role.items()),
            ],
            "keywords": [(code, w) for code, ws in partner.keywords.items() for w in ws],
            "topics": [
                *(pair for topic in topics for pair in topic.label.items()),
                *((code, w) for t in topics for code, ws in t.words.items() for w in ws),
            ],
            "summary": [*partner.summary.items()],
            "text": [*partner.text.items()],
        }

    def surfaces(self, partner: Partner) -> Iterable[str]:
        """The folded words of a partner as they are written, for the correction of typos."""
        for texts in self.texts(partner).values():
            for _, text in texts:
                for token in self._words.tokens(text):
                    yield from token.parts or (token.text,)
        yield from self._joined_names(partner)

    def said(self, rows: Rows) -> set[Row]:
        """The rows of words that some partner's texts have."""
        found: set[Row] = set()
        for partner in self._content.partners:
            for texts in self.texts(partner).values():
                for _, text in texts:
                    words = [token.text for token in self._words.tokens(text)]
                    found.update(tuple(words[start:end]) for start, end in rows.spans(words))
        return found

    def _terms(self, language: str | None, text: str) -> Iterator[str]:
        tokens = self._words.tokens(text)
        telling = [t for t in tokens if not self._vocabulary.is_light(t)] or tokens
        for token in telling:
            if token.parts:
                yield token.text
            for word in token.parts or (token.text,):
                yield from (
                    self._words.stems(word)
                    if language is None
                    else (self._words.stem(word, language),)
                )
        yield from self._vocabulary.concepts_of([t.text for t in tokens])

    def _joined_names(self, partner: Partner) -> Iterator[str]:
        """Names written in one word, as people do: terranova, croixrouge."""
        for name in {*partner.name.values(), *partner.aliases}:
            tokens = [t.text for t in self._words.tokens(name)]
            if len(tokens) > 1:
                yield "".join(tokens)
            for first, second in itertools.pairwise(tokens):
                if min(len(first), len(second)) > 2:
                    yield first + second


def _names(partner: Partner) -> Iterator[str]:
    yield from partner.aliases
    if partner.website:
        yield partner.website.split("://")[-1].split("/")[0]
