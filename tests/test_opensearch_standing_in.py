"""Told to, the embedded engine answers while the cluster is away; the cluster is gone back to."""

import logging
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from opensearch_door import Door, a_door
from searching import built, ids, partner

from index.engine import AwayError, EngineError
from index.letting_go import take_apart
from index.opensearch_cluster import ClusterSettings
from index.opensearch_library import OpenSearchLibrary

COSE = partner("cose", "Screens", "Dangers of screens for toddlers")
OVEO = partner("oveo", "Against smacking", "Violence used every day in families")

QUICKLY = 1.0


@pytest.fixture
def door(place: ClusterSettings) -> Iterator[Door]:
    with a_door(place.urls[0]) as found:
        yield found


@pytest.fixture
def told(tmp_path: Path, place: ClusterSettings, door: Door) -> OpenSearchLibrary:
    """A library that has the embedded engine stand in."""
    settings = replace(place, urls=(door.url,), timeout=QUICKLY)
    return OpenSearchLibrary(tmp_path / "told", settings, stands_in=True)


@pytest.fixture(autouse=True)
def _soon_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.stand_in.PAUSE", 0.2)


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]


def test_it_answers_says_so_once_and_goes_back_by_itself(
    told: OpenSearchLibrary, door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    finder = built(told, [COSE, OVEO]).finder
    before = finder.find("screens")
    door.shut()
    for _ in range(5):
        assert finder.find("screens") == before
    assert len(warnings(caplog)) == 1
    assert "cannot be reached" in warnings(caplog)[0]
    assert "the embedded engine answers" in warnings(caplog)[0]
    door.open()
    time.sleep(0.3)
    assert finder.find("screens") == before
    assert "OpenSearch answers again" in caplog.messages


def test_what_is_stuck_keeps_only_one_question_waiting(
    told: OpenSearchLibrary, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.stand_in.PAUSE", 60.0)
    finder = built(told, [COSE]).finder
    door.hold()
    begun = time.monotonic()
    for _ in range(20):
        assert ids(finder, "screens") == ["cose"]
    assert time.monotonic() - begun < 4 * QUICKLY


def test_a_bot_starts_without_the_cluster(
    told: OpenSearchLibrary, tmp_path: Path, door: Door, place: ClusterSettings
) -> None:
    name = built(told, [COSE], fingerprint="abc").name
    door.shut()
    settings = replace(place, urls=(door.url,), timeout=QUICKLY)
    another = OpenSearchLibrary(tmp_path / "told", settings, stands_in=True)
    assert (another.current_name(), another.fingerprint(), another.undone()) == (name, "abc", None)
    current = another.current()
    assert current is not None
    assert ids(current.finder, "screens") == ["cose"]
    with pytest.raises(AwayError):
        built(another, [COSE, OVEO])
    door.open()
    time.sleep(0.3)
    assert built(another, [COSE, OVEO]).name == another.current_name()


def test_what_others_switched_to_meanwhile_is_seen_afterwards(
    told: OpenSearchLibrary, tmp_path: Path, door: Door, place: ClusterSettings
) -> None:
    built(told, [COSE])
    door.shut()
    told.current_name()
    new = built(OpenSearchLibrary(tmp_path / "other", place), [OVEO])
    door.open()
    time.sleep(0.3)
    assert told.current_name() == new.name


def test_a_generation_that_goes_takes_nothing_along(told: OpenSearchLibrary) -> None:
    old, new = built(told, [COSE, OVEO]), built(told, [COSE])
    take_apart(list(vars(old.finder).values()))
    assert ids(new.finder, "screens") == ["cose"]
    assert told.current_name() == new.name
    current = told.current()
    assert current is not None
    assert ids(current.finder, "screens") == ["cose"]


def test_not_told_to_nothing_stands_in(tmp_path: Path, door: Door, place: ClusterSettings) -> None:
    settings = replace(place, urls=(door.url,), timeout=QUICKLY)
    finder = built(OpenSearchLibrary(tmp_path, settings), [COSE]).finder
    door.shut()
    with pytest.raises(EngineError, match="cannot be reached"):
        finder.find("screens")
    door.open()
    assert ids(finder, "screens") == ["cose"]
