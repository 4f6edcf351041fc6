"""What somebody wants with a message, by its phrases and by what else it says."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.dialogue.naming import Named, Names
from bot.dialogue.phrases import Phrases, Spotted, Word, words_of
from content.folding import fold
from content.translations import Translation

LAST = -1
"""The place of "the last one"."""

HIGHEST = 99
"""A number alone that is higher ("1864") is asked about, not counted to."""


class What(StrEnum):
    """What is wanted; each but ASK, PLACE and UNCLEAR is a list of phrases in the translations."""

    ASK = "ask"
    LANGUAGE = "language"
    WHY = "why"
    CORRECT = "correct"
    COMPARE = "compare"
    COUNT = "count"
    LIST = "list"
    TOPICS = "topics"
    MEMBER = "member"
    PEOPLE = "people"
    CONTACT = "contact"
    LINK = "link"
    DETAIL = "detail"
    PLACE = "place"
    WRONG = "wrong"
    MORE = "more"
    HELP = "help"
    JOKE = "joke"
    ROBOT = "robot"
    HOW_ARE_YOU = "how_are_you"
    INSULT = "insult"
    LOVE = "love"
    PRAISE = "praise"
    BYE = "bye"
    THANKS = "thanks"
    HELLO = "hello"
    NO = "no"
    YES = "yes"
    OKAY = "okay"
    UNCLEAR = "unclear"


SMALLTALK = frozenset(
    {
        What.JOKE,
        What.ROBOT,
        What.HOW_ARE_YOU,
        What.INSULT,
        What.LOVE,
        What.PRAISE,
        What.BYE,
        What.THANKS,
        What.HELLO,
        What.OKAY,
    }
)

# The first one that a message has is what it wants; small talk only when there is nothing else.
_ORDER = tuple(what for what in What if what not in (What.ASK, What.UNCLEAR))

# These say nothing of what a question is about, so they are not searched for.
_AROUND = frozenset(
    {*SMALLTALK, What.CORRECT, What.COMPARE, What.COUNT, What.LIST, What.MEMBER, What.PEOPLE}
    | {What.DETAIL, What.NO, What.YES, What.HELP, "courtesies", "continues"}
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a message wants.

    ``question`` is what is left to search for, ``place`` a place in the list on show (from 1, or
    LAST), ``named`` partners named in full, ``wants`` everything it has phrases for.
    ``language`` is a language asked for. ``only_names``: nothing but names tells something.
    """

    what: What
    question: str = ""
    place: int | None = None
    named: tuple[str, ...] = ()
    wants: frozenset[str] = frozenset()
    language: str | None = None
    only_names: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """A message, word by word: its phrases, the partners it names and the words that tell."""

    text: str
    words: tuple[Word, ...]
    spotted: tuple[Spotted, ...]
    named: tuple[Named, ...]
    telling: tuple[int, ...]

    @property
    def name_places(self) -> frozenset[int]:
        """The places of the words of names."""
        return frozenset(place for n in self.named for place in range(n.start, n.end))


class Understanding:
    """Understands messages in all languages at once."""

    def __init__(
        self, translations: Sequence[Translation], phrases: Phrases, names: Names
    ) -> None:
        self._phrases, self._names = phrases, names
        self._light = frozenset[str]().union(*(t.light_words for t in translations))
        endings = {fold(e) for t in translations for e in t.phrases("ordinal_endings")}
        self._endings = frozenset(endings | {""})

    def read(self, text: str) -> Read:
        """The message word by word; words that carry no weight do not tell."""
        words = self._phrases.mended(words_of(text))
        spotted, named = self._phrases.spot(words), self._names.spot(words)
        in_names = {place for n in named for place in range(n.start, n.end)}
        covered = {place for s in spotted for place in range(s.start, s.end)} - in_names
        telling = tuple(
            place
            for place, word in enumerate(words)
            if place in in_names
            or (
                place not in covered
                and word.text not in self._light
                and (len(word.text) > 1 or word.text.isdigit())
            )
        )
        return Read(text, words, spotted, named, telling)

    def wanted(self, read: Read) -> Wanted:
        """What the message wants."""
        wants = frozenset(key for s in read.spotted for key in s.keys)
        place = self._place(read, wants)
        telling = [p for p in read.telling if not self._number(read.words[p].text)] if place else read.telling
        named = tuple(dict.fromkeys(i for n in read.named for i in n.partners))
        language = next((c for s in read.spotted for k, c in s.meanings if k == What.LANGUAGE), None)
        if not telling:
            what = _first(wants, place)
            return Wanted(what, place=place, wants=wants, language=language)
        only = set(telling) <= read.name_places
        return Wanted(What.ASK, _question(read), None, named, wants, None, only)

    def _place(self, read: Read, wants: frozenset[str]) -> int | None:
        for key in sorted(wants):
            if key.startswith("place_"):
                return LAST if key == "place_last" else int(key.removeprefix("place_"))
        numbers = [n for n in (self._number(read.words[p].text) for p in read.telling) if n]
        return numbers[0] if len(numbers) == 1 == len(read.telling) else None

    def _number(self, text: str) -> int | None:
        digits = text.rstrip("abcdefghijklmnopqrstuvwxyz")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 2):
            return None
        number = int(digits)
        return number if 0 < number <= HIGHEST and text[len(digits) :] in self._endings else None


def _first(wants: frozenset[str], place: int | None) -> What:
    for what in _ORDER:
        if what in wants or (what is What.PLACE and place):
            return what
    return What.UNCLEAR


def _question(read: Read) -> str:
    """The text without the phrases around what is asked."""
    names = read.name_places
    kept: list[str] = []
    at = 0
    for spotted in read.spotted:
        inside = any(place in names for place in range(spotted.start, spotted.end))
        if spotted.keys & _AROUND and not inside:
            kept.append(read.text[at : read.words[spotted.start].start])
            at = read.words[spotted.end - 1].end
    kept.append(read.text[at:])
    return " ".join("".join(kept).split()).strip(" ,;:.!?-–—")
