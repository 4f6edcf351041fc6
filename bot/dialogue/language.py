"""In which language somebody wrote, by the evidence of their words."""

import math
from collections.abc import Collection, Sequence
from functools import lru_cache

from bot.dialogue.phrases import Spotted
from content.translations import Translation
from index.general_language import GeneralLanguage

RAREST = 2e-7
"""The frequency taken for words that a language's list does not have."""

MOST = 4.0
"""One word's evidence, at most, in nats: no single word outweighs a sentence."""

LIGHT = 3.0
"""The evidence of a word that only this language has among its light words."""

PHRASE = 2.5
"""The evidence of each word of a phrase that only this language has."""

KEPT_WORDS = 5_000
"""Words whose evidence is remembered: messages differ, but their words recur."""

MOST_WORDS = 60
"""Words of a message that are looked at."""

CLEAR = 2.0
"""The lead over the next language from which the evidence counts."""


class Languages:
    """Tells the bot's languages apart."""

    def __init__(self, translations: Sequence[Translation], general: GeneralLanguage) -> None:
        self.codes = tuple(t.code for t in translations)
        self._light = {t.code: t.light_words for t in translations}
        self._general = general
        self._evidence = lru_cache(KEPT_WORDS)(self._evidence_of)

    def spoken(
        self, words: Sequence[str], spotted: Sequence[Spotted], names: Collection[int]
    ) -> str | None:
        """The language of a message; None when it is mixed, unclear or too short to tell.

        Words at the places ``names`` belong to names, which are the same in every language. A
        single word tells only when it is a phrase of one language ("merci").
        """
        evidence = dict.fromkeys(self.codes, 0.0)
        in_phrase = self._add_phrases(evidence, spotted)
        telling = [
            w for place, w in enumerate(words) if place not in names and place not in in_phrase
        ]
        # A lone word says what, not in which language: many are the same in both.
        if in_phrase or len(telling) > 1:
            self._add_words(evidence, telling)
        ranked = sorted(evidence.values(), reverse=True)
        if len(ranked) == 1:
            return self.codes[0]
        clear = ranked[0] - ranked[1] >= CLEAR
        return max(self.codes, key=evidence.__getitem__) if clear else None

    def leaning(self, words: Sequence[str]) -> str | None:
        """The likelier language of a message that is too short to be sure of."""
        evidence = dict.fromkeys(self.codes, 0.0)
        self._add_words(evidence, words)
        ranked = sorted(evidence.values(), reverse=True)
        if len(ranked) < 2 or ranked[0] == ranked[1]:
            return None
        return max(self.codes, key=evidence.__getitem__)

    def _add_phrases(self, evidence: dict[str, float], spotted: Sequence[Spotted]) -> set[int]:
        """The places of phrases that belong to one language alone, which they are evidence for."""
        places: set[int] = set()
        for phrase in spotted:
            codes = {code for _, code in phrase.meanings}
            if len(codes) == 1:
                evidence[codes.pop()] += PHRASE * (phrase.end - phrase.start)
                places.update(range(phrase.start, phrase.end))
        return places

    def _add_words(self, evidence: dict[str, float], texts: Sequence[str]) -> None:
        for text in texts[:MOST_WORDS]:
            for code, nats in self._evidence(text):
                evidence[code] += nats

    def _evidence_of(self, text: str) -> tuple[tuple[str, float], ...]:
        """What a word says for each language, and once more for the only one it is light in."""
        having = [code for code in self.codes if text in self._light[code]]
        frequencies = {
            c: math.log(max(self._general.frequency(text, c), RAREST)) for c in self.codes
        }
        least = min(frequencies.values())
        found = [(code, min(MOST, frequencies[code] - least)) for code in self.codes]
        return (*found, (having[0], LIGHT)) if len(having) == 1 else tuple(found)


def known(code: str | None, codes: Sequence[str]) -> str | None:
    """The bot's language for a code such as ``pt-br``, if it has it."""
    short = (code or "").replace("_", "-").split("-")[0].lower()
    return short if short in codes else None
