"""The public questions get the same answers on OpenSearch as on the embedded engine."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from opensearch_cluster import a_place
from searching import SHIPPED, partner, shipped_generation

from content.checking import check
from content.models import Content
from content.translations import load_translations
from index.engine import Clause, Document, Hit, Query, Term
from index.library import Generation, Library
from index.opensearch_cluster import Cluster
from index.opensearch_engine import OpenSearchFactory
from index.opensearch_library import OpenSearchLibrary
from index.quality import question, read_set
from index.stand_in import Outages
from index.whoosh_engine import WhooshFactory

SETS = sorted((Path(__file__).resolve().parent / "questions").glob("*.yaml"))


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    return shipped_generation(tmp_path_factory.mktemp("embedded"))


@pytest.fixture(scope="module")
def clustered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Generation]:
    loaded = check(SHIPPED)
    assert loaded.content is not None
    with a_place() as place:
        library: Library = OpenSearchLibrary(tmp_path_factory.mktemp("machine"), place)
        yield library.build(loaded.content, load_translations(SHIPPED), loaded.fingerprint)


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_the_questions_of_a_set_get_the_same_answers(
    embedded: Generation, clustered: Generation, path: Path
) -> None:
    for item in read_set(path):
        if "turns" not in item:
            text = question(item, path).text
            assert clustered.finder.find(text) == embedded.finder.find(text)


def test_one_question_is_one_trip(clustered: Generation, monkeypatch: pytest.MonkeyPatch) -> None:
    trips: list[str] = []
    ask = Cluster.ask

    def counted(self: Cluster, method: str, path: str, *rest: object, **named: object) -> object:
        trips.append(path)
        return ask(self, method, path, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Cluster, "ask", counted)
    assert clustered.finder.find("surexposision of my gosse to the telly").answers
    assert len(trips) == 1
    clustered.finder.find("?!")
    assert len(trips) == 1, "where there is nothing to ask"


def hits(found: tuple[Hit, ...]) -> list[tuple[str, float]]:
    return [(hit.id, round(hit.score, 9)) for hit in found]


def test_a_crowd_of_near_ties_is_put_in_the_exact_order(tmp_path: Path) -> None:
    # Each length of text gives the word another weight; most differ by less than the cluster sees.
    documents = [
        Document(f"d{n * 7919 % 600:03}", {"text": ("ecran", *["autre"] * n)}) for n in range(600)
    ]
    query = Query((Clause("ecran", (Term("ecran"), Term("autre", 0.3)), 5.0),), limit=20)
    WhooshFactory().build(tmp_path / "embedded", documents)
    wanted = WhooshFactory().open(tmp_path / "embedded").search(query)
    with a_place() as place:
        factory = OpenSearchFactory(Cluster(place), Outages(stands_in=False))
        factory.build(tmp_path / "clustered", documents)
        found = factory.open(tmp_path / "clustered").search(query)
    assert hits(found.hits) == hits(wanted.hits)
    assert found.total == wanted.total == 600


def test_long_ties_are_cut_by_id(tmp_path: Path) -> None:
    documents = [Document(f"d{n:04}", {"text": ("ecran",)}) for n in range(1_500, 0, -1)]
    with a_place() as place:
        factory = OpenSearchFactory(Cluster(place), Outages(stands_in=False))
        factory.build(tmp_path / "index", documents)
        query = Query((Clause("ecran", (Term("ecran"),), 5.0),), limit=3)
        found = factory.open(tmp_path / "index").search(query)
    assert [hit.id for hit in found.hits] == ["d0001", "d0002", "d0003"]


def test_many_partners_come_by_the_chunk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.opensearch_writing.AT_ONCE", 7)
    monkeypatch.setattr("index.opensearch_writing.BULK", 1_000)
    monkeypatch.setattr("index.opensearch_files.PIECE", 5_000)
    partners = [partner(f"p{n}", f"Name {n} unique{n}", "Looks after screens") for n in range(50)]
    with a_place() as place:
        library: Library = OpenSearchLibrary(tmp_path / "one", place)
        library.build(Content(partners=tuple(partners)), load_translations(SHIPPED), "")
        generation = OpenSearchLibrary(tmp_path / "other", place).current()
        assert generation is not None
        assert generation.finder.find("unique31").answers[0].id == "p31"
        assert generation.finder.count() == 50
