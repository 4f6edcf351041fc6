"""What is written in the event loop's own thread is the same, and waits for nobody."""

import asyncio
import json
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from recording import NOW, records_in

from bot.records.answers import KeptAnswer
from bot.records.counts import Asked
from bot.records.kinds import ChatKind
from bot.records.many import Changes
from bot.records.records import Records
from bot.records.sqlite_way import SqliteWay
from bot.records.together import Together, together

TABLES = ("conversations", "answers", "counts", "inbox")
ASKED = Asked("fr", ChatKind.PRIVATE, answered=True, partners=("cose", "oveo"), seconds=0.02)


async def answered(records: Records, number: int) -> None:
    """An update kept, answered and marked done, as the bot does it."""
    await records.inbox.keep({number: json.dumps({"update_id": number})}, NOW)
    with together() as changes:
        await records.conversations.put(1, 2, "asked", NOW, "lasts")
        await records.answers.put(1, KeptAnswer(3, 4, 2, "before", "after"), NOW)
        await records.counts.add(ASKED, NOW)
    await records.inbox.done(number, changes)


def rows(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(folder / "records.db")) as connection:
        return {t: connection.execute(f"SELECT * FROM {t}").fetchall() for t in TABLES}  # noqa: S608


async def test_both_ways_write_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quick, slow = tmp_path / "quick", tmp_path / "slow"
    written = []
    as_it_is = SqliteWay.write_quickly

    def counted(way: SqliteWay, changes: object) -> bool:
        written.append(as_it_is(way, changes))  # type: ignore[arg-type]
        return written[-1]

    monkeypatch.setattr(SqliteWay, "write_quickly", counted)
    async with records_in(quick) as records:
        for number in (7, 8):
            await answered(records, number)
        assert await records.conversations.get(1, 2, NOW) == "asked"
        assert await records.conversations.get(2, 2, NOW) is None
    assert written == [True, True]
    monkeypatch.setattr(SqliteWay, "write_quickly", lambda *_: False)
    monkeypatch.setattr(SqliteWay, "read_quickly", lambda *_: None)
    async with records_in(slow) as records:
        for number in (7, 8):
            await answered(records, number)
        assert await records.conversations.get(1, 2, NOW) == "asked"
        assert await records.conversations.get(2, 2, NOW) is None
    assert rows(quick) == rows(slow)


async def test_what_is_done_at_the_same_time_is_one_transaction(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = []
    as_it_is = SqliteWay.write_quickly

    def watched(way: SqliteWay, changes: Sequence[Changes]) -> bool:
        sizes.append(len(changes))
        return as_it_is(way, changes)

    monkeypatch.setattr(SqliteWay, "write_quickly", watched)
    async with records_in(tmp_path) as records:
        await records.inbox.keep(dict.fromkeys(range(8), "{}"), NOW)
        cancelled = asyncio.create_task(records.inbox.done(8, Together()))
        asyncio.get_running_loop().call_soon(cancelled.cancel)
        changes = []
        for _ in range(8):
            with together() as counted_too:
                await records.counts.add(ASKED, NOW)
            changes.append(counted_too)
        await asyncio.gather(*map(records.inbox.done, range(8), changes))
        assert (await records.inbox.standing()).waiting == 0
    assert sizes == [9]
    numbers = {(what, which): number for _, what, which, number in rows(tmp_path)["counts"]}
    assert set(numbers.values()) == {8}
    assert {which for what, which in numbers if what == "partner"} == {"cose", "oveo"}


async def test_a_lock_of_another_process_keeps_nobody_else_waiting(tmp_path: Path) -> None:
    async with records_in(tmp_path) as records:
        await answered(records, 7)
        await records.inbox.keep({8: "{}"}, NOW)
        with closing(sqlite3.connect(tmp_path / "records.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with together() as changes:
                await records.counts.add(ASKED, NOW)
            done = asyncio.create_task(records.inbox.done(8, changes))
            begun = time.monotonic()
            await asyncio.sleep(0.2)
            assert time.monotonic() - begun < 1  # the lock is waited for in another thread
            assert not done.done()
            other.execute("ROLLBACK")
            await done
        assert (await records.inbox.standing()).waiting == 0


async def test_a_file_put_in_its_place_is_the_one_written(tmp_path: Path) -> None:
    async with records_in(tmp_path) as records:
        await answered(records, 7)
        for file in tmp_path.glob("records.db*"):
            file.unlink()
        assert await records.conversations.get(1, 2, NOW) is None
        await answered(records, 8)
        assert await records.conversations.get(1, 2, NOW) == "asked"
    assert [row[0] for row in rows(tmp_path)["inbox"]] == [8]


async def test_what_fails_in_the_middle_changes_nothing(tmp_path: Path) -> None:
    async with records_in(tmp_path) as records:
        await answered(records, 7)
        before = rows(tmp_path)
        with closing(sqlite3.connect(tmp_path / "records.db")) as other, other:
            other.execute(
                "CREATE TRIGGER refuse BEFORE UPDATE ON inbox BEGIN SELECT RAISE(ABORT, 'no'); END"
            )
        await records.inbox.keep({8: "{}"}, NOW)
        with together() as changes:
            await records.counts.add(ASKED, NOW)
        with pytest.raises(Exception, match="no"):
            await records.inbox.done(8, changes)
        assert rows(tmp_path)["counts"] == before["counts"]
