"""The command line on OpenSearch: the same answers, and faults without a trace of the program."""

import json
from pathlib import Path

import pytest
from opensearch_door import a_server_that_says
from test_cli import ROOT, copied, run

from index.opensearch_cluster import ClusterSettings

AWAY = "http://127.0.0.1:9"
ON_OPENSEARCH = {"BOT_ENGINE": "opensearch"}


def settings_of(place: ClusterSettings, **more: str) -> dict[str, str]:
    return {
        **ON_OPENSEARCH,
        "BOT_OPENSEARCH_URL": place.urls[0],
        "BOT_OPENSEARCH_PREFIX": place.prefix,
        "BOT_OPENSEARCH_TIMEOUT": "20",
        **more,
    }


def test_one_machine_indexes_and_another_answers(place: ClusterSettings, tmp_path: Path) -> None:
    settings = settings_of(place)
    for machine in ("one", "other"):
        (tmp_path / machine).mkdir()
    done = run("reindex", data=tmp_path / "one", **settings)
    assert (done.returncode, done.stderr) == (0, "")
    question = "who deals with screen overexposure?"
    done = run("ask", "--json", question, data=tmp_path / "other", **settings)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["answers"][0]["id"] == "cose"
    done = run("diagnose", data=tmp_path / "other", **settings)
    assert "✓ Index: " in done.stdout


def test_another_content_has_an_index_of_its_own(place: ClusterSettings, tmp_path: Path) -> None:
    settings, data = settings_of(place), tmp_path / "data"
    data.mkdir()
    content = copied(tmp_path)
    (content / "partners" / "pigeons.yaml").write_text(
        "name: {en: Pigeon Post, fr: Pigeons}\nsummary: {en: Trains carrier pigeons, fr: Élève}\n"
    )
    question = "who trains carrier pigeons?"
    before = run("ask", "--json", question, data=data, **settings).stdout
    other = run("ask", "--json", question, "--content", str(content), data=data, **settings)
    assert json.loads(other.stdout)["answers"][0]["id"] == "pigeons"
    assert before
    assert "pigeons" not in before.replace(question, "")
    assert run("ask", "--json", question, data=data, **settings).stdout == before


def test_the_figures_of_the_public_set_are_those_of_the_embedded_engine(
    place: ClusterSettings, tmp_path: Path
) -> None:
    questions = str(ROOT / "tests/questions/public.yaml")
    embedded = json.loads(run("evaluate", questions, "--json", data=tmp_path).stdout)
    clustered = run("evaluate", questions, "--json", data=tmp_path, **settings_of(place))
    assert json.loads(clustered.stdout)["all"] == embedded["all"]


@pytest.mark.parametrize(
    "command", [("ask", "screens"), ("reindex",), ("reindex", "--undo"), ("chat", "--json")]
)
def test_a_cluster_that_is_away_ends_a_command_with_what_to_do(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    done = run(*command, data=tmp_path, **ON_OPENSEARCH, BOT_OPENSEARCH_URL=AWAY)
    assert done.returncode == 1
    assert done.stderr == (
        f"OpenSearch at {AWAY} cannot be reached: start it, or correct BOT_OPENSEARCH_URL\n"
    )


def test_diagnose_has_a_line_for_it(tmp_path: Path) -> None:
    done = run("diagnose", data=tmp_path, **ON_OPENSEARCH, BOT_OPENSEARCH_URL=AWAY)
    assert f"✗ Index: it cannot be asked. OpenSearch at {AWAY} cannot be reached" in done.stdout


def test_a_login_that_is_refused_is_not_shown(tmp_path: Path) -> None:
    with a_server_that_says(401, {}) as url:
        done = run(
            "ask", "screens", data=tmp_path, **ON_OPENSEARCH,
            BOT_OPENSEARCH_URL=url, BOT_OPENSEARCH_USER="bot", BOT_OPENSEARCH_PASSWORD="Sesame-42",
        )  # fmt: skip
    assert "refuses the login" in done.stderr
    assert "Sesame" not in done.stdout + done.stderr


def test_the_embedded_engine_stands_in(place: ClusterSettings, tmp_path: Path) -> None:
    question = "who deals with screen overexposure?"
    settings = settings_of(place, BOT_ENGINE_FALLBACK="whoosh")
    before = run("ask", "--json", question, data=tmp_path, **settings)
    after = run("ask", "--json", question, data=tmp_path, **settings | {"BOT_OPENSEARCH_URL": AWAY})
    assert (after.returncode, after.stdout) == (0, before.stdout)
    assert after.stderr.count("cannot be reached") == 1


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("BOT_OPENSEARCH_URL", "", "the address of the OpenSearch"),
        ("BOT_OPENSEARCH_URL", "localhost:9200", "the address of the OpenSearch"),
        ("BOT_OPENSEARCH_URL", "https://bot:Sesame-42@search:9200", "without login"),
        ("BOT_OPENSEARCH_CA", "/nowhere.pem", "a file with the certificate"),
        ("BOT_OPENSEARCH_PREFIX", "Partner--Bot", "small letters"),
        ("BOT_OPENSEARCH_TIMEOUT", "0", "seconds"),
        ("BOT_OPENSEARCH_REPLICAS", "-1", "a number"),
        ("BOT_ENGINE", "elastic", "whoosh (nothing to install) or opensearch"),
        ("BOT_ENGINE_FALLBACK", "yes", "whoosh, to answer by it"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, name: str, value: str, says: str) -> None:
    settings = {**ON_OPENSEARCH, "BOT_OPENSEARCH_URL": AWAY, name: value}
    done = run("ask", "screens", data=tmp_path, **settings)
    assert done.returncode == 2
    assert f"{name}: must be " in done.stderr
    assert says in done.stderr
    assert "Sesame" not in done.stderr
