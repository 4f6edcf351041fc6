"""What only a database server does: it is not there, lets nobody in, locks, cuts connections."""

import asyncio
import sys

import pytest
from postgresql_server import asked
from recording import NOW, SECRET, records_at
from sqlalchemy import make_url, text

from bot.records.faults import RecordsError
from bot.records.records import open_records


async def test_a_missing_driver_is_told_with_its_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "asyncpg", None)
    with pytest.raises(RecordsError, match=r"pip install 'partner-bot\[postgresql\]'") as caught:
        async with open_records("postgresql://user:hidden@host/name", SECRET):
            pass
    assert "hidden" not in str(caught.value)


async def test_a_server_that_is_not_there_is_told_without_the_password() -> None:
    with pytest.raises(RecordsError, match="the database server cannot be reached") as caught:
        async with open_records("postgresql://user:hidden@127.0.0.1:1/name", SECRET):
            pass
    assert "hidden" not in str(caught.value)


async def test_who_is_not_let_in_is_told_what_to_look_at(postgresql: str) -> None:
    nowhere = make_url(postgresql).set(database="nowhere", username="nobody_known")
    with pytest.raises(RecordsError, match="does not exist: BOT_DATABASE_URL must name"):
        async with open_records(nowhere.render_as_string(hide_password=False), SECRET):
            pass


async def test_a_lock_of_another_is_told_soon(empty_postgresql: str) -> None:
    async with (
        records_at(empty_postgresql, wait=0.2) as records,
        open_records(empty_postgresql, SECRET) as other,
    ):
        hold = text("SELECT pg_sleep(1.5) FROM (SELECT 1) AS one")
        lock = text("LOCK TABLE audit IN EXCLUSIVE MODE")
        holding = asyncio.create_task(other.database.change(lock, hold))
        await asyncio.sleep(0.3)
        async with asyncio.timeout(1):
            with pytest.raises(RecordsError, match="lock timeout: another process keeps it locked"):
                await records.audit.record(1, "test", "locked", NOW)
        await holding
        await records.audit.record(1, "test", "free", NOW)


async def test_connections_that_the_server_has_cut_are_made_anew(empty_postgresql: str) -> None:
    async with records_at(empty_postgresql) as records:
        await records.audit.record(1, "test", "before", NOW)
        others = "FROM pg_stat_activity WHERE datname = current_database()"
        cut = f"SELECT pg_terminate_backend(pid) {others} AND pid <> pg_backend_pid()"
        assert asked(empty_postgresql, cut)
        await records.audit.record(1, "test", "after", NOW)
        assert len(await records.audit.latest()) == 2
