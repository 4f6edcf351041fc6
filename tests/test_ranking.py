"""Hits in order: the share of the question that they answer, and names between near ties."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from content.models import Partner
from index.engine import Clause, Hit, Query, Term
from index.ranking import NAMED, Ranking
from index.words import Words

NAMES = ("red", "red blue", "blue green", "green", "green red blue", "x-ray", "42")
PARTNERS = {
    f"p{n}": Partner.model_construct(id=f"p{n}", name={"en": name}, aliases=())
    for n, name in enumerate(NAMES)
}
CLAUSES = (Clause("one", (), 5.0, 1.0), Clause("two", (), 3.0, 0.5))
RANKING = Ranking(Words(["en"]), PARTNERS)

# Few different scores, so that there are ties, near ties and wide gaps.
scores = st.sampled_from([1.0, 1.02, 1.04, 1.0499, 1.05, 1.0501, 1.09])
answered = st.sampled_from([(Term("t"), None), (None, Term("u", 0.8, 0.8))])
found = st.dictionaries(st.sampled_from(sorted(PARTNERS)), st.tuples(scores, answered), min_size=3)
words = st.frozensets(st.sampled_from(["red", "blue", "green", "ray", "42"]))


def worth(hit: Hit, asked: frozenset[str]) -> float:
    share = sum(c.weight * t.sure for c, t in zip(CLAUSES, hit.answered, strict=True) if t)
    name = PARTNERS[hit.id].name["en"].replace("-", " ").split()
    return hit.score * share * (1 + NAMED * len(asked & set(name)) / len(name))


@given(found, words)
def test_the_best_answer_comes_first(
    some: dict[str, tuple[float, tuple[Term | None, ...]]], asked: frozenset[str]
) -> None:
    hits = [Hit(name, *rest) for name, rest in some.items()]
    ordered = list(RANKING.in_order(asked, Query(CLAUSES), hits))
    assert ordered == sorted(hits, key=lambda hit: (-round(worth(hit, asked) * 1e9), hit.id))


@given(found, words, scores)
def test_what_does_not_matter_changes_nothing(
    some: dict[str, tuple[float, tuple[Term | None, ...]]], asked: frozenset[str], least: float
) -> None:
    def matters(hit: Hit) -> bool:
        return hit.score >= least

    hits, query = [Hit(name, *rest) for name, rest in some.items()], Query(CLAUSES)
    every = RANKING.in_order(asked, query, hits)
    some_left_out = RANKING.in_order(asked, query, hits, matters)
    assert list(filter(matters, some_left_out)) == list(filter(matters, every))
