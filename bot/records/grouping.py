"""Questions that ask for the same, put together by the words that tell."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from content.folding import fold
from content.translations import Translation
from index.words import Words

MOST_WORDS = 12
"""Telling words of a group; what is longer is a text of its own."""

_MASKED = re.compile(r"\[[a-z-]+\]")


@dataclass(frozen=True, slots=True)
class Group:
    """What questions have in common; ``key`` is short enough for a button."""

    key: str
    words: str


class Grouping:
    """Finds a question's group: its telling words, stemmed and sorted, whatever their order."""

    def __init__(self, translations: Sequence[Translation]) -> None:
        elisions = {fold(e) for t in translations for e in t.phrases("elisions")}
        self._words = Words((t.code for t in translations), elisions)
        self._light = frozenset(word for t in translations for word in t.light_words)

    def group(self, question: str) -> Group:
        """The group of a masked question; one of light words only is grouped by all of them."""
        tokens = self._words.tokens(_MASKED.sub(" ", question))
        telling = [t.text for t in tokens if t.text not in self._light or t.acronym]
        stems: dict[str, str] = {}
        for word in telling or [t.text for t in tokens]:
            stems.setdefault(self._stem(word), word)
        kept = sorted(stems)[:MOST_WORDS]
        key = hashlib.sha256(" ".join(kept).encode()).hexdigest()[:12]
        return Group(key, " ".join(stems[stem] for stem in kept)[:200])

    def _stem(self, word: str) -> str:
        # Every language's stem in turn: the same word is one group in whatever language it came.
        for language in self._words.languages:
            word = self._words.stem(word, language)
        return word
