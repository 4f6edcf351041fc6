"""Makes cldr.json, beside this file, from packages of Unicode CLDR; see README.md here.

python benchmarks/data/make_cldr.py FOLDER    (FOLDER: the node_modules that npm made)
"""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from content.folding import bare

ANNOTATIONS, DATES = "cldr-annotations-full", "cldr-dates-full"
REGIONS = {"en": ("en-001", "en-GB", "en-AU", "en-CA", "en-IN"), "fr": ("fr-CA",)}
"""Whose words are asked: what all outside the United States say (001), Britain, Australia, Canada,
India. In this order the figures of decision 0004 came out again: a sign's first words are asked.
"""

NAMES_ALL_ZONES = "ru"
"""A language leaves out the zones whose city is called as in the zone's id; this one cannot."""

NO_CITIES = ("Etc/", "Antarctica/")


def main() -> None:
    packages = Path(sys.argv[1])
    source = " and ".join(f"{name} {_version(packages, name)}" for name in (ANNOTATIONS, DATES))
    parts = {
        "source": json.dumps(f"Unicode CLDR: {source}; licence Unicode-3.0, see README.md"),
        "cities": _lines(_cities(packages)),
        "emoji": _lines(_emoji(packages)),
    }
    text = ",\n".join(f'"{key}": {value}' for key, value in parts.items())
    Path(__file__).with_name("cldr.json").write_text(f"{{\n{text}\n}}\n", encoding="utf-8")


def _lines(rows: Iterable[object]) -> str:
    """A list with a row a line."""
    dumped = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    return "[\n" + ",\n".join(dumped) + "\n]"


def _emoji(packages: Path) -> Iterator[dict[str, Any]]:
    """The signs in CLDR's order; in each language what is said here and, of the same, elsewhere."""
    here = {code: _annotations(packages, code) for code in REGIONS}
    there = {code: [_annotations(packages, r) for r in REGIONS[code]] for code in REGIONS}
    for sign in here["en"]:
        yield {
            code: _said(here[code][sign], [region.get(sign, {}) for region in there[code]])
            for code in REGIONS
        }


def _said(
    here: Mapping[str, list[str]], there: Sequence[Mapping[str, list[str]]]
) -> dict[str, str | list[str]]:
    [name], words = here["tts"], here["default"]
    names = [n for region in there for n in region.get("tts", [])]
    others = [w for region in there for w in region.get("default", [])]
    elsewhere = {
        "names elsewhere": _new(names, [name]),
        "words elsewhere": _new(others, words),
    }
    return {"name": name, "words": words, **{key: new for key, new in elsewhere.items() if new}}


def _new(texts: Iterable[str], known: Iterable[str]) -> list[str]:
    """Each text once that is not known yet, in small letters or capitals."""
    found: dict[str, str] = {}
    for text in texts:
        found.setdefault(text.lower(), text)
    return [text for key, text in found.items() if key not in set(map(str.lower, known))]


def _cities(packages: Path) -> Iterator[tuple[str, str]]:
    """The cities of the time zones in English and French, each name once in either language."""
    english, french = (dict(_zones(packages, code)) for code in ("en", "fr"))
    taken: tuple[set[str], set[str]] = set(), set()
    for zone in sorted(dict(_zones(packages, NAMES_ALL_ZONES))):
        plain = zone.rpartition("/")[2].replace("_", " ")
        pair = english.get(zone, plain), french.get(zone, plain)
        bares = [bare(name).replace(" ", "") for name in pair]
        if not zone.startswith(NO_CITIES) and not any(map(set.__contains__, taken, bares)):
            for names, name in zip(taken, bares, strict=True):
                names.add(name)
            yield pair


def _annotations(packages: Path, code: str) -> dict[str, dict[str, list[str]]]:
    file = packages / ANNOTATIONS / "annotations" / code / "annotations.json"
    found: dict[str, dict[str, list[str]]] = _read(file)["annotations"]["annotations"]
    return found


def _zones(packages: Path, code: str) -> Iterator[tuple[str, str]]:
    names = _read(packages / DATES / "main" / code / "timeZoneNames.json")["main"][code]
    waiting = list(names["dates"]["timeZoneNames"]["zone"].items())
    while waiting:
        zone, inside = waiting.pop()
        if inside.get("_type") != "zone":
            waiting += [(f"{zone}/{key}", value) for key, value in inside.items()]
        elif "exemplarCity" in inside:
            yield zone, inside["exemplarCity"]


def _version(packages: Path, name: str) -> str:
    return str(_read(packages / name / "package.json")["version"])


def _read(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
