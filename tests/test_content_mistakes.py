"""Every mistake in a content file is told with its place and its mend, all at once."""

import json
import os
import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content import files
from content.files import fingerprint
from content.loading import Loaded, load_content
from content.models import Content, partner_schema
from content.problems import Problem, Severity

GOOD = 'name: {en: Red Cross, fr: Croix-Rouge}\nsummary: {en: Helps., fr: "Aide : tous."}\n'
NAME = "name: {en: Red Cross}\n"
SUMMARY = "summary: {en: Helps.}\n"
BOTH = NAME + SUMMARY


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty content folder in the current directory."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content" / "partners").mkdir(parents=True)
    return Path("content")


def write(folder: Path, name: str, text: str | bytes) -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def told(loaded: Loaded) -> list[str]:
    return [str(problem) for problem in loaded.problems]


def good(folder: Path) -> Content:
    loaded = load_content(folder)
    assert told(loaded) == []
    assert loaded.content is not None
    return loaded.content


BROKEN_YAML = {
    "tab": (NAME + "summary:\n\ten: Helps.\n", "3:1", "two spaces"),
    "tab below": ("name:\n  en: x\n\tfr: y\n", "3:1", "a tab"),
    "colon in text": ("name:\n  en: Screens: danger\n", "2:14", "quotes"),
    "colon in braces": ("name: {en: Screens: danger}\n", "1:19", "a colon in a text"),
    "no comma": ("name: {en: x fr: y}\n", "1:16", "no comma before a key"),
    "quote never closed": ('name: {en: "Red}\nsummary: {en: b}\n', "1:12", "never closed"),
    "quote closed too late": ('name:\n  en: "Red\n  fr: "Rouge"\n', "2:7", "only on line 3"),
    "quote missing in line": ('name: {en: "Red, fr: "Rouge"}\n', "1:23", "closing quote"),
    "apostrophe in quotes": ("name:\n  fr: 'l'enfant'\n", "2:10", "l''enfant"),
    "text after quotes": ('name:\n  en: "Red" Cross\n', "2:13", "round all of it"),
    "open bracket": ("topics: [a, b\n" + BOTH, "1:9", "add ]"),
    "open brace": ("name: {en: x\nsummary: {en: y}\n", "1:7", "add }"),
    "brace lost in comment": ("name: {en: We are #1, fr: x}\n", "1:7", "with a # in quotes"),
    "brace too many": ("name: {en: x}}\n" + SUMMARY, "1:14", "one } too many"),
    "bracket in text": ("name:\n  en: [new] Red Cross\n", "2:13", "a text follows a bracket"),
    "at sign": ("name:\n  en: @redcross\n", "2:7", "begin with @"),
    "per cent": ("name:\n  en: %x\n", "2:7", "begin with %"),
    "star": ("name:\n  en: * x\n", "2:7", "begin with & or *"),
    "dash": ("name:\n  en: - x\n", "2:7", "begin with - or ?"),
    "pipe": ("text:\n  en: | Helps.\n", "2:7", "on the next line"),
    "backslash": ('name: {en: "C:\\path"}\n', "1:15", "\\\\"),
    "less indented": ("name:\n    en: x\n  fr: y\n", "3:3", "line up"),
    "more indented": ("name:\n  en: x\n   fr: y\n", "3:4", "indented further"),
    "first indented": (" name: {en: x}\nsummary: {en: y}\n", "2:1", "at the margin"),
    "no space": (NAME + "website:https://x.org\n" + SUMMARY, "2:1", "a space is missing"),
    "no colon": (NAME + "summary\n", "2:1", '"summary" has no colon'),
    "no colon above": ("summary\n" + NAME, "1:1", '"summary" has no colon'),
    "no key": (": x\n", "1:1", "nothing stands before the colon"),
    "not yet YAML": ("%YAML 3.0\n---\na: b\n", "1:1", "this is not YAML"),
}

