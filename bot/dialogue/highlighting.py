"""Which words of a text made it an answer, shown in bold."""

from collections.abc import Iterable
from functools import lru_cache

from bot.dialogue.messages import Paragraph, Span, Style
from index.finder import Why
from index.words import Words


class Highlighter:
    """Marks the words of a text that share a stem with words that were matched."""

    def __init__(self, words: Words, light: frozenset[str]) -> None:
        self._words, self._light = words, light
        self._stems_of = lru_cache(maxsize=2_000)(self._stems)

    def mark(self, text: str, why: Why) -> Paragraph:
        """The text with matched, corrected and translated words in bold."""
        wanted = self._stems_of((*why.matched, *why.corrected.values(), *why.translated.values()))
        spans: list[Span] = []
        at = 0
        for token in self._words.tokens(text) if wanted else ():
            if wanted.isdisjoint(self._words.stems(token.text)):
                continue
            if token.start > at:
                spans.append(Span(text[at : token.start]))
            spans.append(Span(text[token.start : token.end], Style.BOLD))
            at = token.end
        return (*spans, Span(text[at:])) if text[at:] else tuple(spans)

    def _stems(self, phrases: Iterable[str]) -> frozenset[str]:
        tokens = (token for phrase in phrases for token in self._words.tokens(phrase))
        return frozenset(
            stem
            for token in tokens
            if token.text not in self._light
            for stem in self._words.stems(token.text)
        )
