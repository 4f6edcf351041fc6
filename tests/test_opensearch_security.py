"""A real OpenSearch with logins and TLS: what a user needs, and each refusal in clear words."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from opensearch_cluster import LONG
from opensearch_secured import BOT, PASSWORD, STRANGER, SecuredNode, a_secured_node, authority
from searching import built, ids, partner
from test_cli import run

from index.engine import EngineError
from index.opensearch_cluster import ClusterSettings
from index.opensearch_library import OpenSearchLibrary

COSE = partner("cose", "Screens", "Dangers of screens for toddlers")


@pytest.fixture(scope="module")
def node() -> Iterator[SecuredNode]:
    with a_secured_node() as secured:
        yield secured


@pytest.fixture
def place(node: SecuredNode) -> ClusterSettings:
    """The cluster as a bot is to be told of it."""
    return ClusterSettings((node.url,), user=BOT, password=PASSWORD, ca=node.ca, timeout=LONG)


def refused(folder: Path, place: ClusterSettings) -> str:
    """What is said when it is opened, without the password."""
    with pytest.raises(EngineError) as caught:
        OpenSearchLibrary(folder, place).current()
    assert str(place.password) not in str(caught.value)
    return str(caught.value)


def test_a_user_with_the_documented_role_can_do_all(place: ClusterSettings, tmp_path: Path) -> None:
    library = OpenSearchLibrary(tmp_path / "one", place)
    generations = [built(library, [COSE], fingerprint=f"{number}") for number in range(5)]
    other = OpenSearchLibrary(tmp_path / "other", place).current()
    assert other is not None
    assert other.name == generations[-1].name
    assert ids(other.finder, "screens") == ["cose"]
    assert library.undo().name == generations[-2].name


@pytest.mark.parametrize("login", [{"password": "Open-42"}, {"user": "nobody"}])
def test_a_login_that_is_refused(
    place: ClusterSettings, tmp_path: Path, login: dict[str, str]
) -> None:
    said = refused(tmp_path, replace(place, **login))  # type: ignore[arg-type]
    assert "refuses the login: correct BOT_OPENSEARCH_USER and BOT_OPENSEARCH_PASSWORD" in said


def test_no_login_where_one_is_needed(place: ClusterSettings, tmp_path: Path) -> None:
    said = refused(tmp_path, replace(place, user=None, password=None))
    assert "refuses the login" in said


def test_a_user_without_rights(place: ClusterSettings, tmp_path: Path) -> None:
    said = refused(tmp_path, replace(place, user=STRANGER))
    assert "does not allow this to BOT_OPENSEARCH_USER (no permissions for [" in said
    assert "give it the role of docs/scaling.md, for BOT_OPENSEARCH_PREFIX*" in said


def test_a_user_of_another_prefix(place: ClusterSettings, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="does not allow this to BOT_OPENSEARCH_USER"):
        built(OpenSearchLibrary(tmp_path, replace(place, prefix="others")), [COSE])


def test_a_certificate_of_an_authority_that_is_not_given(
    place: ClusterSettings, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for ca in (None, authority(other)):
        said = refused(tmp_path, replace(place, ca=ca))
        assert "its certificate is not trusted" in said
        assert "BOT_OPENSEARCH_CA" in said


def test_a_certificate_of_another_name(place: ClusterSettings, tmp_path: Path) -> None:
    there = place.urls[0].replace("127.0.0.1", "localhost")
    assert "its certificate is not trusted" in refused(tmp_path, replace(place, urls=(there,)))


def test_http_where_https_is_spoken(place: ClusterSettings, tmp_path: Path) -> None:
    there = place.urls[0].replace("https:", "http:")
    said = refused(tmp_path, replace(place, urls=(there,)))
    assert "correct BOT_OPENSEARCH_URL, which may have to begin with https://" in said


def test_the_command_line_with_a_login(node: SecuredNode, tmp_path: Path) -> None:
    settings = {
        "BOT_ENGINE": "opensearch",
        "BOT_OPENSEARCH_URL": node.url,
        "BOT_OPENSEARCH_USER": BOT,
        "BOT_OPENSEARCH_PASSWORD": PASSWORD,
        "BOT_OPENSEARCH_CA": str(node.ca),
        "BOT_OPENSEARCH_TIMEOUT": "20",
    }
    done = run("reindex", data=tmp_path, **settings)
    assert done.returncode == 0, done.stderr
    asked = run("ask", "who deals with screens?", data=tmp_path, **settings)
    assert "CoSE" in asked.stdout, asked.stderr
    wrong = run("ask", "screens", data=tmp_path, **{**settings, "BOT_OPENSEARCH_PASSWORD": "no"})
    assert wrong.returncode == 1
    assert "refuses the login" in wrong.stderr
    assert "Traceback" not in wrong.stderr
