"""A made-up directory of local associations, of any size: sentences, people, places and names.

Everything is drawn with a fixed seed from the lists below; the cities are Unicode CLDR's, in
English and French. Some activities are kept back: to ask for one of them in a city that the
directory knows is a question that only looks as if it had an answer.
"""

import json
import random
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from benchmarks.directories import Directory, asked, entry_id, everyday, mistyped, numbered
from benchmarks.emoji_content import DATA
from content.folding import fold
from index.quality import Question

ACTIVITIES = """
repairs bicycles|bicycle repair|répare des vélos|la réparation de vélos
teaches swimming|swimming lessons|apprend à nager|des cours de natation
lends musical instruments|instrument lending|prête des instruments|le prêt d’instruments de musique
visits hospital patients|hospital visits|rend visite aux malades|des visites à l’hôpital
plants community gardens|community gardening|cultive des jardins partagés|le jardinage partagé
restores old boats|boat restoration|restaure de vieux bateaux|la restauration de bateaux
collects unsold bread|food rescue|récupère le pain invendu|la collecte d’invendus alimentaires
records oral history|oral history recordings|enregistre des témoignages|l’enregistrement de témoignages
sorts donated books|book recycling|trie des livres donnés|le recyclage de livres
trains guide dogs|guide dog training|dresse des chiens guides|le dressage de chiens guides
stages puppet shows|puppet theatre|monte des spectacles de marionnettes|le théâtre de marionnettes
observes migrating birds|birdwatching walks|observe les oiseaux migrateurs|des sorties ornithologiques
sews costumes|costume workshops|coud des costumes|des ateliers de couture
translates official letters|letter translation|traduit des courriers officiels|la traduction de courriers
publishes a neighbourhood newspaper|a neighbourhood newspaper|publie un journal de quartier|un journal de quartier
runs a toy library|a toy library|tient une ludothèque|une ludothèque
cleans river banks|river clean-ups|nettoie les berges|le nettoyage des berges
coaches handball teams|handball coaching|entraîne des équipes de handball|l’entraînement de handball
organises blood donation|blood donation drives|organise des dons du sang|des collectes de sang
builds playgrounds|playground building|construit des aires de jeux|la construction d’aires de jeux
mends household appliances|appliance mending|dépanne l’électroménager|le dépannage d’électroménager
reads aloud in libraries|reading aloud|fait la lecture en bibliothèque|des lectures à voix haute
keeps beehives|urban beekeeping|élève des abeilles|l’apiculture urbaine
gives legal advice|free legal advice|donne des conseils juridiques|des permanences juridiques
shelters stray cats|a cat shelter|recueille les chats errants|un refuge pour chats
screens short films|short film screenings|projette des courts métrages|des projections de courts métrages
maps accessible pavements|accessibility maps|cartographie les trottoirs accessibles|des cartes d’accessibilité
drives people to polling stations|rides to the polls|conduit les gens aux bureaux de vote|le transport vers les bureaux de vote
bakes birthday cakes|birthday cakes|prépare des gâteaux d’anniversaire|des gâteaux d’anniversaire
digs archaeological sites|archaeological digs|fouille des sites archéologiques|des fouilles archéologiques
weaves baskets|basket weaving|tresse des paniers|la vannerie
sings in retirement homes|choir concerts|chante dans les maisons de retraite|des concerts de chorale
teaches sign language|sign language courses|enseigne la langue des signes|des cours de langue des signes
juggles at festivals|circus training|jongle dans les festivals|l’école du cirque
insulates attics|attic insulation|isole des greniers|l’isolation des combles
rescues hedgehogs|hedgehog rescue|soigne les hérissons|le sauvetage de hérissons
"""
"""Verbs and nouns for the same activity, in English and in French: the texts have both."""

KEPT_BACK = """
repairs clocks|clock repair|répare des horloges|l’horlogerie
breeds alpacas|alpaca breeding|élève des alpagas|l’élevage d’alpagas
teaches fencing|fencing lessons|enseigne l’escrime|des cours d’escrime
brews cider|cider brewing|brasse du cidre|la fabrication de cidre
forges knives|knife forging|forge des couteaux|la coutellerie
certifies divers|diver certification|certifie des plongeurs|la certification de plongeurs
exports ceramics|ceramics export|exporte de la céramique|l’exportation de céramique
leases tractors|tractor leasing|loue des tracteurs|la location de tracteurs
"""
"""Activities that no entry has."""

