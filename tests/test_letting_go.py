"""Generations that nobody holds any more leave memory, though nobody looks for garbage."""

import gc
import time
import weakref
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from searching import library, partner, small_generation

from index.letting_go import by_and_by, empty_after

COSE = partner("cose", "COSE", "Screens and children.")


def test_a_generation_that_nobody_holds_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.letting_go.MANY", 1)
    small_generation(tmp_path, [COSE])
    opened = library(tmp_path).current_in_passing()
    assert opened is not None
    assert opened.finder.find("screens").answers
    finder = weakref.ref(opened.finder)
    kept = weakref.ref(opened.content.partners[0])
    gc.disable()
    try:
        del opened
        until = time.monotonic() + 10
        while (finder() or kept()) and time.monotonic() < until:
            time.sleep(0.01)
        assert (finder(), kept()) == (None, None)
    finally:
        gc.enable()
        gc.unfreeze()


def test_one_that_is_held_goes_on_answering(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.letting_go.MANY", 1)
    small_generation(tmp_path, [COSE])
    shelf = library(tmp_path)
    first, second = shelf.current_in_passing(), shelf.current_in_passing()
    gc.unfreeze()
    assert first is not None
    finder = first.finder
    del first, second  # whoever has the finder alone is answered too
    time.sleep(0.1)
    assert finder.find("screens").answers


class Owner:
    """Somebody with something."""


def test_what_somebody_had_is_emptied_once_they_are_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.letting_go.MANY", 300)
    owner, numbers, names = Owner(), dict.fromkeys(range(250)), {"a", "b"}
    few = {1: 1}
    empty_after(owner, (numbers, names))
    assert len(numbers) == 250, "there are too few to matter"
    names |= set(map(str, range(100)))
    empty_after(owner, (numbers, names))
    empty_after(owner, (few,))
    assert (len(numbers), len(names)) == (250, 102)
    del owner
    until = time.monotonic() + 10
    while (numbers or names) and time.monotonic() < until:
        time.sleep(0.01)
    assert (numbers, names, few) == ({}, set(), {1: 1})


def test_by_and_by_everything_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.letting_go.WORK", 0.0)
    with ThreadPoolExecutor() as threads:
        come = [threads.submit(list, by_and_by(range(250))).result(), list(by_and_by(range(250)))]
    assert come == [list(range(250))] * 2
