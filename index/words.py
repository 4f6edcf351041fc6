"""Text to tokens, the same way for partners and for questions, whatever the language."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import Stemmer

from content.folding import fold

LONGEST_WORD = 64
"""Characters of a word that are looked at; what people type beyond is no word."""

MODIFIER = "ʼ"
"""The one apostrophe that counts as a letter; words are split at it."""

SHORTEST_PLURAL = 6
"""Letters of a French word in -ent from which it may be a verb in the plural."""

_WORD = r"[^\W_](?:[^\W_]|[\u0300-\u036f])*"
_TOKEN = re.compile(
    rf"""
    (?P<address>(?:https?://)?(?:[a-z0-9](?:[a-z0-9-]{{0,62}})\.){{1,4}}[a-z]{{2,10}}\b(?:/[^\s<>]*)?)
  | (?P<number>\d{{1,3}}(?:[.,\s\u00a0\u202f]\d{{3}})+(?![^\W_]))
  | (?P<letters>(?:[^\W\d_]\.){{2,8}}[^\W\d_]?(?![^\W_]))
  | (?P<word>{_WORD}(?:['’‘ʼ´`′＇]{_WORD})*)
    """,
    re.IGNORECASE | re.VERBOSE,
)
# All that _TOKEN can find in a text without what the next pattern finds, and much sooner.
_ONLY_WORDS = re.compile(rf"{_WORD}(?:['’‘ʼ´`′＇]{_WORD})*")
_DIGIT = re.compile(r"\d")
_NOT_ONLY_WORDS = re.compile(r"\.[^\W_]|\d[.,\s\u00a0\u202f]\d{3}")
# éducateur·rice·s, éducateurs/trices, étudiant(e)s, infirmier.e.s: one word, its endings left out.
_ENDING = r"(?:trices?|rices?|euses?|ses?|nes?|ères?|eres?|ves?|les?|es?)"
_INCLUSIVE = re.compile(
    rf"(?<=[^\W\d_]{{3}})(?:[·•∙‧⋅]\w{{1,6}}(?:[·•∙‧⋅]s)?|\({_ENDING}\)s?|\(s\)|[./-]{_ENDING}[./-]s\b"
    rf"|[.]{_ENDING}\b(?![./@])|/{_ENDING}\b)",
    re.IGNORECASE,
)
_JOINS_ENDINGS = re.compile(r"[·•∙‧⋅(./-]")
_QUOTES = re.compile(r"['’‘ʼ´`′＇]")
_ENGLISH_ENDINGS = frozenset({"s", "t", "re", "ve", "ll", "d", "m"})


class Token(NamedTuple):
    """A word as it was typed at ``start:end``, folded; ``parts`` when it is a web address."""

    text: str
    start: int
    end: int
    acronym: bool = False
    parts: tuple[str, ...] = ()


class Words:
    """Splits texts of the given languages into tokens and stems.

    Stems are Snowball's (https://snowballstem.org), taken after folding, so that people who type
    no accents find the same words; a language Snowball does not know is left as it is.

    It has slots, so that it outlives the generations that use it (``index/letting_go.py``).
    """

    __slots__ = ("_elisions", "_pieces_of", "_stemmers", "languages", "stem", "stems")

    def __init__(self, languages: Iterable[str], elisions: Iterable[str] = ()) -> None:
        self.languages = tuple(languages)
        self._elisions = frozenset(elisions)
        self._stemmers = {code: _stemmer(code) for code in self.languages}
        self.stem = lru_cache(maxsize=100_000)(self._stem)
        self._pieces_of = lru_cache(maxsize=100_000)(self._pieces)
        self.stems = lru_cache(maxsize=100_000)(self._stems)

    def tokens(self, text: str) -> list[Token]:
        """The words of ``text`` in order, each with its place in it."""
        if text.isalpha() and MODIFIER not in text and len(text) <= LONGEST_WORD:
            # The same as below, for a word alone and much sooner (compared on every letter).
            folded = fold(text).strip("'")
            return [Token(folded, 0, len(text))] if folded else []
        text = _without_endings(text)
        shouting = text.upper() == text
        if not _NOT_ONLY_WORDS.search(text):
            return list(self._split(_ONLY_WORDS.finditer(text), shouting))
        found: list[Token] = []
        for match in _TOKEN.finditer(text):
            if match["word"]:
                found.extend(self._split((match,), shouting))
            elif match["letters"]:
                letters = fold(match["letters"].replace(".", ""))
                found.append(Token(letters, match.start(), match.end(), acronym=True))
            elif match["number"]:
                digits = "".join(c for c in match["number"] if c.isdigit())
                found.append(Token(fold(digits), match.start(), match.end()))
            else:
                found.append(_address(match))
        return found

    def alone(self, written: str, shouting: bool) -> list[Token] | None:
        """The tokens of what stands between two spaces, their places counted from there.

        ``shouting``: the whole text is in capitals. None where what stands around it, or is left
        out of it, may count: then only ``tokens`` tells, of the whole text.
        """
        if _DIGIT.search(written) or _without_endings(written) != written:
            return None
        if _NOT_ONLY_WORDS.search(written):
            return None
        return list(self._split(_ONLY_WORDS.finditer(written), shouting))

    def rows(self, text: str) -> tuple[frozenset[str], ...]:
        """The stems of each word, whatever the language."""
        return tuple(frozenset(self.stems(token.text)) for token in self.tokens(text))

    def _split(self, matches: Iterable[re.Match[str]], shouting: bool) -> Iterator[Token]:
        for match in matches:
            word, start = match[0], match.start()
            # What is no word is not kept: it may be thousands of letters long.
            pieces = self._pieces_of if len(word) <= LONGEST_WORD else self._pieces
            for text, begin, end, acronym in pieces(word):
                yield Token(text, start + begin, start + end, acronym and not shouting)

    def _pieces(self, word: str) -> tuple[tuple[str, int, int, bool], ...]:
        """The words in what is written as one, folded, with their places in it."""
        pieces = list(_unquoted(word))
        if len(pieces) > 1 and pieces[-1][0].casefold() in _ENGLISH_ENDINGS:
            ending = pieces.pop()[0].casefold()
            if ending == "t" and pieces:
                # don't, can't: one word that no text is about.
                piece, begin, end = pieces.pop()
                pieces.append((piece + "t", begin, end))
        while len(pieces) > 1 and fold(pieces[0][0]) in self._elisions:
            pieces.pop(0)
        return tuple(
            (text, begin, end, 1 < len(piece) <= 6 and piece.isupper())
            for piece, begin, end in pieces
            # Nothing is left of a letter that is an apostrophe (ʼ) alone.
            if (text := fold(piece[:LONGEST_WORD]).strip("'"))
        )

    def _stem(self, word: str, language: str) -> str:
        stemmer = self._stemmers.get(language)
        return str(stemmer.stemWord(word)) if stemmer else word

    def _stems(self, word: str) -> tuple[str, ...]:
        """The stems of a word whose language is not known: each language's, the word's own last."""
        stems = [self.stem(word, code) for code in self.languages]
        if "fr" in self.languages and word.endswith("ent") and len(word) >= SHORTEST_PLURAL:
            # Snowball's French leaves "luttent" as it is, and stems "lutte" to "lutt".
            stems.append(self.stem(word[:-2], "fr"))
        return tuple(dict.fromkeys(stems))


def same(one: Sequence[frozenset[str]], other: Sequence[frozenset[str]]) -> bool:
    """Have two words or phrases a stem of each word in common?"""
    return len(one) == len(other) and not any(map(frozenset.isdisjoint, one, other))


def _without_endings(text: str) -> str:
    """The text with blanks for inclusive endings."""
    if _JOINS_ENDINGS.search(text):
        return _INCLUSIVE.sub(lambda m: " " * len(m[0]), text)
    return text


def _stemmer(language: str) -> "Stemmer.Stemmer | None":
    try:
        return Stemmer.Stemmer(language, 0)  # stems are remembered here, with less ado
    except KeyError:
        return None


def _unquoted(word: str) -> Iterator[tuple[str, int, int]]:
    begin = 0
    for quote in _QUOTES.finditer(word):
        yield word[begin : quote.start()], begin, quote.start()
        begin = quote.end()
    yield word[begin:], begin, len(word)


def _address(match: re.Match[str]) -> Token:
    host = fold(match["address"]).split("://")[-1].split("/")[0].removeprefix("www.")
    parts = tuple(p for p in re.split(r"[.-]", host) if p)
    return Token(host, match.start(), match.end(), parts=parts)
