"""A directory of entries to be searched, and questions about it: what a benchmark is made of."""

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from content.folding import bare, fold
from index.quality import Question

FRAMES = {
    "en": ("who deals with {}?", "i'm looking for {}", "where can i find {} please", "{} ??"),
    "fr": ("qui s'occupe de {} ?", "je cherche {} svp", "vous avez {}", "c'est pour {}, merci"),
}
"""How people ask: as often bare as in one of these."""

EVERYDAY = {
    "en": (
        "how do I declare my income from last year",
        "cheapest broadband contract without commitment",
        "the app crashes whenever I log in",
        "mortgage interest rates next quarter",
        "convert pdf into an editable spreadsheet",
        "what is the capital gains allowance",
        "my landlord will not return the deposit",
        "pythagorean theorem proof",
        "who won the parliamentary by-election",
        "reset my forgotten password",
        "conjugation of irregular verbs in the subjunctive",
        "side effects of ibuprofen",
        "unsubscribe me from this newsletter",
        "compile a kernel module",
        "is inflation going to slow down",
        "statute of limitations on unpaid invoices",
        "what does photosynthesis mean",
        "appeal against a refused building permit",
        "blah blah asdfgh",
        "qwertyuiop zxcvb",
    ),
    "fr": (
        "comment déclarer mes revenus de l'année dernière",
        "forfait internet le moins cher sans engagement",
        "l'application plante dès que je me connecte",
        "taux d'intérêt des crédits immobiliers",
        "convertir un pdf en tableur modifiable",
        "plafond du prélèvement libératoire",
        "mon propriétaire refuse de rendre la caution",
        "démonstration du théorème de Pythagore",
        "qui a remporté les élections législatives partielles",
        "j'ai oublié mon mot de passe",
        "conjugaison des verbes irréguliers au subjonctif",
        "effets secondaires de l'ibuprofène",
        "me désabonner de cette newsletter",
        "compiler un module du noyau",
        "l'inflation va-t-elle ralentir",
        "délai de prescription des factures impayées",
        "que veut dire photosynthèse",
        "recours contre un permis de construire refusé",
        "blabla azertyuiop",
        "wxcvbn qsdfgh",
    ),
}
"""Questions about other subjects than any directory here; written before anything was measured,
but one, which turned out to have an answer (a sign for microbes)."""


@dataclass(frozen=True, slots=True)
class Directory:
    """Entries as partner files have them, by id, and what is asked."""

    name: str
    languages: str
    entries: dict[str, dict[str, Any]]
    questions: tuple[Question, ...]

    def only(self, language: str) -> "Directory":
        """The same in one language alone, asked in that language."""
        entries = {i: _only(entry, language) for i, entry in self.entries.items()}
        asked = tuple(q for q in self.questions if q.language == language)
        return replace(self, languages=language, entries=entries, questions=asked)

    def write(self, folder: Path) -> None:
        """A content folder: ``partners/*.yaml``, and no topics, vocabulary or translations."""
        partners = folder / "partners"
        partners.mkdir(parents=True)
        dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
        for entry_id, entry in self.entries.items():
            text = yaml.dump(entry, Dumper=dumper, allow_unicode=True, sort_keys=False)
            (partners / f"{entry_id}.yaml").write_text(text, encoding="utf-8")


def entry_id(name: str, taken: Iterable[str]) -> str:
    """A name as an id that nobody has yet."""
    start = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:40].strip("-") or "sign"
    found, number = start, 1
    while found in taken:
        number += 1
        found = f"{start}-{number}"
    return found


def asked(chance: random.Random, language: str, words: str) -> str:
    """Words as a person asks for them: bare, or in a sentence."""
    return words if chance.random() < 0.5 else chance.choice(FRAMES[language]).format(words)


def mistyped(chance: random.Random, text: str) -> str:
    """The text with one slip in a longer word: a letter doubled, lost, changed or swapped."""
    words = text.split()
    long = [n for n, word in enumerate(words) if len(word) >= 6 and word.isalpha()]
    if not long:
        return text
    place = chance.choice(long)
    word, at = words[place], chance.randrange(1, len(words[place]) - 1)
    other = chance.choice("aeinorst".replace(fold(word[at])[0], ""))
    words[place] = chance.choice(
        (
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1 :],
            word[:at] + other + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )
    return " ".join(words)


def everyday() -> list[Question]:
    """The questions about other subjects."""
    return [
        Question(f"everyday-{code}-{n}", code, "everyday", text, frozenset(), frozenset())
        for code, texts in EVERYDAY.items()
        for n, text in enumerate(texts)
    ]


def words_of(texts: Iterable[str]) -> set[str]:
    """The folded words of some texts."""
    return {word for text in texts for word in bare(text).split()}


def numbered(kind: str, rows: Sequence[tuple[str, str, frozenset[str]]]) -> list[Question]:
    """Questions of a kind from (language, text, best ids)."""
    return [
        Question(f"{kind}-{n}", language, kind, text, best, best)
        for n, (language, text, best) in enumerate(rows)
    ]


def _only(entry: dict[str, Any], language: str) -> dict[str, Any]:
    return {
        key: {language: value[language]} if isinstance(value, dict) else value
        for key, value in entry.items()
    }
