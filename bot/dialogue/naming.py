"""Partners and people by name: which ones a message names, and what to call them."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.dialogue.phrases import Rows, words_of
from content.folding import fold
from content.models import Content, Partner, Person, in_language
from index.letting_go import by_and_by, empty_after

SHORT = 28
"""Characters of a name that still fits a button on a phone."""


class Named(NamedTuple):
    """A partner named at words ``start:end``; more than one when the name is not unique."""

    start: int
    end: int
    partners: tuple[str, ...]


class Names:
    """The names and other names of all partners."""

    def __init__(self, content: Content) -> None:
        self._rows: Rows[str] = Rows()
        self._of_partner: dict[str, frozenset[str]] = {}
        for partner in by_and_by(content.partners):
            names = [*partner.name.values(), *partner.aliases]
            for name in names:
                self._rows.add(name, partner.id)
            self._of_partner[partner.id] = frozenset(_name_words(names))
        self.words = frozenset(self._rows.words)
        partners = by_and_by(content.partners)
        people = (person.name for partner in partners for person in partner.people)
        self.of_people = frozenset(word.text for name in people for word in words_of(name))
        empty_after(self, (self._of_partner, *vars(self._rows).values()))

    def spot(self, words: Sequence[str]) -> tuple[Named, ...]:
        """The partners that are named, in the order of the message."""
        return tuple([Named(*span) for span in self._rows.spans(words)])

    def are_of(self, partner_id: str, words: Iterable[str]) -> bool:
        """Whether the words, however inflected, all stand in the partner's names."""
        own = self._of_partner.get(partner_id, frozenset())
        told = [w for words_ in words for w in fold(words_).split()]
        return bool(told) and all(any(_alike(word, name) for name in own) for word in told)


def people_named(partner: Partner, words: Iterable[str]) -> tuple[Person, ...]:
    """The people of a partner whom the words name, by first or last name."""
    if not partner.people:
        return ()
    told = {w for words_ in words for w in fold(words_).replace("-", " ").split() if len(w) > 3}
    return tuple(p for p in partner.people if not told.isdisjoint(_words_in(p.name)))


@lru_cache(maxsize=2_000)
def _words_in(name: str) -> frozenset[str]:
    return frozenset(word.text for word in words_of(name))


def short_name(partner: Partner, language: str) -> str:
    """What a button calls a partner: its name, or its shortest telling alias, or a cut name."""
    name = in_language(partner.name, language) or partner.id
    return _short(name, partner.aliases)


@lru_cache(maxsize=2_000)
def _short(name: str, aliases: tuple[str, ...]) -> str:
    if len(name) <= SHORT:
        return name
    initials = [a for a in aliases if 2 < len(a) <= SHORT and " " not in a]
    fitting = initials or [a for a in aliases if len(a) <= SHORT]
    return fitting[0] if fitting else name[: SHORT - 1].rstrip() + "…"


def full_name(partner: Partner, language: str) -> str:
    """A partner's name in a language, with its initials where people know it by them."""
    name = in_language(partner.name, language) or partner.id
    return _full(name, partner.aliases)


@lru_cache(maxsize=2_000)
def _full(name: str, aliases: tuple[str, ...]) -> str:
    initials = next((a for a in aliases if _is_initials(a) and a not in name), None)
    return f"{name} ({initials})" if initials and len(name) > SHORT else name


def _is_initials(alias: str) -> bool:
    return 2 < len(alias) <= 8 and " " not in alias and sum(c.isupper() for c in alias) >= 3


def _name_words(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from (word.text for word in words_of(name) if len(word.text) > 1)


def _alike(word: str, name: str) -> bool:
    """Equal but for the ending: "mayors" and "mayor", "maire" and "maires"."""
    shorter, longer = sorted((word, name), key=len)
    return word == name or (
        len(shorter) > 3 and longer.startswith(shorter) and len(longer) < len(shorter) + 3
    )
