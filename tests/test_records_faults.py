"""Nothing confirmed is lost: not by sudden death, not by two at once; faults are told plainly."""

import asyncio
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from recording import NOW, SECRET, records_at, records_in, stored
from sqlalchemy import Connection, create_engine, inspect, make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.records.database import with_driver
from bot.records.faults import RecordsError
from bot.records.migrating import NEWEST, migrate, run_steps
from bot.records.records import IN_MEMORY, open_records
from bot.records.tables import METADATA

WRITER = Path(__file__).parent / "records_writer.py"


async def writer(url: str, admin: int, number: int) -> asyncio.subprocess.Process:
    environment = {"PYTHONPATH": f"{WRITER.parent}:{WRITER.parent.parent}"}
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-W", "error", str(WRITER), url, str(admin), str(number)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=environment,
    )


async def test_two_processes_may_open_and_write_at_once(database: str) -> None:
    processes = [await writer(database, admin, 25) for admin in (1, 2)]
    for process in processes:
        _, errors = await process.communicate()
        assert (process.returncode, errors) == (0, b"")
    async with records_at(database) as records:
        entries = await records.audit.latest(100)
    written = sorted((entry.admin, int(entry.subject)) for entry in entries)
    assert written == [(admin, entry) for admin in (1, 2) for entry in range(25)]


async def test_sudden_death_loses_nothing_confirmed(database: str) -> None:
    process = await writer(database, 1, 100_000)
    assert process.stdout
    for _ in range(30):
        await process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    output, _ = await process.communicate()
    confirmed = 30 + len(output.splitlines())
    async with records_at(database) as records:
        entries = await records.audit.latest(200_000)
    assert confirmed <= len(entries) <= confirmed + 1
    assert [int(entry.subject) for entry in reversed(entries)] == list(range(len(entries)))


async def test_who_asked_may_be_cancelled_and_what_was_begun_is_finished(database: str) -> None:
    async with records_at(database) as records:
        tasks = [
            asyncio.create_task(records.audit.record(1, "test", str(n), NOW)) for n in range(20)
        ]
        await asyncio.sleep(0)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    async with records_at(database) as records:
        assert len(await records.audit.latest(100)) == 20


async def test_many_at_once_are_all_written(database: str) -> None:
    async with records_at(database, wait=0.2) as records:
        await asyncio.gather(*(records.conversations.put(1, n, "x", NOW) for n in range(150)))
        assert (await records.about()).conversations == 150


async def test_a_locked_database_is_told_soon_and_written_again_when_free(tmp_path: Path) -> None:
    async with records_in(tmp_path, wait=0.1) as records:
        await records.conversations.put(1, 1, "x", NOW)
        with closing(sqlite3.connect(tmp_path / "records.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            writes = (records.audit.record(1, "test", str(n), NOW) for n in range(30))
            async with asyncio.timeout(2):
                results = await asyncio.gather(*writes, return_exceptions=True)
            assert await records.conversations.get(1, 1, NOW) == "x"
            other.execute("ROLLBACK")
        assert all(isinstance(result, RecordsError) for result in results)
        assert "records.db" in str(results[0])
        assert "another process keeps it locked" in str(results[0])
        await records.audit.record(1, "test", "again", NOW)
        assert [entry.subject for entry in await records.audit.latest()] == ["again"]


async def test_a_database_taken_away_is_made_anew(tmp_path: Path) -> None:
    async with records_in(tmp_path / "data") as records:
        await records.audit.record(1, "test", "old", NOW)
        shutil.rmtree(tmp_path / "data")
        await records.audit.record(1, "test", "new", NOW)
        assert [entry.subject for entry in await records.audit.latest()] == ["new"]


async def test_a_broken_database_is_told_with_its_mend(tmp_path: Path) -> None:
    (tmp_path / "records.db").write_bytes(b"no database" * 1000)
    with pytest.raises(RecordsError, match=r"records\.db: file is not a database.*backup"):
        async with records_in(tmp_path):
            pass


async def test_a_database_broken_under_way_is_told_without_what_was_asked(tmp_path: Path) -> None:
    async with records_in(tmp_path) as records:
        await records.audit.record(1, "test", "old", NOW)
        with closing(sqlite3.connect(tmp_path / "records.db")) as other:
            other.execute("DROP TABLE feedback")
        with pytest.raises(RecordsError, match="no such table") as caught:
            await records.feedback.record("telling", (), "en", True, NOW)
        assert "telling" not in f"{caught.value} {caught.value.__cause__}"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense", "BOT_DATABASE_URL"),
        ("nosuch://user:hidden@host/name", "BOT_DATABASE_URL"),
        ("sqlite:////proc/nowhere/records.db", "see who owns|cannot be opened|No such file"),
    ],
)
async def test_a_wrong_address_is_told_without_its_password(url: str, said: str) -> None:
    with pytest.raises(RecordsError, match=said) as caught:
        async with open_records(url, SECRET):
            pass
    assert "hidden" not in str(caught.value)


async def test_records_may_live_in_memory() -> None:
    async with open_records(IN_MEMORY, SECRET) as records:
        puts = (records.conversations.put(1, n, "x", NOW) for n in range(20))
        await asyncio.gather(*puts)
        assert await records.conversations.get(1, 19, NOW) == "x"


async def test_a_newer_database_is_refused_and_left_as_it_is(database: str) -> None:
    async with records_at(database) as records:
        await records.audit.record(1, "test", "kept", NOW)
        await records.database.change(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(RecordsError, match="newer Partner Bot"):
        async with records_at(database):
            pass
    assert b"kept" in stored(database)


@pytest.mark.parametrize("make", [migrate, run_steps])
async def test_the_tables_are_those_that_the_code_knows(
    database: str, make: Callable[[Connection, str], None]
) -> None:
    from alembic.autogenerate import compare_metadata  # noqa: PLC0415
    from alembic.migration import MigrationContext  # noqa: PLC0415

    def steps(connection: Connection) -> None:
        make(connection, "here")
        migrate(connection, "here")
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)
        looked = inspect(connection)
        tables = set(looked.get_table_names())
        for name in METADATA.tables:
            assert looked.get_pk_constraint(name)["name"] == f"pk_{name}"
            defaults = {c["name"] for c in looked.get_columns(name) if c["default"] is not None}
            assert defaults - {"id"} == ({"taken_by", "taken_until"} if name == "inbox" else set())
        assert (found, differences) == (NEWEST, [])
        assert tables == {*METADATA.tables, "alembic_version"}

    url = with_driver(make_url(database))
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url)
        with engine.begin() as connection:
            steps(connection)
        engine.dispose()
        return
    server = create_async_engine(url)
    async with server.begin() as connected:
        await connected.run_sync(steps)
    await server.dispose()
