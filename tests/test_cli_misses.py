"""`run_bot.py misses`: what people asked in vain, in a terminal."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from recording import NOW, records_in

from bot.cli import main
from bot.records.kinds import ChatKind, Reason


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BOT_DATA", str(tmp_path))
    return tmp_path


def missed(folder: Path, *questions: str) -> None:
    async def write() -> None:
        async with records_in(folder) as records:
            for question in questions:
                await records.misses.record(question, "fr", ChatKind.GROUP, Reason.NOTHING, NOW)

    asyncio.run(write())


def test_groups_are_told_the_most_asked_first(data: Path) -> None:
    missed(data, "lactarium", "pizza", "pizza")
    told = CliRunner().invoke(main, ["misses"])
    assert told.exit_code == 0
    assert told.stdout.index("pizza") < told.stdout.index("lactarium")
    told = CliRunner().invoke(main, ["misses", "--json", "--limit", "1"])
    (line,) = told.stdout.splitlines()
    assert json.loads(line)["examples"] == ["pizza"]


def test_without_records_or_questions_it_says_so(data: Path) -> None:
    told = CliRunner().invoke(main, ["misses"])
    assert told.exit_code == 1
    assert "records.db does not exist" in told.stderr
    missed(data)
    told = CliRunner().invoke(main, ["misses"])
    assert (told.exit_code, told.stdout) == (0, "")
    assert "No question is waiting" in told.stderr


def test_damaged_records_are_told_with_their_mend(data: Path) -> None:
    (data / "records.db").write_bytes(b"nonsense" * 1000)
    told = CliRunner().invoke(main, ["misses"])
    assert told.exit_code == 1
    assert "damaged" in told.stderr
