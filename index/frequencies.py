"""How often words occur in a language: wordfreq's small lists.

The library brings along what texts in any script need, and importing that took a third of a second
at each start and each reindex. So a list is read here, in the format that
``wordfreq.read_cBpack`` documents; what is not as it should be is left to the library.
"""

import gzip
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import msgpack

HEADER = {"format": "cB", "version": 1}


def frequencies(language: str) -> Mapping[str, float]:
    """The share of each word among all words of a language; of one it does not know, none."""
    found = _read(language)
    return _of_library(language) if found is None else found


def _read(language: str) -> Mapping[str, float] | None:
    spec = find_spec("wordfreq")  # found, not imported
    places = (spec and spec.submodule_search_locations) or ()
    for place in places:
        path = Path(place) / "data" / f"small_{language}.msgpack.gz"
        if path.is_file():
            header, *buckets = msgpack.unpackb(gzip.decompress(path.read_bytes()))
            if header == HEADER:
                # The number of a bucket is its frequency in centibels below 1.
                return {w: 10 ** (-cb / 100) for cb, words in enumerate(buckets) for w in words}
    return None


def _of_library(language: str) -> Mapping[str, float]:
    import wordfreq  # noqa: PLC0415  slow

    try:
        listed: Mapping[str, float] = wordfreq.get_frequency_dict(language, "small")
    except LookupError:
        return {}
    return listed
