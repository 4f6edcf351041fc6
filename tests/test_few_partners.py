"""With few partners, hits are added up from remembered clauses: the same hits as the engine's."""

import random
from pathlib import Path

import pytest

from index.engine import Clause, Document, Query, SearchEngine, Term
from index.few_partners import FEW, FewPartners, quick
from index.whoosh_engine import WhooshFactory

TERMS = [f"t{number}" for number in range(12)]


def engine(folder: Path, size: int) -> SearchEngine:
    chance = random.Random(size)
    documents = [
        Document(f"d{n}", {"name": chance.choices(TERMS, k=2), "text": chance.choices(TERMS, k=6)})
        for n in range(size)
    ]
    WhooshFactory().build(folder, documents)
    return WhooshFactory().open(folder)


def query(chance: random.Random) -> Query:
    clauses = tuple(
        Clause(
            term,
            tuple(
                Term(t, chance.random(), chance.random())
                for t in chance.sample([*TERMS, "nowhere"], chance.randint(0, 4))
            ),
            information=1 + 10 * chance.random(),
            weight=0.5 + chance.random(),
        )
        for term in chance.sample(TERMS, chance.randint(0, 6))
    )
    return Query(clauses, chance.choice([1, 3, 20, 200]))


@pytest.mark.parametrize("size", [1, 2, 15, FEW])
def test_few_partners_are_found_with_the_very_same_scores(tmp_path: Path, size: int) -> None:
    slow = engine(tmp_path / "index", size)
    fast = FewPartners(slow)
    chance = random.Random(size)
    for asked in [query(chance) for _ in range(200)]:
        assert fast.search(asked) == slow.search(asked)
        # Once more, from what is remembered.
        assert fast.search(asked) == slow.search(asked)


def test_only_few_partners_are_searched_so(tmp_path: Path) -> None:
    few, many = engine(tmp_path / "few", FEW), engine(tmp_path / "many", FEW + 1)
    assert isinstance(quick(few), FewPartners)
    assert quick(many) is many