DANGEROUS = {
    "two documents": (BOTH + "---\n" + BOTH, "3:1", "second document"),
    "alias": ("name: {en: *x}\n" + SUMMARY, "1:12", "*x is a YAML reference"),
    "anchor": ("name: {en: &x y}\n" + SUMMARY, "1:12", "&x is a YAML reference"),
    "python tag": (
        "name: {en: !!python/object/apply:os.system ls}\n" + SUMMARY,
        "1:12",
        "!!python/object/apply:os.system",
    ),
    "own tag": ("name: {en: !Hello you}\n" + SUMMARY, "1:12", "begins with ! goes in quotes"),
    "deep": (BOTH + "text: " + "[" * 40 + "]" * 40 + "\n", "3:16", "10 levels"),
    "deep blocks": (BOTH + "text: \n" + "- " * 4000 + "\n", "4:19", "10 levels"),
    "control character": (BOTH + "source: a\x07b\n", "3:10", "U+0007"),
    "escaped control character": (BOTH + 'source: "a\\0b"\n', "3:9", "U+0000"),
    "turned text": (BOTH + "source: a\u202eb\n", "3:9", "U+202E"),
    "not UTF-8": (b"name: {en: x}\nsource: h\xe9l\xe8ne\n", "2:10", "0xE9"),
    "not UTF-8 after accents": ("# éé\nname: é".encode() + b"\xff", "2:8", "UTF-8"),
    "UTF-16": (BOTH.encode("utf-16"), "1:1", "save it as UTF-8"),
    "too large": (BOTH + "#" * files.SIZE_LIMIT, "1:1", "larger than 256 KiB"),
    "key that is a list": (BOTH + "? [a]\n: b\n", "3:3", "where a key is meant"),
}

MISTAKEN = {
    "empty": ("", "1:1", "the file is empty"),
    "comments only": ("# soon\n", "1:1", "the file is empty"),
    "list": ("- a\n", "1:1", "the file holds a list"),
    "text": ("Red Cross\n", "1:1", "the file holds a single text"),
    "key twice": (BOTH + NAME, "3:1", '"name" is here twice, first on line 1'),
    "language twice": ("name: {en: x, en: y}\n" + SUMMARY, "1:15", "twice"),
    "unknown key": (BOTH + "sumary: {en: x}\n", "3:1", "did you mean summary?"),
    "very unknown key": (BOTH + "colour: red\n", "3:1", "known are name, aliases"),
    "unknown person key": (
        BOTH + "people: [{name: Ann, job: x}]\n",
        "3:22",
        "known are name, role",
    ),
    "id": ("id: x\n" + BOTH, "1:1", "the file name is the id"),
    "no space after key": (BOTH + "topics:[a]: x\n", "3:1", 'after "topics:" a space is missing'),
    "missing summary": ("# new\n" + NAME, "2:1", 'summary is missing: add summary: {en: "…"'),
    "missing person": (BOTH + "people:\n- role: {en: x}\n", "4:3", "people.1.name is missing"),
    "no language": ("name: {}\n" + SUMMARY, "1:7", "name has no text"),
    "empty summary": (NAME + "summary:\n", "2:9", "summary is empty"),
    "empty text": (NAME + "summary: {en: }\n", "2:15", "summary.en is empty"),
    "blank text": (NAME + 'summary: {en: "  "}\n', "2:15", "summary.en is empty"),
    "unknown language": ("name: {de: x}\n" + SUMMARY, "1:8", '"de" is no known language'),
    "language by name": ("name: {English: x}\n" + SUMMARY, "1:8", "did you mean en?"),
    "country": ("name: {fr_FR: x}\n" + SUMMARY, "1:8", "did you mean fr?"),
    "comma in text": ("name: {en: Red, white}\n" + SUMMARY, "1:17", "put that text in quotes"),
    "role in unknown language": (
        BOTH + "people:\n  - name: Ann\n    role: {xx: x}\n",
        "5:12",
        '"xx" is no known language',
    ),
    "too long": (NAME + f"summary: {{en: {'x' * 512}}}\n", "2:15", "512 characters, at most 400"),
    "much too long": (NAME + f"summary:\n  en: {'é' * 401}\n", "3:7", "cut 1"),
    "Norway": ("name: {en: no}\n" + SUMMARY, "1:12", 'read as yes or no: write it in quotes, "no"'),
    "number": ("name: {en: 3114}\n" + SUMMARY, "1:12", 'read as a number: write it in quotes, "'),
    "number in list": (BOTH + "keywords: {en: [tv, 119]}\n", "3:21", "keywords.en.2 is read as a"),
    "time": (BOTH + "keywords:\n  en:\n  - 12:30\n", "5:5", '"12:30"'),
    "date as text": (BOTH + "source: 2026-11-23\n", "3:9", "is read as a date"),
    "list for text": ("name: {en: [a]}\n" + SUMMARY, "1:12", "is a list, and one text is meant"),
    "keys for text": ("name: {en: {a: b}}\n" + SUMMARY, "1:12", "is a mapping with keys"),
    "text for list": (BOTH + "aliases: RC\n", "3:10", 'aliases is not a list: write ["RC"]'),
    "keys for list": (BOTH + "topics: {a: b}\n", "3:9", "a list is meant"),
    "dashes without space": (BOTH + "aliases:\n  -a\n  -b\n", "4:3", "no space after its dashes"),
    "text without language": ("name: Red Cross\n" + SUMMARY, "1:7", 'write {en: "Red Cross"}'),
    "colons without space": ("name:\n  en:x\n" + SUMMARY, "2:3", "no space after the colon"),
    "list without language": (BOTH + "keywords: [a, b]\n", "3:11", "keys are meant"),
    "text for person": (BOTH + "people: [Ann]\n", "3:10", 'write {name: "Ann"}'),
    "link without https": (BOTH + "website: example.org\n", "3:10", "no web address"),
    "link that runs": (BOTH + "website: javascript:alert(1)\n", "3:10", "https://example.org"),
    "no day": (BOTH + "verified_on: 2026-13-45\n", "3:14", "is no day: write it as 2026-11-23"),
    "other day": (BOTH + "verified_on: 23/11/2026\n", "3:14", '"23/11/2026" is no day'),
    "day as number": (BOTH + "verified_on: 20261123\n", "3:14", '"20261123" is no day'),
    "no id": (BOTH + "topics: [Health]\n", "3:10", '"Health" is no id'),
}


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [pytest.param(*case, id=name) for name, case in (BROKEN_YAML | DANGEROUS | MISTAKEN).items()],
)
def test_a_mistake_is_told_once_with_its_place_and_its_mend(
    folder: Path, text: str | bytes, place: str, message: str
) -> None:
    write(folder, "partners/x.yaml", text)
    write(folder, "partners/fine.yaml", GOOD)
    loaded = load_content(folder)
    # Whatever else follows from it: the mistake itself is told, and at its own place once.
    here = [told for told in told(loaded) if told.startswith(f"content/partners/x.yaml:{place}: ")]
    assert [message in text for text in here] == [True], told(loaded)
    assert loaded.content is None
    assert "fine" in [partner.id for partner in loaded.readable.partners]


