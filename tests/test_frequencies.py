"""The lists of words are wordfreq's own, whichever way they are read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import wordfreq

import index.frequencies
from index.frequencies import frequencies

LANGUAGES = ("en", "fr", "de", "es")


@pytest.mark.parametrize("language", LANGUAGES)
def test_they_are_what_the_library_gives(language: str) -> None:
    assert frequencies(language) == wordfreq.get_frequency_dict(language, "small")


def test_a_language_that_nobody_knows_has_no_words() -> None:
    assert frequencies("zz") == {}


def test_another_format_is_left_to_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index.frequencies, "HEADER", {"format": "cB", "version": 2})
    assert frequencies("fr") == wordfreq.get_frequency_dict("fr", "small")


def test_the_library_is_not_imported_for_it() -> None:
    asked = "import sys, index.general_language as g; g.GeneralLanguage(['en', 'fr']);"
    ended = "sys.exit('wordfreq' in sys.modules)"
    root = Path(__file__).resolve().parents[1]
    done = subprocess.run([sys.executable, "-c", asked + ended], cwd=root, check=False)  # noqa: S603
    assert done.returncode == 0
