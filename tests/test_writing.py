"""Partner files are written whole or not at all; sudden death and two writers lose nothing."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from killed_worker import PARTNERS
from test_cli import ROOT, copied, run

from content.files import fingerprint
from content.loading import load_content
from content.writing import WritingError, write_partner

KILLS = int(os.environ.get("PARTNER_BOT_KILLS", "10"))
REAL_KILLS = int(os.environ.get("PARTNER_BOT_KILLS", "3"))
"""Deaths of a forked worker, and of the real process; CI asks for 50."""

WHALES = "name: {en: Whales}\nsummary: {en: They sing.}\n"


def test_a_new_file_and_the_one_before(tmp_path: Path) -> None:
    assert write_partner(tmp_path, "whales", WHALES) is None
    path = tmp_path / "partners" / "whales.yaml"
    assert path.read_text() == WHALES
    path.chmod(0o640)
    kept = write_partner(tmp_path, "whales", WHALES.replace("sing", "dive"))
    assert kept
    assert kept.is_relative_to(tmp_path / ".history" / "whales")
    assert kept.name.startswith("20")
    assert kept.read_text() == WHALES
    assert "dive" in path.read_text()
    assert path.stat().st_mode & 0o777 == 0o640
    assert write_partner(tmp_path, "whales", path.read_text()) is None, "nothing changed"


def test_what_is_kept_is_no_content(tmp_path: Path) -> None:
    write_partner(tmp_path, "whales", WHALES)
    before = fingerprint(tmp_path)
    write_partner(tmp_path, "whales", WHALES + "source: x\n")
    write_partner(tmp_path, "whales", WHALES)
    assert fingerprint(tmp_path) == before
    loaded = load_content(tmp_path)
    assert loaded.problems == ()
    assert [partner.id for partner in loaded.readable.partners] == ["whales"]


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "a/b",
        "A",
        "a b",
        "",
        ".hidden",
        "a--b",
        "é",
        "a.yaml",
        "x" * 49,
        "a\n",
        "..",
        "a\0b",
    ],
)
def test_names_that_are_no_ids_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(WritingError, match="is no id"):
        write_partner(tmp_path / "content", name, WHALES)
    assert list(tmp_path.iterdir()) == []


def test_places_outside_the_folder_are_refused(tmp_path: Path) -> None:
    inside, outside = tmp_path / "content", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    (inside / "partners").symlink_to(outside)
    with pytest.raises(WritingError, match="leads out"):
        write_partner(inside, "whales", WHALES)
    (inside / "partners").unlink()
    (inside / "partners").mkdir()
    (outside / "x.yaml").write_text("secret")
    (inside / "partners" / "whales.yaml").symlink_to(outside / "x.yaml")
    with pytest.raises(WritingError, match="no ordinary file"):
        write_partner(inside, "whales", WHALES)
    assert (outside / "x.yaml").read_text() == "secret"
    with pytest.raises(WritingError, match="larger than"):
        write_partner(inside, "owls", "x" * 300_000)


def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_partner(tmp_path, "whales", WHALES)

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WritingError, match="No space left"):
        write_partner(tmp_path, "whales", "other")
    assert (tmp_path / "partners" / "whales.yaml").read_text() == WHALES
    assert not list((tmp_path / "partners").glob(".writing*"))


def test_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    def write(writer: int) -> None:
        for turn in range(10):
            write_partner(tmp_path, "whales", f"{WHALES}source: '{writer}-{turn}'\n")

    threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    files = [tmp_path / "partners" / "whales.yaml", *tmp_path.glob(".history/whales/*.yaml")]
    found = {path.read_text().rpartition("source: '")[2].strip("'\n") for path in files}
    assert found == {f"{writer}-{turn}" for writer in range(4) for turn in range(10)}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
def test_sudden_deaths_leave_old_or_new_and_a_bot_that_answers(tmp_path: Path) -> None:
    chance = random.Random(20_261_124)
    folder, data = tmp_path / "content", tmp_path / "data"
    folder.mkdir()
    done = subprocess.run(  # noqa: S603
        [sys.executable, str(ROOT / "tests" / "killed_worker.py"), str(folder), str(data)],
        input="".join(f"{chance.randrange(2, 250)}\n" for _ in range(KILLS)),
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.stdout == "\n" * KILLS
    asked = run("ask", "--json", "who looks after owls?", "--content", str(folder), data=data,
                BOT_DATA=str(data))  # fmt: skip
    assert json.loads(asked.stdout)["answers"][0]["id"] == "owls"
    write_partner(folder, "whales", WHALES)  # tidies away what the last killed one left
    assert len(list((folder / "partners").iterdir())) == len(PARTNERS)


def test_the_real_reindex_killed_leaves_a_bot_that_starts(tmp_path: Path) -> None:
    chance = random.Random(6)
    folder = copied(tmp_path)
    run("reindex", "--content", str(folder), data=tmp_path)
    path = folder / "partners" / "cose.yaml"
    for turn in range(REAL_KILLS):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("source: ", f"source: {turn} "), encoding="utf-8")
        with subprocess.Popen(  # noqa: S603
            [sys.executable, str(ROOT / "run_bot.py"), "reindex", "--content", str(folder)],
            env={**os.environ, "BOT_DATA": str(tmp_path)},
            stdout=subprocess.DEVNULL,
        ) as process:
            time.sleep(chance.uniform(0.3, 2.0))
            process.kill()
        asked = run("ask", "--json", "screens", "--content", str(folder), data=tmp_path)
        assert (asked.returncode, asked.stderr) == (0, "")
        assert json.loads(asked.stdout)["answers"][0]["id"] == "cose"