ALONE = BROKEN_YAML | {name: MISTAKEN[name] for name in MISTAKEN if name != "no space after key"}


@pytest.mark.parametrize("text", [pytest.param(case[0], id=name) for name, case in ALONE.items()])
def test_one_mistake_gives_one_problem(folder: Path, text: str) -> None:
    write(folder, "partners/x.yaml", text)
    assert len(load_content(folder).problems) == 1


LISTS = {
    "topic without label": (
        "topics.yaml",
        "- id: health\n- id: play\n  label: {en: Play}\n",
        "1:3",
        "label is missing",
    ),
    "topic twice": (
        "topics.yaml",
        "- {id: a, label: {en: A}}\n- {id: a, label: {en: B}}\n",
        "2:8",
        "the topic a is here twice, first on line 1",
    ),
    "topic id": ("topics.yaml", "- {id: My Topic, label: {en: A}}\n", "1:8", "is no id"),
    "topic by id": ("topics.yaml", "health: {label: {xx: A}}\n", "1:18", '"xx" is no known'),
    "topic key": ("topics.yaml", "health: {lable: {en: A}, label: {en: A}}\n", "1:10", "label?"),
    "topic id form": ("topics.yaml", "Health: {label: {en: A}}\n", "1:9", "is no id"),
    "topic word": (
        "topics.yaml",
        "- id: a\n  label: {en: A}\n  words: {en: [tv, on]}\n",
        "3:20",
        'write it in quotes, "on"',
    ),
    "topics as text": ("topics.yaml", "health\n", "1:1", "the file holds a single text"),
    "vocabulary as mapping": ("vocabulary.yaml", "en: [a, b]\n", "1:1", "a mapping with keys"),
    "group as text": ("vocabulary.yaml", "- telly\n", "1:3", "has no key before its text"),
    "group language": ("vocabulary.yaml", "- {xx: [a, b]}\n", "1:4", '"xx" is no known language'),
    "group words": ("vocabulary.yaml", "- {en: a}\n", "1:8", 'en is not a list: write ["a"]'),
    "group number": ("vocabulary.yaml", "- [telly, 3]\n", "1:11", "entry 2 is read as a number"),
    "broken": ("vocabulary.yaml", "- [a, b\n- [c, d]\n", "1:3", "add ]"),
}


