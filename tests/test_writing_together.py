"""Several files are written as one: over what is known only, and finished after a sudden death."""

from __future__ import annotations

import json
import os
import random
import signal
import time
from dataclasses import asdict
from pathlib import Path

import pytest

from content.files import fingerprint
from content.replacing import alone
from content.trying import tried
from content.writing import WritingError
from content.writing_together import (
    ChangedError,
    FileChange,
    finish_writing,
    state,
    state_of,
    write_together,
)

KILLS = int(os.environ.get("PARTNER_BOT_KILLS", "10"))
NAMES = ("partners/a.yaml", "partners/b.yaml", "topics.yaml", "translations/en.yaml")


def edition(folder: Path, number: int) -> list[FileChange]:
    return [FileChange(n, f"# {n} {number}\n" * 400, state(folder, n)) for n in NAMES]


def numbers(folder: Path) -> set[str]:
    texts = [(folder / name).read_text() for name in NAMES]
    assert all(len(set(text.splitlines())) == 1 for text in texts), "a file is half"
    return {text.split()[2] for text in texts}


def test_all_are_written_and_the_old_ones_kept(tmp_path: Path) -> None:
    first = write_together(tmp_path, edition(tmp_path, 1))
    assert [(one.name, one.kept) for one in first] == [(name, None) for name in NAMES]
    before = fingerprint(tmp_path)
    second = write_together(tmp_path, edition(tmp_path, 2))
    assert numbers(tmp_path) == {"2"}
    assert fingerprint(tmp_path) != before
    for one in second:
        assert one.kept
        assert one.kept.is_relative_to(tmp_path / ".history")
        assert one.kept.read_text() == f"# {one.name} 1\n" * 400
    assert len({one.kept.parent for one in second if one.kept}) == len(NAMES)
    same = [FileChange(n, (tmp_path / n).read_text(), "whatever") for n in NAMES]
    assert write_together(tmp_path, same) == (), "what is there already needs no writing"


def test_what_another_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    write_together(tmp_path, edition(tmp_path, 1))
    mine, theirs = edition(tmp_path, 2), edition(tmp_path, 3)[:1]
    write_together(tmp_path, theirs)
    with pytest.raises(ChangedError) as changed:
        write_together(tmp_path, mine)
    assert changed.value.names == NAMES[:1]
    assert numbers(tmp_path) == {"1", "3"}
    new = [FileChange("partners/c.yaml", "c", None)]
    write_together(tmp_path, new)
    with pytest.raises(ChangedError):
        write_together(tmp_path, [FileChange("partners/c.yaml", "d", None)])


def test_a_full_disk_in_the_middle_leaves_all_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_together(tmp_path, edition(tmp_path, 1))
    changes, written = edition(tmp_path, 2), list[int]()

    def full(handle: int) -> None:
        written.append(handle)
        if len(written) >= 6:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WritingError, match="No space left"):
        write_together(tmp_path, changes)
    assert numbers(tmp_path) == {"1"}
    assert finish_writing(tmp_path) == ()


def test_links_are_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "partners").mkdir()
    (tmp_path / "partners" / "a.yaml").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(WritingError):
        write_together(tmp_path, [FileChange(NAMES[0], "x", None)])
    (tmp_path / "translations").symlink_to("/tmp")  # noqa: S108
    with pytest.raises(WritingError):
        write_together(tmp_path, [FileChange("translations/en.yaml", "x", None)])


def test_what_was_interrupted_is_finished_but_never_over_a_later_change(tmp_path: Path) -> None:
    write_together(tmp_path, edition(tmp_path, 1))
    changes = edition(tmp_path, 2)
    (tmp_path / NAMES[0]).write_text(changes[0].text)
    (tmp_path / NAMES[1]).write_text("# somebody else\n")
    journal = tmp_path / ".history" / "unfinished.json"
    journal.write_text(json.dumps([asdict(change) for change in changes]))
    assert finish_writing(tmp_path) == NAMES[2:]
    assert (tmp_path / NAMES[1]).read_text() == "# somebody else\n"
    assert not journal.exists()
    journal.write_text("rubbish")
    assert finish_writing(tmp_path) == ()
    assert not journal.exists()


def test_while_another_writes_nothing_is_finished_for_them(tmp_path: Path) -> None:
    write_together(tmp_path, edition(tmp_path, 1))
    journal = tmp_path / ".history" / "unfinished.json"
    journal.write_text(json.dumps([asdict(change) for change in edition(tmp_path, 2)]))
    with alone(tmp_path):
        assert finish_writing(tmp_path) == ()
    assert set(finish_writing(tmp_path)) == set(NAMES)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
def test_sudden_deaths_leave_one_edition_of_all_files(tmp_path: Path) -> None:
    chance = random.Random(11)
    write_together(tmp_path, edition(tmp_path, 0))
    for turn in range(1, KILLS + 1):
        child = os.fork()
        if child == 0:
            for number in range(turn * 1_000, turn * 1_000 + 1_000):
                write_together(tmp_path, edition(tmp_path, number))
            os._exit(0)
        time.sleep(chance.uniform(0.002, 0.12))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        finish_writing(tmp_path)
        assert len(numbers(tmp_path)) == 1
    write_together(tmp_path, edition(tmp_path, 1))
    assert not list(tmp_path.rglob(".writing-*")), "what killed writers left is tidied away"


def test_a_trial_leaves_the_folder_alone_and_tells_problems_of_it(tmp_path: Path) -> None:
    folder = tmp_path / "content"
    (folder / "partners").mkdir(parents=True)
    (folder / "partners" / "a.yaml").write_text("name: {en: Aye}\nsummary: {en: They do it.}\n")
    before = fingerprint(folder)
    bad = b"name: {en: Aye}\nsummary: {en: Same name.}\n"
    trial = tried(folder, {"partners/b.yaml": bad})
    assert [problem.path for problem in trial.errors] == [folder / "partners" / "b.yaml"]
    assert "content/partners/a.yaml:1" in trial.errors[0].message
    assert trial.changes == ()
    good = tried(folder, {"partners/b.yaml": bad.replace(b"Aye", b"Bee")})
    assert good.errors == ()
    change = good.changes[0]
    assert (change.name, change.was) == ("partners/b.yaml", None)
    assert state_of(change.text)
    assert fingerprint(folder) == before


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("says: {hello: '{nobody}'}", "1:15", "is given no value"),
        ("says: {hello: '{'}", "1:15", "write {{ for a brace"),
        ("says: [a]", "1:1", "no mapping"),
        ("says: &a {}\nunderstands: *a", "1:7", "reference"),
        ("[]", "1:1", "must have the keys"),
        ("understands: {hello: yes}", "1:1", "must be a list"),
    ],
)
def test_translations_from_others_are_safe_or_not_taken(
    tmp_path: Path, text: str, place: str, words: str
) -> None:
    (tmp_path / "partners").mkdir()
    (tmp_path / "partners" / "a.yaml").write_text("name: {en: Aye}\nsummary: {en: They do it.}\n")
    trial = tried(tmp_path, {"translations/en.yaml": text.encode()})
    assert any(f"en.yaml:{place}: " in str(e) and words in str(e) for e in trial.errors), [
        str(error) for error in trial.errors
    ]
