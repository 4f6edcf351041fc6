"""`new-partner` writes a file which, its blanks filled, is good; editors complete partner files."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from test_cli import ROOT, copied, run

from content.models import partner_schema

SCHEMA = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")


def filled(text: str) -> str:
    """The draft with every blank filled in, and nothing else done to it."""
    text = re.sub(r"topics: \[\]  # TO FILL: one to four of: ([a-z-]+).*", r"topics: [\1]", text)
    return re.sub(r"^(  \w+):  # TO FILL.*$", r"\1: Lends toys to everybody", text, flags=re.M)


def test_a_filled_draft_is_good(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    done = run("new-partner", "toy-library", "--content", str(folder), data=tmp_path)
    path = folder / "partners" / "toy-library.yaml"
    assert (done.returncode, done.stdout) == (0, "content/partners/toy-library.yaml\n".replace(
        "content", str(folder)))  # fmt: skip
    unfilled = run("check", "--content", str(folder), data=tmp_path)
    assert unfilled.returncode == 1
    assert set(re.findall(r"([\w-]+)\.yaml:", unfilled.stdout)) == {"toy-library"}
    path.write_text(filled(path.read_text("utf-8")), encoding="utf-8")
    checked = run("check", "--content", str(folder), data=tmp_path)
    assert (checked.returncode, checked.stdout) == (0, "")
    assert "16 partners" in checked.stderr


def test_every_part_that_is_left_out_can_be_used(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    run("new-partner", "toy-library", "--content", str(folder), data=tmp_path)
    path = folder / "partners" / "toy-library.yaml"
    head, _, rest = path.read_text("utf-8").partition("name:")
    path.write_text(head + "name:" + filled(re.sub(r"^# ?", "", rest, flags=re.M)), "utf-8")
    checked = run("check", "--content", str(folder), data=tmp_path)
    assert (checked.returncode, checked.stdout) == (0, "")


@pytest.mark.parametrize("name", ["cose", "Toys", "../toys", "toy_library", "a--b", "x" * 49])
def test_ids_that_exist_or_are_none_are_refused(tmp_path: Path, name: str) -> None:
    folder = copied(tmp_path)
    before = sorted(folder.rglob("*"))
    done = run("new-partner", name, "--content", str(folder), data=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert ("there already" if name == "cose" else "is no id") in done.stderr
    assert sorted(folder.rglob("*")) == before


def test_in_another_folder_it_speaks_that_folders_languages(tmp_path: Path) -> None:
    german = ROOT / "tests" / "sample_content" / "german"
    folder = tmp_path / "content"
    shutil.copytree(german, folder)
    run("new-partner", "spielzeug", "--content", str(folder), data=tmp_path)
    text = (folder / "partners" / "spielzeug.yaml").read_text("utf-8")
    assert "  de:  # TO FILL" in text
    assert "  fr:" not in text
    assert json.loads((folder / "partner.schema.json").read_text("utf-8")) == partner_schema()


def test_every_partner_file_names_its_schema_beside_it() -> None:
    for path in (ROOT / "content" / "partners").glob("*.yaml"):
        match = SCHEMA.match(path.read_text(encoding="utf-8"))
        assert match, path
        named = path.parent / match[1]
        assert not Path(match[1]).is_absolute()
        assert named.resolve() == ROOT / "content" / "partner.schema.json"


def test_the_schema_offers_every_key_and_the_languages() -> None:
    schema = partner_schema()
    assert list(schema["properties"])[:3] == ["name", "aliases", "website"]
    assert schema["additionalProperties"] is False
    for key in ("name", "summary", "text", "keywords", "questions"):
        part = schema["properties"][key]
        assert list(part["properties"]) == ["en", "fr"]
        assert part["additionalProperties"] is False
    assert "en" in schema["$defs"]["Person"]["properties"]["role"]["properties"]