@pytest.mark.parametrize(
    ("file", "text", "place", "message"),
    [pytest.param(*case, id=name) for name, case in LISTS.items()],
)
def test_mistakes_in_topics_and_vocabulary(
    folder: Path, file: str, text: str, place: str, message: str
) -> None:
    write(folder, "partners/fine.yaml", GOOD)
    write(folder, file, text)
    loaded = load_content(folder)
    assert len(loaded.problems) == 1, told(loaded)
    assert told(loaded)[0].startswith(f"content/{file}:{place}: ")
    assert message in told(loaded)[0]
    assert loaded.content is None


NAMES = {
    "Red-Cross.yaml": "small letters",
    "red cross.yaml": "small letters",
    "red_cross.yaml": "small letters",
    "red.cross.yaml": "small letters",
    "é.yaml": "small letters",
    f"{'x' * 49}.yaml": "at most 48",
    "x.yml": "rename the file to x.yaml",
    "x.YAML": "rename the file to x.yaml",
    "x.yaml.txt": "take .txt off",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_file_name_that_is_no_id_is_told(folder: Path, name: str) -> None:
    write(folder, f"partners/{name}", GOOD)
    (problem,) = load_content(folder).problems
    assert (problem.path.name, problem.line, problem.column) == (name, 1, 1)
    assert NAMES[name] in problem.message


@pytest.mark.parametrize("name", ["README.md", ".x.yaml.swp", ".hidden.yaml", "x.yaml~"])
def test_other_files_are_left_alone(folder: Path, name: str) -> None:
    write(folder, "partners/fine.yaml", GOOD)
    write(folder, f"partners/{name}", "?")
    assert len(good(folder).partners) == 1


def test_all_mistakes_of_all_files_are_told_at_once_in_order(folder: Path) -> None:
    write(folder, "partners/a.yaml", "name: {en: no}\nwebsite: x\nsumary: {en: x}\n")
    write(folder, "partners/b.yaml", "name: {en: [}\n")
    write(folder, "partners/c.yaml", b"\xff")
    write(folder, "topics.yaml", "- {id: x}\n")
    places = [line.split(": ")[0] for line in told(load_content(folder))]
    assert places == [
        "content/partners/a.yaml:1:1",  # summary is missing
        "content/partners/a.yaml:1:12",
        "content/partners/a.yaml:2:10",
        "content/partners/a.yaml:3:1",
        "content/partners/b.yaml:1:13",
        "content/partners/c.yaml:1:1",
        "content/topics.yaml:1:3",
    ]


def test_a_warning_does_not_keep_content_from_being_used(folder: Path) -> None:
    write(folder, "partners/x.yaml", BOTH + "website:\n")
    loaded = load_content(folder)
    (problem,) = loaded.problems
    assert problem.severity is Severity.WARNING
    assert str(problem).startswith("content/partners/x.yaml:3:1: warning: website is empty")
    assert loaded.content is not None


def test_good_content_becomes_models(folder: Path) -> None:
    text = "\ufeff---\r\n" + GOOD.replace("\n", "\r\n") + "verified_on: 2026-11-23\r\n"
    write(folder, "partners/croix-rouge.yaml", text + "topics: [health]\r\n")
    write(folder, "topics.yaml", "health: {label: {en: Health}, words: {en: [ill]}}\n")
    write(folder, "vocabulary.yaml", "- {en: [telly], fr: [télé]}\n- [kid, gosse]\n")
    content = good(folder)
    (partner,) = content.partners
    assert partner.id == "croix-rouge"
    assert partner.summary["fr"] == "Aide : tous."
    assert str(partner.verified_on) == "2026-11-23"
    assert content.topics[0].label == {"en": "Health"}
    assert content.vocabulary[1].words == {"en": ("kid", "gosse"), "fr": ("kid", "gosse")}


def test_a_folder_of_nothing_but_partners_is_enough(folder: Path) -> None:
    write(folder, "partners/x.yaml", GOOD)
    assert good(folder).languages == ("en", "fr")


def test_a_language_is_known_by_its_translation_and_the_main_one_comes_first(
    folder: Path,
) -> None:
    write(folder, "partners/x.yaml", "name: {de: Rotes Kreuz}\nsummary: {de: Hilft.}\n")
    write(folder, "translations/de.yaml", "language: Deutsch\nmain: true\n")
    write(folder, "translations/da.yaml", "language: Dansk\n")
    assert good(folder).languages == ("de", "da")


def test_a_key_may_be_a_word_that_yaml_takes_for_something_else(folder: Path) -> None:
    write(folder, "partners/x.yaml", "name: {no: Røde Kors}\nsummary: {no: Hjelper.}\n")
    write(folder, "translations/no.yaml", "language: Norsk\n")
    assert good(folder).partners[0].name == {"no": "Røde Kors"}


def test_a_folder_that_is_not_there_or_holds_no_partner_is_told(folder: Path) -> None:
    assert told(load_content(Path("nowhere")))[0].startswith("nowhere:1:1: this folder does not")
    assert "no partner is here yet" in told(load_content(folder))[0]
    (folder / "partners").rmdir()
    assert told(load_content(folder))[0].startswith("content/partners:1:1: this folder cannot be")
    (folder / "partners").write_text("x")
    assert "cannot be read" in told(load_content(folder))[0]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_what_is_no_file_of_the_folder_is_not_read(folder: Path) -> None:
    Path("secret.yaml").write_text(GOOD)
    partners = folder / "partners"
    (partners / "out.yaml").symlink_to(Path("secret.yaml").absolute())
    (partners / "lost.yaml").symlink_to("nowhere.yaml")
    (partners / "round.yaml").symlink_to("round.yaml")
    (partners / "folder.yaml").mkdir()
    os.mkfifo(partners / "pipe.yaml")
    write(folder, "partners/fine.yaml", GOOD)
    (partners / "same.yaml").symlink_to("fine.yaml")
    loaded = load_content(folder)
    assert [str(problem).split(" (")[0].split(", ")[0] for problem in loaded.problems] == [
        "content/partners/folder.yaml:1:1: this is a folder",
        "content/partners/lost.yaml:1:1: the file cannot be read",
        "content/partners/out.yaml:1:1: this link leads out of the content folder: put the file "
        "itself here",
        "content/partners/pipe.yaml:1:1: this is no ordinary file: put a text file here",
        "content/partners/round.yaml:1:1: the file cannot be read",
    ]
    assert [partner.id for partner in loaded.readable.partners] == ["fine", "same"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_folder_of_partners_elsewhere_is_not_read(folder: Path) -> None:
    (folder / "partners").rename("elsewhere")
    (folder / "partners").symlink_to(Path("elsewhere").absolute())
    assert told(load_content(folder)) == [
        "content/partners:1:1: this link leads out of the content folder"
    ]


def test_too_many_files_are_told_and_none_is_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "COUNT_LIMIT", 2)
    for name in "abc":
        write(folder, f"partners/{name}.yaml", GOOD)
    (problem,) = load_content(folder).problems
    assert "more than 2 files" in problem.message


def test_a_problem_elsewhere_has_its_whole_path_and_prints_whatever_it_holds() -> None:
    problem = Problem(Path("/else/where\n\x1b[31m\udc80.yaml"), 1, 2, "wrong: right")
    assert str(problem) == r"/else/where\n\x1b[31m\udc80.yaml:1:2: wrong: right"


def test_very_many_mistakes_are_cut_short(folder: Path) -> None:
    write(folder, "partners/x.yaml", BOTH + "".join(f"k{i}: x\n" for i in range(20_000)))
    problems = load_content(folder).problems
    assert len(problems) == 51
    assert "more problems below" in problems[-1].message


def test_the_fingerprint_changes_with_every_file_that_matters(folder: Path) -> None:
    seen = {fingerprint(folder)}
    for name in ("partners/a.yaml", "partners/b.yaml", "topics.yaml", "vocabulary.yaml"):
        write(folder, name, GOOD)
        seen.add(fingerprint(folder))
    write(folder, "partners/a.yaml", GOOD + "#")
    seen.add(fingerprint(folder))
    (folder / "partners/b.yaml").rename(folder / "partners/c.yaml")
    seen.add(fingerprint(folder))
    write(folder, "translations/en.yaml", "language: English\n")
    seen.add(fingerprint(folder))
    assert len(seen) == 8
    write(folder, "partners/notes.txt", "x")
    assert fingerprint(folder) in seen
    assert load_content(folder).fingerprint == fingerprint(folder)


def test_the_shipped_schema_is_that_of_the_models() -> None:
    shipped = files.SHIPPED / "partner.schema.json"
    assert json.loads(shipped.read_text(encoding="utf-8")) == partner_schema()


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
