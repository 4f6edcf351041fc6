"""A made-up directory of local associations, of any size: sentences, people, places and names.

Everything is drawn with a fixed seed from the lists in ``data/associations.yaml``; the cities are
Unicode CLDR's, in English and French. Some activities are kept back: to ask for one of them in a
city that the directory knows is a question that only looks as if it had an answer.
"""

import json
import random
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from benchmarks.directories import Directory, asked, entry_id, everyday, mistyped, numbered
from benchmarks.emoji_content import DATA
from content.folding import fold
from index.quality import Question

LISTS = DATA.with_name("associations.yaml")

_Lists = Mapping[str, list[tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class _Made:
    """What was drawn for an entry; each text is (English, French) or as activities are listed."""

    name: tuple[str, str]
    activity: tuple[str, ...]
    audience: tuple[str, ...]
    city: tuple[str, str]
    person: str


def made_up_directory(size: int) -> Directory:
    """So many associations."""
    chance = random.Random(size)
    lists = _read_lists()
    made = _draw(chance, size, lists)
    entries = {i: _entry(m) for i, m in made.items()}
    questions = [*_questions(chance, made, lists["kept_back"]), *everyday()]
    return Directory("made up", "en + fr", entries, tuple(questions))


def _draw(chance: random.Random, size: int, lists: _Lists) -> dict[str, _Made]:
    cities = [
        (english, french)
        for english, french in json.loads(DATA.read_text(encoding="utf-8"))["cities"]
        if english.replace(" ", "").isalpha() and french.replace(" ", "").replace("-", "").isalpha()
    ]
    made: dict[str, _Made] = {}
    names: set[tuple[str, str, str]] = set()
    while len(made) < size:
        noun, adjective = (chance.choice(lists[key]) for key in ("nouns", "adjectives"))
        city = chance.choice(cities)
        if (noun[0], adjective[0], city[0]) in names:
            continue
        names.add((noun[0], adjective[0], city[0]))
        name = f"{adjective[0]} {noun[0]} of {city[0]}", f"{noun[1]} {adjective[1]} de {city[1]}"
        person = " ".join(chance.choice(lists[key])[0] for key in ("first_names", "last_names"))
        activity, audience = (chance.choice(lists[key]) for key in ("activities", "audiences"))
        drawn = _Made(name, activity, audience, city, person)
        made[entry_id(name[0], made)] = drawn
    return made


def _entry(made: _Made) -> dict[str, Any]:
    verb, noun, verbe, nom = made.activity
    english, french = made.name
    to, pour = made.audience
    here, ici = made.city
    return {
        "name": {"en": english, "fr": french},
        "summary": {
            "en": f"{english} is an association that {verb} for {to}.",
            "fr": f"{french} est une association qui {verbe} pour {pour}.",
        },
        "text": {
            "en": f"Since it was founded in {here}, its volunteers have offered {noun} every week. "
            f"It meets near the town hall, and {to} come first; others are welcome on Saturdays. "
            f"{made.person} chairs the association and answers letters.",
            "fr": f"Depuis sa fondation à {ici}, ses bénévoles proposent {nom} chaque semaine. "
            f"Elle se réunit près de la mairie ; {pour} passent en premier, les autres sont les "
            f"bienvenus le samedi. {made.person} préside l’association et répond au courrier.",
        },
        "people": [{"name": made.person, "role": {"en": "chair", "fr": "présidence"}}],
    }


def _questions(
    chance: random.Random, made: dict[str, _Made], kept_back: list[tuple[str, ...]]
) -> list[Question]:
    found: list[Question] = []
    nobody = frozenset[str]()
    for place, code in enumerate(("en", "fr")):
        sample = chance.sample(sorted(made.items()), min(120, len(made)))
        wanted = _Wanted(made, place)
        names = [(m.name[place], frozenset({i})) for i, m in sample]
        found += numbered("name", [(code, asked(chance, code, n), best) for n, best in names])
        typos = [(code, fold(mistyped(chance, n)), best) for n, best in names[:80]]
        found += numbered("name, mistyped", typos)
        people = [(code, asked(chance, code, m.person), wanted.person(m)) for _, m in sample[:80]]
        found += numbered("person", people)
        verbs = [(code, _who(m.activity, m, place), wanted.here(m)) for _, m in sample]
        found += numbered("verb and place", verbs)
        nouns = [(code, _what(m.activity, m, place), wanted.here(m)) for _, m in sample]
        found += numbered("noun and place", nouns)
        both = [(code, _who(m.activity, m, place, m.audience), wanted.all(m)) for _, m in sample]
        found += numbered("verb, people and place", both)
        absent = [
            (code, chance.choice((_who, _what))(chance.choice(kept_back), m, place), nobody)
            for _, m in sample[:80]
        ]
        found += numbered("kept back", absent)
    return found


class _Wanted:
    """Who is right for what is asked in one of the languages."""

    def __init__(self, made: dict[str, _Made], place: int) -> None:
        self._by: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self._place = place
        for i, m in made.items():
            for key in (self._key(m), (*self._key(m), m.audience[place]), (m.person,)):
                self._by[key].add(i)

    def person(self, made: _Made) -> frozenset[str]:
        return frozenset(self._by[(made.person,)])

    def here(self, made: _Made) -> frozenset[str]:
        return frozenset(self._by[self._key(made)])

    def all(self, made: _Made) -> frozenset[str]:
        return frozenset(self._by[(*self._key(made), made.audience[self._place])])

    def _key(self, made: _Made) -> tuple[str, str]:
        return made.activity[2 * self._place], made.city[self._place]


def _who(activity: tuple[str, ...], made: _Made, place: int, audience: tuple[str, ...] = ()) -> str:
    """Who does an activity in a city, for some people or for anybody."""
    people = f" {('for', 'pour')[place]} {audience[place]}" if audience else ""
    who, there = (("who", "in"), ("qui", "à"))[place]
    return f"{who} {activity[2 * place]}{people} {there} {made.city[place]}?"


def _what(activity: tuple[str, ...], made: _Made, place: int) -> str:
    """An activity in a city, as people type it into a search box."""
    return f"{activity[2 * place + 1]} {('in', 'à')[place]} {made.city[place]}"


def _read_lists() -> _Lists:
    """Each list by its key; a row is split at its bars."""
    listed: dict[str, list[str]] = yaml.safe_load(LISTS.read_text(encoding="utf-8"))
    return {key: [tuple(row.split("|")) for row in rows] for key, rows in listed.items()}
