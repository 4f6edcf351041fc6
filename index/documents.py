"""Which words of a partner can be found, and how much each field weighs."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from content.models import Content, Partner
from index.engine import Document
from index.reading import Piece, Reader
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


@dataclass(frozen=True, slots=True)
class Read:
    """A partner as it was read: its document, and the words of its texts as they are written.

    ``written`` are its folded words for the correction of typos, ``rows`` those of each text.
    """

    document: Document
    written: frozenset[str]
    rows: Sequence[Sequence[str]]


class Documents:
    """Turns partners into documents: stems and concepts, field by field."""

    def __init__(self, content: Content, words: Words, vocabulary: Vocabulary) -> None:
        self._content, self._vocabulary = content, vocabulary
        self._reader = Reader(words, vocabulary)
        self._topics = {topic.id: topic for topic in reversed(content.topics)}
        self._of_topic = lru_cache(maxsize=1_000)(self._topic_texts)

    def __iter__(self) -> Iterator[Document]:
        return (read.document for read in self.read())

    def read(self) -> Iterator[Read]:
        """Every partner, read once."""
        return map(self._read, self._content.partners)

    def document(self, partner: Partner) -> Document:
        """The document of one partner."""
        return self._read(partner).document

    def texts(self, partner: Partner) -> dict[str, list[tuple[str | None, str]]]:
        """The texts of each field with their language; None where none is known."""
        topics = [texts for i in partner.topics for texts in self._of_topic(i)]
        return {
            "name": [*partner.name.items(), *((None, alias) for alias in _names(partner))],
            "people": [
                *((None, person.name) for person in partner.people),
                *(pair for person in partner.people for pair in person.role.items()),
            ],
            "keywords": [(code, w) for code, ws in partner.keywords.items() for w in ws],
            "topics": topics,
            "summary": [*partner.summary.items()],
            "text": [*partner.text.items()],
        }

    def _topic_texts(self, topic_id: str) -> Sequence[tuple[str | None, str]]:
        topic = self._topics.get(topic_id)
        if topic is None:
            return ()
        words = ((code, word) for code, words in topic.words.items() for word in words)
        return (*topic.label.items(), *words)

    def _read(self, partner: Partner) -> Read:
        fields: dict[str, tuple[str, ...]] = {}
        written: set[str] = set()
        rows: list[Sequence[str]] = []
        for field, texts in self.texts(partner).items():
            terms: list[str] = []
            for language, text in texts:
                pieces = self._reader.pieces(language, text)
                row = [word for piece in pieces for word in piece.words]
                terms += self._terms(pieces, row)
                written.update(*[piece.written for piece in pieces])
                rows.append(row)
            fields[field] = tuple(terms)
        joined = tuple(self._joined_names(partner))
        fields["name"] += joined
        return Read(Document(partner.id, fields), frozenset(written.union(joined)), rows)

    def _terms(self, pieces: Sequence[Piece], row: Sequence[str]) -> Iterator[str]:
        telling = [term for piece in pieces for term in piece.telling]
        yield from telling or [term for piece in pieces for term in piece.terms]
        yield from self._vocabulary.concepts_of(row)

    def _joined_names(self, partner: Partner) -> Iterator[str]:
        """Names written in one word, as people do: terranova, croixrouge."""
        for name in {*partner.name.values(), *partner.aliases}:
            tokens = [w for piece in self._reader.pieces(None, name) for w in piece.words]
            if len(tokens) > 1:
                yield "".join(tokens)
            for first, second in itertools.pairwise(tokens):
                if min(len(first), len(second)) > 2:
                    yield first + second


def _names(partner: Partner) -> Iterator[str]:
    yield from partner.aliases
    if partner.website:
        yield partner.website.split("://")[-1].split("/")[0]
