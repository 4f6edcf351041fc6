"""Words that mean the same, as concepts: a question's "kid" finds a text's "enfant".

Each group of ``vocabulary.yaml`` is a concept. Texts are indexed with the concepts of their
words, and a question asks for the concepts of its own, so phrases ("day care") cost no more than
words, and the engine needs to know nothing of either.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from content.models import WordGroup
from index.words import Token, Words

MARK = "="
"""Begins the term of a concept in the index; no word begins so."""

SKIPPED = 3
"""Light words in a row that may stand inside a phrase."""


@dataclass(frozen=True, slots=True)
class Spotted:
    """A word or phrase of the vocabulary at tokens ``start:end``, and what it stands for."""

    start: int
    end: int
    concepts: tuple[str, ...]


@dataclass
class _Node:
    next: dict[str, "_Node"] = field(default_factory=dict)
    concepts: tuple[str, ...] = ()


class Vocabulary:
    """Finds the concepts of a row of words; longer phrases win over the words inside them."""

    def __init__(self, groups: Sequence[WordGroup], words: Words, light: frozenset[str]) -> None:
        self._words, self._light = words, light
        self._root = _Node()
        self._begins = lru_cache(maxsize=100_000)(self._begins_some)
        self._going_on = lru_cache(maxsize=100_000)(self._nodes_after)
        self._members: dict[str, tuple[tuple[str, str], ...]] = {}
        self.surfaces: set[str] = set()
        for number, group in enumerate(groups):
            concept = f"{MARK}{number}"
            self._members[concept] = tuple((c, p) for c, ps in group.words.items() for p in ps)
            for language, phrases in group.words.items():
                for phrase in phrases:
                    self._add(phrase, language, concept)

    def is_light(self, token: Token) -> bool:
        """Does the word carry no weight? A lone letter does not, an acronym does (WHO)."""
        lone = len(token.text) == 1 and token.text.isascii() and token.text.isalpha()
        return (lone or token.text in self._light) and not token.acronym

    def members(self, concept: str) -> tuple[tuple[str, str], ...]:
        """The words and phrases of a concept with their language, as the editors wrote them."""
        return self._members.get(concept, ())

    def spot(self, tokens: Sequence[str]) -> list[Spotted]:
        """The vocabulary's words and phrases in folded ``tokens``, longest first at each place.

        Light words inside a phrase do not matter ("educators of the young", "educators for
        young"), and a light word alone is no find.
        """
        found: list[Spotted] = []
        end = 0
        for place, token in enumerate(tokens):
            if place >= end and self._begins(token):
                spotted = self._longest(tokens, place)
                if spotted:
                    found.append(spotted)
                    end = spotted.end
        return found

    def phrases(self, tokens: Sequence[str]) -> Iterator[Spotted]:
        """What ``spot`` finds of more than one word."""
        end = 0
        for place, token in enumerate(tokens):
            nodes = self._going_on(token) if place >= end else ()
            spotted = self._longest_after(tokens, place, nodes) if nodes else None
            if spotted:
                yield spotted
                end = spotted.end

    def begins_phrase(self, token: str) -> bool:
        """May a phrase of several words begin with this word?"""
        return bool(self._going_on(token))

    def concepts_of(self, tokens: Sequence[str]) -> Iterator[str]:
        """Every concept that a text's words stand for, words inside phrases included."""
        for spotted in self.spot(tokens):
            yield from spotted.concepts
            if spotted.end - spotted.start > 1:
                for token in tokens[spotted.start : spotted.end]:
                    for inner in self.spot([token]):
                        yield from inner.concepts

    def _add(self, phrase: str, language: str, concept: str) -> None:
        everything = [token.text for token in self._words.tokens(phrase)]
        telling = [text for text in everything if text not in self._light]
        # "day care" must not shrink to "care": a phrase keeps its light words if it needs them.
        kept = telling if len(telling) > 1 else everything
        self.surfaces.update(telling)
        for row in {tuple(everything), tuple(kept)} - {()}:
            node = self._root
            for text in row:
                node = node.next.setdefault(self._words.stem(text, language), _Node())
            if concept not in node.concepts:
                node.concepts += (concept,)

    def _begins_some(self, token: str) -> bool:
        """May a word or phrase of the vocabulary begin with this word?"""
        return not self._root.next.keys().isdisjoint(self._words.stems(token))

    def _nodes_after(self, token: str) -> tuple[_Node, ...]:
        """Where the word leads as the first of a phrase, and more words can follow."""
        nodes = [self._root.next.get(stem) for stem in self._words.stems(token)]
        return tuple([node for node in nodes if node and node.next])

    def _longest(self, tokens: Sequence[str], start: int) -> Spotted | None:
        """The longest find that begins at a place, be it a single word."""
        nodes = self._going_on(tokens[start])
        several = self._longest_after(tokens, start, nodes) if nodes else None
        return several or self._alone(tokens, start)

    def _alone(self, tokens: Sequence[str], place: int) -> Spotted | None:
        if tokens[place] in self._light:
            return None
        nodes = [self._root.next.get(stem) for stem in self._words.stems(tokens[place])]
        concepts = tuple(dict.fromkeys(c for n in nodes if n for c in n.concepts))
        return Spotted(place, place + 1, concepts) if concepts else None

    def _longest_after(
        self, tokens: Sequence[str], start: int, nodes: Sequence[_Node]
    ) -> Spotted | None:
        """The longest find of several words, of which the first led to ``nodes``."""
        best: Spotted | None = None
        skipped = 0
        for place in range(start + 1, len(tokens)):
            stems = self._words.stems(tokens[place])
            following = [n.next[s] for n in nodes for s in stems if s in n.next]
            light = tokens[place] in self._light
            if not following:
                skipped += 1
                if light and skipped <= SKIPPED:
                    continue
                break
            skipped = 0
            # A light word may be part of one phrase and mean nothing inside another.
            nodes = [*following, *nodes] if light else following
            concepts = tuple(dict.fromkeys([c for n in following for c in n.concepts]))
            if concepts:
                best = Spotted(start, place + 1, concepts)
        return best
