"""How much a word tells: rare words of a language say more than common ones.

Word frequencies are wordfreq's small lists (https://pypi.org/project/wordfreq, Apache 2.0, data
CC BY-SA 4.0): some 30,000 words a language, each at least once in a million. They do not depend
on the content, so that fifteen partners and fifteen thousand are judged alike.
"""

import math
from collections.abc import Iterable
from functools import lru_cache

from content.folding import fold
from index.frequencies import frequencies

EVERYDAY_BITS = 9.0
"""The surprise (bits) of words like "from" or "dans", about one word in 500; they tell nothing."""

UNLISTED_BITS = 21.0
"""The surprise of a word outside the lists, less than once in a million."""


class GeneralLanguage:
    """Frequencies of words in the given languages, folded; unknown languages know no words."""

    def __init__(self, languages: Iterable[str]) -> None:
        self._lists = {code: _frequencies(code) for code in languages}

    def information(self, word: str) -> float:
        """Bits a folded word tells beyond an everyday one, at least 1; its commonest use counts."""
        frequency = max((words.get(word, 0.0) for words in self._lists.values()), default=0.0)
        bits = -math.log2(frequency) if frequency else UNLISTED_BITS
        return max(1.0, bits - EVERYDAY_BITS)

    def knows(self, word: str) -> bool:
        """Is this folded word an ordinary one in any of the languages?"""
        return any(word in words for words in self._lists.values())

    def frequency(self, word: str, language: str) -> float:
        """The share of the folded word among all words of the language; 0 when not listed."""
        return self._lists.get(language, {}).get(word, 0.0)


@lru_cache(maxsize=8)
def _frequencies(language: str) -> dict[str, float]:
    listed = frequencies(language)
    # Folded as one text: word by word, they took 10 ms more of each start.
    accented = [word for word in listed if not word.isascii()]
    bare = dict(zip(accented, fold("\n".join(accented)).split("\n"), strict=bool(accented)))
    folded: dict[str, float] = {}
    for word, frequency in listed.items():
        plain = bare.get(word) or fold(word)
        folded[plain] = folded.get(plain, 0.0) + frequency
    return folded
