"""Typos: the nearest words that the index knows, for words that it does not."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.lexicon import Lexicon
from index.trigrams import trigrams

WRONG_FIRST_LETTER = 0.6
"""Added to the distance: people seldom miss the first letter."""

PREFIX_LENGTH = 5
"""From this length on, a beginning of a word stands for the word ("surexpo")."""

ALIKE = 0.55
"""The share of common trigrams (Dice) from which two long words count as alike."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A word of the index that may have been meant; ``closeness`` from 0 to 1.

    ``slip``: one typo, and not in the first letter.
    """

    word: str
    closeness: float
    slip: bool = False


def budget(length: int) -> int:
    """How many typos (insert, delete, change, swap) a word of this length may have."""
    return 0 if length < 3 else 1 if length < 8 else 2


class Spelling:
    """Corrects over the words of one index; ``frequencies`` are their numbers of documents."""

    def __init__(self, frequencies: Mapping[str, int] | Lexicon) -> None:
        known = frequencies if isinstance(frequencies, Lexicon) else Lexicon.of(frequencies)
        self._lexicon = known
        self.corrections = lru_cache(maxsize=20_000)(self._corrections)

    def __contains__(self, word: str) -> bool:
        return word in self._lexicon

    def beginning_with(self, start: str, limit: int = 20) -> tuple[str, ...]:
        """The commonest words that begin so, for words that are still being typed."""
        found = self._lexicon.beginning_with(start)
        return tuple(word for word, _ in sorted(found, key=lambda f: (-f[1], f[0]))[:limit])

    def _corrections(self, word: str) -> tuple[Correction, ...]:
        """At most three words, the likeliest first; none when nothing is near."""
        return self._near(word) or self._longer(word) or self._alike(word)

    def _near(self, word: str) -> tuple[Correction, ...]:
        typos = budget(len(word))
        if not typos or not word.isalpha():
            return ()
        near = process.extract(
            word, self._perhaps(word, typos), scorer=OSA.distance, score_cutoff=typos, limit=None
        )
        found = [pair for pair in near if len(pair[0]) > 2]
        if len(word) < 5:
            found = [f for f in found if _short_slip(word, f[0])]
        judged = sorted(
            (distance + WRONG_FIRST_LETTER * (near[0] != word[0]), -self._lexicon.count(near), near)
            for near, distance, _ in found
        )
        return tuple(
            Correction(near, 1 - cost / len(word), slip=cost == 1)
            for cost, _, near in judged[:3]
            if cost <= judged[0][0] and cost < typos + WRONG_FIRST_LETTER
        )

    def _perhaps(self, word: str, typos: int) -> list[str]:
        """The words that can be near enough: those that begin alike, and one slip at the start.

        A wrong first letter and a second typo are always too much (WRONG_FIRST_LETTER), so few of
        many words have to be measured, and all that are near are.
        """
        lengths = range(len(word) - typos, len(word) + typos + 1)
        alike = (self._lexicon.begun_alike(word[0], length) for length in lengths)
        letters = self._lexicon.letters
        starts = (start for letter in letters for start in (letter + word, letter + word[1:]))
        swapped = word[1] + word[0] + word[2:]
        slips = self._lexicon.words.known((word[1:], swapped, *starts))
        return [*chain.from_iterable(alike), *(w for w in slips if w[0] != word[0])]

    def _longer(self, word: str) -> tuple[Correction, ...]:
        if len(word) < PREFIX_LENGTH:
            return ()
        found = self.beginning_with(word, limit=3)
        return tuple(Correction(w, max(0.6, len(word) / len(w))) for w in found)

    def _alike(self, word: str) -> tuple[Correction, ...]:
        """The safety net: words that share most of their letter groups, in any place."""
        if len(word) < 6:
            return ()
        mine = trigrams(word)
        # Nobody with fewer in common can be alike, however short.
        fewest = ALIKE / (2 - ALIKE) * len(mine) - 1e-9
        shared = self._lexicon.trigrams.shared(mine, fewest)
        words = ((self._lexicon.words.word(number), count) for number, count in shared)
        alike = [(2 * count / (len(mine) + len(other) + 2), other) for other, count in words]
        near = sorted((a for a in alike if a[0] >= ALIKE), key=lambda a: (-a[0], a[1]))
        return tuple(Correction(other, share) for share, other in near[:2])


def _short_slip(typed: str, word: str) -> bool:
    """May a very short word be this one? Two letters swapped ("adt"), or one of five left out.

    Every other change makes too many words of too many: "omg" is not "oms".
    """
    swapped = len(typed) == len(word) and sorted(typed) == sorted(word)
    return swapped or (len(typed) == 4 and len(word) == 5 and typed[0] == word[0])
