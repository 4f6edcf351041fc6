"""How a content's texts are read: the same for building its index and for asking it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from content.folding import fold
from content.models import Content
from content.translations import Translation
from index.documents import Documents
from index.engine import Document
from index.lexicon import Lexicon
from index.rows import Row, Rows
from index.vocabulary import Vocabulary
from index.words import Words


@dataclass(frozen=True, slots=True)
class KnownWords:
    """What is known of a content's words besides its index, worked out once when it is built.

    ``counts`` are the words as written with their numbers of partners (0: the vocabulary's only),
    ``own_subjects`` the phrases that usually are another subject but not for this content, and
    ``own_words`` the words that tell, however common (None: not worked out yet).
    """

    counts: Mapping[str, int] | Lexicon
    own_subjects: tuple[Row, ...] = ()
    own_words: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Analysis:
    """Words, vocabulary and documents of one content."""

    words: Words
    vocabulary: Vocabulary
    documents: Documents
    own_words: frozenset[str] = frozenset()


def analysis(
    content: Content, translations: Sequence[Translation], own: frozenset[str] | None = None
) -> Analysis:
    """The analysis of a content in its languages; ``own`` are its ``own_words``, where known."""
    words = words_for(content, translations)
    light = frozenset[str]().union(*(t.light_words for t in translations))
    own = own_words(content, words) & light if own is None else own
    vocabulary = Vocabulary(content.vocabulary, words, light - own)
    return Analysis(words, vocabulary, Documents(content, words, vocabulary), own)


def words_for(content: Content, translations: Sequence[Translation]) -> Words:
    """How words are told apart in a content; the next generation uses what this one knows."""
    elisions = (fold(e) for t in translations for e in t.phrases("elisions"))
    return _words(tuple(content.languages), frozenset(elisions))


_words = lru_cache(maxsize=2)(Words)


class Learning:
    """Reads all texts of a content once: the documents go by, and what is in them is learnt."""

    def __init__(self, parts: Analysis, translations: Sequence[Translation]) -> None:
        self._parts, self._counts = parts, Counter[str]()
        self._elsewhere = Rows(rows_of(parts.words, translations, "other_subjects"))
        self._said: set[Row] = set()

    def documents(self) -> Iterator[Document]:
        """Every document; afterwards ``known`` tells."""
        for read in self._parts.documents.read():
            self._counts.update(read.written)
            for row in read.rows:
                self._said.update(self._elsewhere.found(row))
            yield read.document

    def known(self) -> KnownWords:
        """What was learnt of the documents that have gone by."""
        counts = dict.fromkeys(self._parts.vocabulary.surfaces, 0) | self._counts
        return KnownWords(counts, tuple(sorted(self._said)), self._parts.own_words)


def own_words(content: Content, words: Words) -> frozenset[str]:
    """Words that are a whole name, alias, keyword or topic here: they tell, however common."""
    texts = [
        *(text for p in content.partners for text in (*p.name.values(), *p.aliases)),
        *(word for p in content.partners for ws in p.keywords.values() for word in ws),
        *(label for t in content.topics for label in t.label.values()),
        *(word for t in content.topics for ws in t.words.values() for word in ws),
    ]
    rows = (words.tokens(text) for text in texts)
    return frozenset(row[0].text for row in rows if len(row) == 1)


def rows_of(words: Words, translations: Sequence[Translation], key: str) -> Iterator[Row]:
    """The phrases of every language for ``key``, as rows of folded words."""
    for translation in translations:
        yield from _rows(words, translation.phrases(key))


# What a build has read is read again as its index is opened.
@lru_cache(maxsize=8)
def _rows(words: Words, phrases: tuple[str, ...]) -> tuple[Row, ...]:
    return tuple([tuple([token.text for token in words.tokens(phrase)]) for phrase in phrases])
