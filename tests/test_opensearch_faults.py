"""What is wrong with a cluster is said in clear words: which setting, what to do; no secret."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from opensearch_cluster import a_place
from opensearch_door import a_door, a_server_that_says
from searching import built, ids, partner

from index.engine import AwayError, EngineError
from index.opensearch_cluster import Cluster, ClusterSettings
from index.opensearch_library import OpenSearchLibrary

COSE = partner("cose", "Screens", "Dangers of screens for toddlers")
SECRET = "Sesame-42"


def opened(folder: Path, *urls: str, timeout: float = 0.3) -> OpenSearchLibrary:
    settings = ClusterSettings(urls, user="bot", password=SECRET, timeout=timeout)
    return OpenSearchLibrary(folder, settings)


def said_by(library: OpenSearchLibrary) -> str:
    with pytest.raises(EngineError) as caught:
        library.current()
    said = str(caught.value)
    shown = "".join((said, repr(caught.value), repr(library), repr(Cluster), repr(vars(library))))
    assert SECRET not in shown
    return said


def test_a_cluster_that_is_away(tmp_path: Path) -> None:
    said = said_by(opened(tmp_path, "http://127.0.0.1:9"))
    assert "http://127.0.0.1:9 cannot be reached" in said
    assert "BOT_OPENSEARCH_URL" in said


def test_a_cluster_that_does_not_answer(tmp_path: Path) -> None:
    with a_place() as place, a_door(place.urls[0]) as door:
        door.hold()
        begun = time.monotonic()
        said = said_by(opened(tmp_path, door.url))
        assert time.monotonic() - begun < 5
    assert "did not answer within 0.3 seconds" in said
    assert "BOT_OPENSEARCH_TIMEOUT" in said


@pytest.mark.parametrize(
    ("status", "body", "says"),
    [
        (401, {}, "refuses the login: correct BOT_OPENSEARCH_USER and BOT_OPENSEARCH_PASSWORD"),
        (401, "Unauthorized", "is not OpenSearch"),
        (
            403,
            {"error": {"type": "security_exception", "reason": "no permissions for [x]"}},
            "does not allow this to BOT_OPENSEARCH_USER (no permissions for [x])",
        ),
        (503, {}, "is not ready"),
        (
            500,
            {"error": {"type": "search_phase_execution_exception", "reason": "all shards failed"}},
            "is not ready (all shards failed)",
        ),
        (429, {"error": {"type": "es_rejected_execution_exception"}}, "is not ready"),
        (
            200,
            {"version": {"number": "1.3.20", "distribution": "opensearch"}},
            "OpenSearch 1.3.20 at http://127.0.0.1",
        ),
        (200, {"version": {"number": "2.18.0", "distribution": "opensearch"}}, "is too old: 2.19"),
        (200, {"version": {"number": "8.19.0"}}, "is not OpenSearch; correct BOT_OPENSEARCH_URL"),
        (200, "hello", "is not OpenSearch"),
    ],
)
def test_a_cluster_that_will_not_do(tmp_path: Path, status: int, body: object, says: str) -> None:
    with a_server_that_says(status, body) as url:
        assert says in said_by(opened(tmp_path, url))


def test_a_server_without_https(tmp_path: Path) -> None:
    with a_server_that_says(200, {}) as url:
        said = said_by(opened(tmp_path, url.replace("http:", "https:")))
    assert "BOT_OPENSEARCH_CA" in said


def test_a_certificate_is_trusted_when_its_authority_is_given(tmp_path: Path) -> None:
    both = tmp_path / "both.pem"
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = (
        f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=tests -keyout {key}"
        f" -out {certificate} -addext subjectAltName=IP:127.0.0.1"
    )
    subprocess.run(made.split(), check=True, capture_output=True)  # noqa: S603
    both.write_text(key.read_text() + certificate.read_text())
    said = {"version": {"number": "3.3.2", "distribution": "opensearch"}}
    with a_server_that_says(200, said, both) as url:
        assert "its certificate is not trusted" in said_by(opened(tmp_path, url, timeout=5))
        Cluster(ClusterSettings((url,), ca=certificate, timeout=5)).greet()


@contextmanager
def read_only(place: ClusterSettings) -> Iterator[None]:
    cluster = Cluster(place)

    def blocked(value: bool | None) -> None:
        settings = {"persistent": {"cluster.blocks.read_only": value}}
        cluster.ask("PUT", "/_cluster/settings", settings)

    blocked(True)
    try:
        yield
    finally:
        blocked(None)


def test_a_cluster_that_can_only_be_read_goes_on_answering(tmp_path: Path) -> None:
    with a_place() as place:
        library = OpenSearchLibrary(tmp_path, place)
        old = built(library, [COSE])
        with read_only(place):
            with pytest.raises(EngineError, match=r"can only be read \(.*lift the block"):
                built(library, [COSE])
            assert library.current_name() == old.name
            assert ids(old.finder, "screens") == ["cose"]
        assert built(library, [COSE]).name == library.current_name()


def test_an_index_that_somebody_has_deleted(tmp_path: Path) -> None:
    with a_place() as place:
        generation = built(OpenSearchLibrary(tmp_path, place), [COSE])
        index = f"{place.prefix}--{generation.name.lower()}"
        Cluster(place).ask("DELETE", f"/{index}")
        with pytest.raises(EngineError, match=f"has no index {index} any more; reindex"):
            generation.finder.find("screens")
        assert OpenSearchLibrary(tmp_path, place).current() is None


def test_an_index_that_is_not_whole_gives_way_to_the_one_before(tmp_path: Path) -> None:
    with a_place() as place:
        library = OpenSearchLibrary(tmp_path, place)
        old = built(library, [COSE], fingerprint="old")
        new = built(library, [COSE], fingerprint="new")
        index = f"{place.prefix}--{new.name.lower()}"
        Cluster(place).ask("DELETE", f"/{index}/_doc/partner-0", parameters={"refresh": "true"})
        current = OpenSearchLibrary(tmp_path / "other", place).current()
        assert current is not None
        assert current.name == old.name


def test_what_is_away_is_never_taken_for_broken(tmp_path: Path) -> None:
    with a_place() as place, a_door(place.urls[0]) as door:
        library = OpenSearchLibrary(tmp_path, replace(place, urls=(door.url,)))
        built(library, [COSE])
        door.shut()
        with pytest.raises(AwayError):
            library.current()
        door.open()
        assert library.current() is not None
