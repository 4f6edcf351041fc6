"""What every search engine behind the port promises; a new engine joins the list and must pass."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from opensearch_cluster import a_place

from index.engine import (
    Clause,
    Document,
    EngineError,
    EngineFactory,
    Query,
    SearchEngine,
    Term,
)
from index.opensearch_cluster import Cluster
from index.opensearch_engine import OpenSearchFactory
from index.stand_in import Outages
from index.whoosh_engine import WhooshFactory


@pytest.fixture(params=[WhooshFactory.name, OpenSearchFactory.name])
def factory(request: pytest.FixtureRequest) -> Iterator[EngineFactory]:
    if request.param == WhooshFactory.name:
        yield WhooshFactory()
        return
    with a_place() as place:
        yield OpenSearchFactory(Cluster(place), Outages(stands_in=False))


@pytest.fixture
def engine(factory: EngineFactory, tmp_path: Path) -> Iterator[SearchEngine]:
    documents = [
        Document("name", {"name": ("ecran",), "text": ("enfant",)}),
        Document("text", {"text": ("ecran", "enfant", "autre")}),
        Document("twin", {"text": ("ecran", "enfant", "autre")}),
        Document("none", {"summary": ("pauvret",)}),
    ]
    factory.build(tmp_path / "index", documents)
    opened = factory.open(tmp_path / "index")
    yield opened
    opened.close()


def clause(*terms: str, weight: float = 1.0) -> Clause:
    return Clause(terms[0], tuple(Term(t, weight) for t in terms), 5.0)


def found(engine: SearchEngine, *clauses: Clause, limit: int = 10) -> list[str]:
    return [hit.id for hit in engine.search(Query(clauses, limit)).hits]


def test_a_name_beats_a_text(engine: SearchEngine) -> None:
    assert found(engine, clause("ecran"))[0] == "name"


def test_ties_are_broken_by_id_always_the_same_way(engine: SearchEngine) -> None:
    assert found(engine, clause("autre")) == ["text", "twin"]


def test_the_rarer_word_counts_more(engine: SearchEngine) -> None:
    assert found(engine, clause("enfant"), clause("pauvret"))[0] == "none"


def test_the_best_term_of_a_clause_counts_once(engine: SearchEngine) -> None:
    one = engine.search(Query((clause("autre"),))).hits[0]
    both = engine.search(Query((clause("autre", "autre"),))).hits[0]
    assert both.score == pytest.approx(one.score)


def test_a_hit_tells_which_term_answered_each_clause(engine: SearchEngine) -> None:
    (hit,) = engine.search(Query((clause("pauvret"), clause("ecran")))).hits[:1]
    answers = {h.id: h for h in engine.search(Query((clause("pauvret"), clause("ecran")))).hits}
    assert hit.id in answers
    assert [t and t.text for t in answers["none"].answered] == ["pauvret", None]
    assert [t and t.text for t in answers["text"].answered] == [None, "ecran"]


def test_a_lighter_term_scores_less(engine: SearchEngine) -> None:
    full = engine.search(Query((clause("pauvret"),))).hits[0].score
    half = engine.search(Query((clause("pauvret", weight=0.5),))).hits[0].score
    assert half == pytest.approx(full / 2)


def test_the_limit_cuts_and_the_total_tells(engine: SearchEngine) -> None:
    results = engine.search(Query((clause("ecran"),), limit=1))
    assert (len(results.hits), results.total) == (1, 3)


@pytest.mark.parametrize(
    "term", ["", "*", "ecran*", "?", "ecran OR autre", "name:ecran", "\x00", "é" * 5000]
)
def test_no_term_is_ever_a_query(engine: SearchEngine, term: str) -> None:
    assert found(engine, clause(term)) == []
    assert engine.frequency(term) == 0


def test_nothing_asked_nothing_found(engine: SearchEngine) -> None:
    assert engine.search(Query(())).hits == ()


def test_it_counts(engine: SearchEngine) -> None:
    assert (engine.count(), engine.frequency("ecran"), engine.frequency("pauvret")) == (4, 3, 1)


def test_no_documents_is_an_index_too(factory: EngineFactory, tmp_path: Path) -> None:
    factory.build(tmp_path / "empty", [])
    engine = factory.open(tmp_path / "empty")
    assert (engine.count(), found(engine, clause("ecran"))) == (0, [])
    engine.close()


def test_a_folder_without_index_is_a_clear_error(factory: EngineFactory, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="reindex"):
        factory.open(tmp_path)


def test_a_failed_build_frees_its_lock(factory: EngineFactory, tmp_path: Path) -> None:
    def broken() -> Iterator[Document]:
        yield Document("a", {"name": ("a",)})
        raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        factory.build(tmp_path / "one", broken())
    factory.build(tmp_path / "two", [Document("a", {"name": ("a",)})])


def test_threads_get_the_same_answers(factory: EngineFactory, tmp_path: Path) -> None:
    words = [f"w{n}" for n in range(300)]
    documents = [Document(f"d{n}", {"text": (w, words[n - 1])}) for n, w in enumerate(words)]
    factory.build(tmp_path / "index", documents)
    engine = factory.open(tmp_path / "index")
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda w: found(engine, clause(w)), words * 4))
    assert answers == [found(engine, clause(w)) for w in words] * 4
    engine.close()