AUDIENCES = (
    "retired people|les retraités", "students|les étudiants", "newcomers|les nouveaux arrivants",
    "families|les familles", "teenagers|les adolescents", "carers|les aidants", "farmers|les agriculteurs",
    "night workers|les travailleurs de nuit", "wheelchair users|les personnes en fauteuil",
    "young mothers|les jeunes mamans", "craftspeople|les artisans", "prisoners|les détenus",
    "sailors|les marins", "widows and widowers|les veufs et les veuves", "apprentices|les apprentis",
)  # fmt: skip
NOUNS = (
    "Lantern|Lanterne", "Harbour|Port", "Bridge|Pont", "Oak|Chêne", "Swallow|Hirondelle", "Anchor|Ancre",
    "Compass|Boussole", "Beacon|Phare", "Mill|Moulin", "Spring|Source", "Feather|Plume", "Orchard|Verger",
    "Threshold|Seuil", "Kite|Cerf-volant", "Hearth|Foyer", "Ladder|Échelle", "Window|Fenêtre",
    "Meadow|Prairie", "Footpath|Sentier", "Thimble|Dé à coudre", "Acorn|Gland", "Pebble|Galet",
)  # fmt: skip
ADJECTIVES = (
    "Blue|bleu", "Quiet|tranquille", "Open|libre", "Second|second", "Golden|doré", "Wandering|errant",
    "Patient|patient", "Northern|du Nord", "Shared|partagé", "Green|vert", "Little|petit", "Bright|clair",
)  # fmt: skip
FIRST_NAMES = (
    "Amina Bruno Chloé Dário Edith Farid Greta Hugo Inès Jules Karim Léonie Malik Nadia Oscar Paula"
    " Quentin Rosa Samir Théa Ugo Vera William Xenia Yann Zoé"
).split()
LAST_NAMES = (
    "Abernathy Bouvier Castellano Delacroix Eriksen Fontaine Galloway Hashimoto Ibarra Jaworski"
    " Kowalczyk Lefèvre Marchetti Nakamura Okonkwo Pemberton Quintero Rousseau Sørensen Thibault"
    " Underwood Vasquez Whitfield Xavier Yilmaz Zimmermann Benhaddou Carvalho Duchesne Grimaldi"
).split()


@dataclass(frozen=True, slots=True)
class _Made:
    """What was drawn for an entry; each list is (English, French) or as ACTIVITIES."""

    name: tuple[str, str]
    activity: tuple[str, ...]
    audience: tuple[str, ...]
    city: tuple[str, str]
    person: str


def made_up_directory(size: int) -> Directory:
    """So many associations."""
    chance = random.Random(size)
    made = _draw(chance, size)
    entries = {i: _entry(m) for i, m in made.items()}
    questions = [*_questions(chance, made), *everyday()]
    return Directory("made up", "en + fr", entries, tuple(questions))


def _draw(chance: random.Random, size: int) -> dict[str, _Made]:
    cities = [
        (english, french)
        for english, french in json.loads(DATA.read_text(encoding="utf-8"))["cities"]
        if english.replace(" ", "").isalpha() and french.replace(" ", "").replace("-", "").isalpha()
    ]
    activities, made = _split(ACTIVITIES), dict[str, _Made]()
    names: set[tuple[str, str, str]] = set()
    while len(made) < size:
        noun, adjective = (chance.choice(x).split("|") for x in (NOUNS, ADJECTIVES))
        city = chance.choice(cities)
        if (noun[0], adjective[0], city[0]) in names:
            continue
        names.add((noun[0], adjective[0], city[0]))
        name = f"{adjective[0]} {noun[0]} of {city[0]}", f"{noun[1]} {adjective[1]} de {city[1]}"
        person = f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)}"
        audience = tuple(chance.choice(AUDIENCES).split("|"))
        drawn = _Made(name, chance.choice(activities), audience, city, person)
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


def _questions(chance: random.Random, made: dict[str, _Made]) -> list[Question]:
    found: list[Question] = []
    kept_back, nobody = _split(KEPT_BACK), frozenset[str]()
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


def _split(lines: str) -> list[tuple[str, ...]]:
    return [tuple(line.split("|")) for line in lines.split("\n") if line]
