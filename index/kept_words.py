"""What is known of a content's words, as a generation keeps it: mapped, not parsed."""

import json
from pathlib import Path

from index.analysis import KnownWords
from index.lexicon import Lexicon

WORDS, OWN = "words", "own.json"
"""The folder with the words, and the file of those that are this content's own."""


def write_words(folder: Path, known: KnownWords) -> None:
    """Write what is known beside the index."""
    counts = known.counts
    lexicon = counts if isinstance(counts, Lexicon) else Lexicon.of(counts)
    (folder / WORDS).mkdir()
    lexicon.write(folder / WORDS)
    own = {"subjects": known.own_subjects, "words": sorted(known.own_words or ())}
    (folder / OWN).write_text(json.dumps(own, ensure_ascii=False), encoding="utf-8")


def read_words(folder: Path) -> KnownWords:
    """What ``write_words`` wrote.

    Raises:
        ValueError: the files are not whole.
    """
    own = json.loads((folder / OWN).read_bytes())
    subjects = tuple(tuple(row) for row in own["subjects"])
    return KnownWords(Lexicon.open(folder / WORDS), subjects, frozenset(own["words"]))
