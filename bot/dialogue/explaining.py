"""Why a partner was found, in the reader's language: words that match, and words read otherwise."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from bot.dialogue.messages import Paragraph, Span, Style
from bot.dialogue.voice import Voice
from content.folding import fold
from content.models import Content, Partner, WordGroup
from index.findings import Answer, Why
from index.words import Words

MOST_EXPLAINED = 3
"""Corrections or meanings that a reply tells; more would bury the answer."""


class Explainer:
    """Explains answers with words that the reader can see in the partner's own text."""

    def __init__(self, content: Content, words: Words, light: frozenset[str]) -> None:
        self._words, self._light = words, light
        self._content = content
        self._groups: dict[str, list[WordGroup]] = {}
        for group in content.vocabulary:
            for phrase in {p for phrases in group.words.values() for p in phrases}:
                self._groups.setdefault(phrase, []).append(group)
        self._stems_of = lru_cache(maxsize=2_000)(self._stems)
        self._meaning_of = lru_cache(maxsize=5_000)(self._meaning)
        self._wanted_of = lru_cache(maxsize=5_000)(self._wanted)
        self._places_of = lru_cache(maxsize=1_000)(self._telling_places)

    def why(self, voice: Voice, answer: Answer) -> Why:
        """The answer's reasons, with meanings in words of the reader's language."""
        partner = voice.content.partner(answer.id)
        if partner is None or not answer.why.translated:
            return answer.why
        meanings = {
            word: seen
            for word, other in answer.why.translated.items()
            if (seen := self._meaning_of(answer.id, voice.language, word, other))
        }
        return answer.why._replace(translated=meanings)

    def mark(self, text: str, why: Why) -> Paragraph:
        """The text with matched, corrected and translated words in bold."""
        words = (*why.matched, *why.corrected.values(), *why.translated.values())
        wanted: set[str] = set()
        wanted.update(*map(self._wanted_of, words))
        places = self._places_of(text) if wanted else {}
        spans: list[Span] = []
        at = 0
        for start, end in sorted({place for stem in wanted for place in places.get(stem, ())}):
            if start > at:
                spans.append(Span(text[at:start]))
            spans.append(Span(text[start:end], Style.BOLD))
            at = end
        if at < len(text):
            spans.append(Span(text[at:]))
        return tuple(spans)

    def _wanted(self, word: str) -> frozenset[str]:
        """The stems to mark for a word or phrase; none for a light word."""
        return frozenset() if fold(word) in self._light else self._stems((word,))

    def _telling_places(self, text: str) -> dict[str, list[tuple[int, int]]]:
        """Where in a text each stem of its words stands (start, end); light words do not tell."""
        places: dict[str, list[tuple[int, int]]] = {}
        for token in self._words.tokens(text):
            for stem in self._words.stems(token.text) if token.text not in self._light else ():
                places.setdefault(stem, []).append((token.start, token.end))
        return places

    def _meaning(self, partner_id: str, language: str, word: str, other: str) -> str | None:
        """A word of the reader's language in the partner's text that ``word`` was read as."""
        partner = self._content.partner(partner_id)
        there = self._stems_of(_texts(partner, language)) if partner else frozenset[str]()
        seen = self._seen(language, other, there)
        same = seen and not self._stems_of((seen,)).isdisjoint(self._stems_of((word,)))
        return None if same else seen

    def _seen(self, language: str, other: str, there: frozenset[str]) -> str | None:
        """A word of the same meaning that the partner's text has in this language."""
        for group in self._groups.get(other, ()):
            for phrase in group.words.get(language, ()):
                parts = [self._stems_of((part,)) for part in phrase.split()]
                if all(part and not part.isdisjoint(there) for part in parts):
                    return phrase
        return None

    def _stems(self, texts: Iterable[str]) -> frozenset[str]:
        tokens = (token for text in texts for token in self._words.tokens(text))
        return frozenset(stem for token in tokens for stem in self._words.stems(token.text))


def explained(voice: Voice, reasons: Sequence[Why]) -> tuple[Paragraph, ...]:
    """What was read differently from how it was typed, and what else was searched for."""
    corrected = {typed: word for why in reasons for typed, word in why.corrected.items()}
    translated = {word: other for why in reasons for word, other in why.translated.items()}
    lines = [
        voice.note("answers_reading", typed=typed, meant=word)
        for typed, word in list(corrected.items())[:MOST_EXPLAINED]
    ]
    # A word that was read differently is told once, as what it was read as.
    pairs = [f"{word} → {other}" for word, other in translated.items() if word not in corrected]
    if pairs:
        lines.append(voice.note("answers_meaning", pairs=", ".join(pairs[:MOST_EXPLAINED])))
    return tuple(lines)


def _texts(partner: Partner, language: str) -> tuple[str, ...]:
    texts = (partner.name, partner.summary, partner.text)
    return tuple(text[language] for text in texts if language in text)
