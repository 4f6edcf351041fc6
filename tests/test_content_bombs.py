"""Whatever bytes a file holds, they are read or told of, in bounded time and memory."""

import time
import tracemalloc
from pathlib import Path

import pytest
import writing_content
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from writing_content import GOOD, write

from content.loading import load_content
from content.problems import Severity

folder = writing_content.folder

BOMBS = {
    "laughs": "a: &a [x]\n" + "".join(f"b{i}: &b{i} [{'*a,' * 9}*a]\n" for i in range(4000)),
    "brackets": "[" * 250_000,
    "braces": "{a: " * 60_000,
    "dashes": "- " * 120_000,
    "questions": "? " * 120_000,
    "anchors": "[" + "&a x, " * 40_000,
    "tags": "[" + "!t x, " * 40_000,
    "quotes": "'" * 250_001,
    "languages": "name: {" + "".join(f"k{i}: x, " for i in range(20_000)) + "}",
    "list of lists": "topics: [" + "[], " * 60_000 + "]",
    "same key": "a: b\n" * 50_000,
    "late mistake": "a: b\n" * 50_000 + "x: y: z",
    "colons": ":" * 250_000,
    "spaces": " " * 250_000 + "x",
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_told_in_bounded_time_and_memory(folder: Path, name: str) -> None:
    write(folder, "partners/x.yaml", BOMBS[name])
    tracemalloc.start()
    try:
        load_content(folder)  # Once with the memory watched, which is slow,
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    began = time.perf_counter()
    assert load_content(folder).content is None  # and once with the clock.
    assert time.perf_counter() - began < 10
    assert peak < 200 * 2**20


_WORDS = (
    "name",
    "summary",
    "people",
    "topics",
    "en",
    "no",
    "x",
    "42",
    "2026-11-23",
    "&a",
    "!!int ",
)
_SIGNS = (
    "\n  ",
    ": ",
    "- ",
    ", ",
    "---",
    "<<",
    "*a",
    *" \n:[]{},'\"!|>#?~\\\t\ré\x85\u202e\u2028\ufeff",
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=5000)
@given(
    data=st.one_of(
        st.binary(max_size=300),
        st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.lists(st.sampled_from(_WORDS + _SIGNS), max_size=60).map(
            lambda pieces: "".join(pieces).encode()
        ),
    ),
    name=st.sampled_from(["partners/x.yaml", "topics.yaml", "vocabulary.yaml"]),
)
def test_any_bytes_give_problems_or_content_and_never_an_exception(
    folder: Path, data: bytes, name: str
) -> None:
    for other in ("topics.yaml", "vocabulary.yaml"):
        (folder / other).unlink(missing_ok=True)
    write(folder, "partners/x.yaml", GOOD)
    write(folder, name, data)
    loaded = load_content(folder)
    bad = any(problem.severity is Severity.ERROR for problem in loaded.problems)
    assert (loaded.content is None) == bad
    for problem in loaded.problems:
        assert problem.line >= 1
        assert problem.column >= 1
        assert str(problem).isprintable()
        str(problem).encode()
