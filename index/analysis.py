"""How a content's texts are read: the same for building its index and for asking it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from content.models import Content
from content.translations import Translation
from index.documents import Documents
from index.rows import Row, Rows
from index.vocabulary import Vocabulary
from index.words import Words


@dataclass(frozen=True, slots=True)
class KnownWords:
    """What is known of a content's words besides its index, worked out once when it is built.

    ``counts`` are the words as written with their numbers of partners (0: the vocabulary's only),
    ``own_subjects`` the phrases that usually are another subject but not for this content.
    """

    counts: Mapping[str, int]
    own_subjects: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Analysis:
    """Words, vocabulary and documents of one content."""

    words: Words
    vocabulary: Vocabulary
    documents: Documents


def analysis(content: Content, translations: Sequence[Translation]) -> Analysis:
    """The analysis of a content in its languages."""
    elisions = [e for t in translations for e in t.phrases("elisions")]
    words = Words(content.languages, elisions)
    light = frozenset[str]().union(*(t.light_words for t in translations))
    vocabulary = Vocabulary(content.vocabulary, words, light - own_words(content, words))
    return Analysis(words, vocabulary, Documents(content, words, vocabulary))


def known_words(content: Content, translations: Sequence[Translation]) -> KnownWords:
    """Look through all texts of a content once."""
    parts = analysis(content, translations)
    counts = Counter(w for p in content.partners for w in set(parts.documents.surfaces(p)))
    counts.update(dict.fromkeys(parts.vocabulary.surfaces - counts.keys(), 0))
    elsewhere = Rows(rows_of(parts.words, translations, "other_subjects"))
    return KnownWords(dict(counts), tuple(sorted(parts.documents.said(elsewhere))))


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
        for phrase in translation.phrases(key):
            yield tuple(token.text for token in words.tokens(phrase))
