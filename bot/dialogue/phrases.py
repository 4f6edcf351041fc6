"""Finds the phrases of the translations in what people type, whatever the care they type with."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice, pairwise
from typing import Generic, NamedTuple, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA

from content.folding import LONGEST_KEPT, fold
from content.translations import Translation
from index.general_language import GeneralLanguage

MOST_WORDS = 700
"""Words of a message that are looked at; 4096 characters seldom have more."""

MOST_MENDED = 12
"""Words of a message that are tried as typos; who writes more than that writes no phrase."""

Meaning = TypeVar("Meaning")

_WORD = re.compile(r"[^\W_]+")
_QUOTES = re.compile(r"['’‘ʼ´`′＇]")
_JOINS = re.compile(r"['’‘ʼ´`′＇‐‑-]")


class Word(NamedTuple):
    """A folded word, and where it stands in the text as typed."""

    text: str
    start: int
    end: int


class Spotted(NamedTuple):
    """A phrase at words ``start:end``: the keys it stands under, each with its language."""

    start: int
    end: int
    meanings: tuple[tuple[str, str], ...]

    @property
    def keys(self) -> frozenset[str]:
        """The keys alone."""
        return _keys(self.meanings)


@lru_cache(maxsize=2_000)
def _keys(meanings: tuple[tuple[str, str], ...]) -> frozenset[str]:
    return frozenset(key for key, _ in meanings)


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text; apostrophes and hyphens part them as spaces do."""
    if text.isascii():
        # Nothing to fold but capitals, and no place changes.
        matches = islice(_WORD.finditer(text.lower()), MOST_WORDS)
        return tuple([Word(m[0], m.start(), m.end()) for m in matches])
    matches = islice(_WORD.finditer(text), MOST_WORDS)
    return tuple([Word(fold(m[0]), m.start(), m.end()) for m in matches])


def folded_words(text: str) -> list[str]:
    """The words of ``words_of`` without their places, much sooner."""
    words: list[str] = []
    for written in text.split():
        # What is no word is not kept: it may be thousands of letters long.
        words += (_known_words if len(written) <= LONGEST_KEPT else _folded_words)(written)
    return words[:MOST_WORDS]


def _folded_words(text: str) -> tuple[str, ...]:
    return tuple(map(fold, _WORD.findall(text)))


# Messages differ, but what stands between two spaces recurs.
_known_words = lru_cache(maxsize=20_000)(_folded_words)


def has_words(text: str) -> bool:
    """Whether a text has any words."""
    return bool(_WORD.search(text))


class Rows(Generic[Meaning]):
    """Rows of words, each with its meanings; finds the longest at every place, in linear time."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[tuple[str, ...], tuple[Meaning, ...]]] = {}
        self._longest: dict[str, int] = {}
        self._pairs: set[tuple[str, str]] = set()
        self.words: set[str] = set()

    def add(self, phrase: str, meaning: Meaning) -> None:
        """Learn a phrase, with its apostrophes and hyphens and without."""
        for way in {phrase, _QUOTES.sub("", phrase), _JOINS.sub("", phrase)}:
            row = tuple(word.text for word in words_of(way))
            if not row:
                continue
            known = self._rows.setdefault(row[0], {})
            if meaning not in known.get(row, ()):
                known[row] = (*known.get(row, ()), meaning)
            self._longest[row[0]] = max(len(row), self._longest.get(row[0], 0))
            self._pairs.update(pairwise(row[:2]))
            self.words.update(row)

    def spans(self, texts: Sequence[str]) -> Iterator[tuple[int, int, tuple[Meaning, ...]]]:
        """Where rows stand (start, end, meanings), the longest at each place, none in another."""
        end = 0
        for place, text in enumerate(texts):
            if place >= end and text in self._rows:
                length, meanings = self._at(texts, place)
                if length:
                    end = place + length
                    yield place, end, meanings

    def _at(self, texts: Sequence[str], place: int) -> tuple[int, tuple[Meaning, ...]]:
        """The length and the meanings of the longest row at a place; 0 and none without one."""
        known = self._rows[texts[place]]
        # Most words that begin rows stand before a word that none of these goes on with.
        goes_on = tuple(texts[place : place + 2]) in self._pairs
        longest = self._longest[texts[place]] if goes_on else 1
        for length in range(min(longest, len(texts) - place), 0, -1):
            meanings = known.get(tuple(texts[place : place + length]))
            if meanings:
                return length, meanings
        return 0, ()


class Phrases:
    """The phrases of all languages under the given keys; ``names`` are words never to be mended."""

    def __init__(
        self,
        translations: Iterable[Translation],
        general: GeneralLanguage,
        keys: Collection[str],
        names: Iterable[str] = (),
    ) -> None:
        translations = tuple(translations)
        self._general = general
        self._rows: Rows[tuple[str, str]] = Rows()
        for translation in translations:
            for key, phrases in translation.understands.items():
                if key in keys:
                    for phrase in phrases:
                        self._rows.add(phrase, (key, translation.code))
        light = frozenset[str]().union(*(t.light_words for t in translations))
        # Some light words are misspelt on purpose ("thansk"): here they are phrases, misspelt.
        usual = {word for word in light if general.knows(word)}
        self._known = usual | self._rows.words | set(names)
        self._alone = {
            phrase
            for translation in translations
            for key in keys
            for phrase in map(fold, translation.phrases(key))
        }
        self._targets: dict[str, list[str]] = {}
        for word in sorted(word for word in self._rows.words if len(word) > 3):
            self._targets.setdefault(word[0], []).append(word)
        self._mended = lru_cache(maxsize=5_000)(self._mend)

    def mended(self, words: Sequence[str]) -> list[str]:
        """The words, with typos in words of phrases put right ("thansk", "wesbite")."""
        mended = list(words)
        unknown = [place for place, word in enumerate(words) if word not in self._known]
        for place in unknown[:MOST_MENDED]:
            mended[place] = self._mended(words[place])
        return mended

    def spot(self, words: Sequence[str]) -> tuple[Spotted, ...]:
        """The phrases in a row of words, the longest at each place."""
        return tuple([Spotted(*span) for span in self._rows.spans(words)])

    def _mend(self, word: str) -> str:
        if not (4 < len(word) < 20 and word.isalpha()) or self._general.knows(word):
            return word
        allowed = 1 if len(word) < 9 else 2
        alike = self._targets.get(word[0], ())
        near = process.extract(word, alike, scorer=OSA.distance, score_cutoff=allowed, limit=20)
        # A word that is a phrase by itself is meant rather than a part of one ("thansk").
        meant = [(distance, target not in self._alone, target) for target, distance, _ in near]
        return min(meant)[2] if meant else word
