"""Only what is a file of the content folder is read, and a change of any of them is seen."""

import os
from pathlib import Path

import pytest
import writing_content
from writing_content import GOOD, good, told, write

from content import files
from content.files import fingerprint
from content.loading import load_content

folder = writing_content.folder

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
