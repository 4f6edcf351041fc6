"""Every mistake in a content file is told with its place and its mend, all at once."""

from pathlib import Path

import pytest
import writing_content
from writing_content import BOTH, GOOD, NAME, SUMMARY, told, write

from content import files
from content.loading import load_content
from content.problems import Problem, Severity

folder = writing_content.folder

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


def test_a_problem_elsewhere_has_its_whole_path_and_prints_whatever_it_holds() -> None:
    problem = Problem(Path("/else/where\n\x1b[31m\udc80.yaml"), 1, 2, "wrong: right")
    assert str(problem) == r"/else/where\n\x1b[31m\udc80.yaml:1:2: wrong: right"


def test_very_many_mistakes_are_cut_short(folder: Path) -> None:
    write(folder, "partners/x.yaml", BOTH + "".join(f"k{i}: x\n" for i in range(20_000)))
    problems = load_content(folder).problems
    assert len(problems) == 51
    assert "more problems below" in problems[-1].message
