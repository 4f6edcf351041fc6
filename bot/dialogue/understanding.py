"""What somebody wants with a message, by its phrases and by what else it says."""

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from bot.dialogue.naming import Named, Names
from bot.dialogue.phrases import Phrases, Spotted, folded_words, words_of
from bot.dialogue.wanted import AROUND, LAST, ORDER, Wanted, What
from content.folding import fold
from content.translations import Translation

HIGHEST = 99
"""A number alone that is higher ("1864") is asked about, not counted to."""


LONG = 3
"""Words from which on a message is a question, even when none of its words tells anything."""

SHORT = 3
"""Letters of words that may follow a number that stands for a place ("the 2nd one")."""


class Read(NamedTuple):
    """A message, word by word: its phrases, the partners it names and the words that tell.

    ``words`` are folded. ``telling`` and ``people`` are places of words; these stand in names of
    people, too.
    """

    text: str
    words: Sequence[str]
    spotted: tuple[Spotted, ...]
    named: tuple[Named, ...]
    telling: tuple[int, ...]

    people: frozenset[int] = frozenset()

    @property
    def name_places(self) -> frozenset[int]:
        """The places of the words of partners' names."""
        if not self.named:
            return frozenset()
        return frozenset(place for n in self.named for place in range(n.start, n.end))


class Understanding:
    """Understands messages in all languages at once."""

    def __init__(self, translations: Sequence[Translation], phrases: Phrases, names: Names) -> None:
        self._phrases, self._names = phrases, names
        self._light = frozenset[str]().union(*(t.light_words for t in translations))
        endings = {fold(e) for t in translations for e in t.phrases("ordinal_endings")}
        self._endings = frozenset(endings | {""})

    def read(self, text: str) -> Read:
        """The message word by word; words that carry no weight do not tell."""
        words = self._phrases.mended(folded_words(text))
        spotted, named = self._phrases.spot(words), self._names.spot(words)
        in_names = {place for n in named for place in range(n.start, n.end)}
        covered = {place for s in spotted for place in range(s.start, s.end)} - in_names
        telling = tuple(
            [
                place
                for place, word in enumerate(words)
                if place in in_names or (place not in covered and self._tells(word))
            ]
        )
        people = frozenset([p for p in telling if words[p] in self._names.of_people])
        return Read(text, words, spotted, named, telling, people)

    def _tells(self, word: str) -> bool:
        """Whether the word tells something, if no phrase covers it."""
        return word[0].isdigit() or (len(word) > 1 and word not in self._light)

    def wanted(self, read: Read) -> Wanted:
        """What the message wants."""
        wants = _wants(read)
        place = self._place(read, wants)
        if place and read.telling:
            wants -= _before(read, read.telling[0])
        named = tuple(dict.fromkeys(i for n in read.named for i in n.partners))
        language = _language_asked_for(read)
        if not read.words:
            return Wanted(What.OKAY if _is_sign(read.text) else What.EMPTY)
        if place or not read.telling:
            what = _first(wants, place)
            long = len(read.words) > LONG
            return Wanted(what, place=place, wants=wants, language=language, long=long)
        only = set(read.telling) <= read.name_places
        return Wanted(What.ASK, self._question(read), None, named, wants, language, only)

    def _place(self, read: Read, wants: frozenset[str]) -> int | None:
        """The place in a list that the message is about, when it is about nothing else."""
        if len(read.telling) == 1 and self._ends_with(read, read.telling[0]):
            number = self._number(read.words[read.telling[0]])
            if number:
                return number
        if read.telling:
            return None
        keys = sorted(key for key in wants if key.startswith("place_"))
        if not keys:
            return None
        return LAST if keys[0] == "place_last" else int(keys[0].removeprefix("place_"))

    def _question(self, read: Read) -> str:
        """The text without the phrases around what is asked."""
        kept: list[str] = []
        at = 0
        around = [spotted for spotted in read.spotted if self._is_around(read, spotted)]
        places = words_of(read.text) if around else ()
        for spotted in around:
            kept.append(read.text[at : places[spotted.start].start])
            at = places[spotted.end - 1].end
        kept.append(read.text[at:])
        return " ".join("".join(kept).split()).strip(" ,;:.!?-–—")

    def _is_around(self, read: Read, spotted: Spotted) -> bool:
        """Whether this phrase would be looked for in vain, and is no part of a name."""
        places = range(spotted.start, spotted.end)
        if not spotted.keys & AROUND or not read.name_places.isdisjoint(places):
            return False
        if spotted.keys <= {"continues"}:
            return spotted.start < min(read.telling)
        return any(read.words[place] not in self._light for place in places)

    def _ends_with(self, read: Read, place: int) -> bool:
        """Whether nothing but phrases and words like "one" follow; not so in "45 associations"."""
        covered = {p for s in read.spotted for p in range(s.start, s.end)}
        after = range(place + 1, len(read.words))
        return all(p in covered or len(read.words[p]) <= SHORT for p in after)

    def _number(self, text: str) -> int | None:
        digits = text.rstrip("abcdefghijklmnopqrstuvwxyz")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 2):
            return None
        number = int(digits)
        return number if 0 < number <= HIGHEST and text[len(digits) :] in self._endings else None


def _first(wants: frozenset[str], place: int | None) -> What:
    for what in ORDER:
        if what in wants or (what is What.PLACE and place):
            return what
    return What.UNCLEAR


def _before(read: Read, place: int) -> frozenset[str]:
    """The keys of a phrase that belongs to the number after it: "number 7" asks for no number."""
    return frozenset(key for s in read.spotted if s.end == place for key in s.keys) - {What.DETAIL}


def _is_sign(text: str) -> bool:
    """Whether there is an emoji or another sign, such as a thumb up."""
    return any(unicodedata.category(character) == "So" for character in text)


def _wants(read: Read) -> frozenset[str]:
    """The keys of the phrases, each only where it means what it says."""
    first = min(read.telling, default=len(read.words))
    last = max(read.telling, default=-1)
    wants: set[str] = set()
    for spotted in read.spotted:
        keys = set(spotted.keys)
        if spotted.start > first:
            # "And for nurses?" goes on; "screens and poverty" does not.
            keys -= {"continues", What.MEMBER_WITH}
        if spotted.end <= last:
            # "Is X a partner?" asks whether; "is there a partner for X?" does not.
            keys -= {What.MEMBER}
        wants |= keys
    return frozenset(wants)


def _language_asked_for(read: Read) -> str | None:
    """The language of "in English, please"; not that of "French mayors" or "in French cities"."""
    last = max(read.telling, default=-1)
    for spotted in read.spotted:
        if spotted.end > last and (spotted.end - spotted.start > 1 or not read.telling):
            for key, code in spotted.meanings:
                if key == What.LANGUAGE:
                    return code
    return None
