"""The way to the database: short transactions, one writer at a time, errors in plain words."""

import asyncio
import time
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, AsyncAdaptedQueuePool, Executable, Row, Table, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import create_async_engine

from bot.records.faults import RecordsError, explained
from bot.records.migrating import migrate
from bot.records.sqlite_file import SqliteFile, set_up

WAIT = 2.0
"""Seconds that a lock of another process is waited for."""

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
}
_CONNECTIONS = 4
T = TypeVar("T")
Rows = Sequence[Row[*tuple[Any, ...]]]


class Database:
    """One database, SQLite or PostgreSQL."""

    def __init__(self, url: str, wait: float = WAIT) -> None:
        with explained("BOT_DATABASE_URL"):
            parsed = _with_driver(make_url(url))
            in_memory = parsed.database in (None, "", ":memory:")
            self._engine = create_async_engine(
                parsed,
                poolclass=AsyncAdaptedQueuePool,
                pool_size=1 if in_memory else _CONNECTIONS,
                max_overflow=0,
                pool_timeout=10 * wait,
                hide_parameters=True,  # errors must not tell what was asked
            )
        self.where = parsed.render_as_string(hide_password=True)
        self._fault, self._failed_at = "", 0.0
        self._writing = self._engine.execution_options(writes=True)
        self._opening = asyncio.Lock()
        self._running: set[asyncio.Task[Any]] = set()
        self._file: SqliteFile | None = None
        is_sqlite = self._engine.dialect.name == "sqlite"
        # SQLite takes one writer; waiting in line here is fair, its own waiting is not.
        self._turn = asyncio.Semaphore(1 if is_sqlite else _CONNECTIONS)
        if is_sqlite:
            set_up(self._engine, wait)
            self._file = None if in_memory else SqliteFile(Path(str(parsed.database)))

    async def prepare(self) -> None:
        """Make what is missing: the file, the tables."""
        with explained(self.where):
            if self._file:
                await asyncio.to_thread(self._file.prepare)
            async with self._writing.begin() as connection:
                await connection.run_sync(migrate, self.where)

    async def rows(self, wanted: Executable) -> Rows:
        """The rows of a SELECT, all of one state of everything.

        Raises:
            RecordsError: the database cannot be read.
        """
        return await self._to_its_end(self._rows(wanted))

    async def change(self, *statements: Executable) -> int:
        """Run statements in one transaction; returns how many rows they changed.

        Once this returns they are done for good; when it raises, none of them is.

        Raises:
            RecordsError: the database cannot be written.
        """
        return await self._to_its_end(self._change(statements))

    def insert(self, table: Table) -> Any:
        """An INSERT that can say ON CONFLICT, which both databases spell alike."""
        is_sqlite = self._engine.dialect.name == "sqlite"
        return sqlite.insert(table) if is_sqlite else postgresql.insert(table)

    async def forget_deleted(self) -> None:
        """Overwrite what was deleted in the log too; where that fails, SQLite does it later."""
        if self._file:
            with suppress(RecordsError), explained(self.where):
                await asyncio.to_thread(self._file.overwrite_log)

    async def close(self) -> None:
        """Finish what is under way, and close all connections."""
        await asyncio.gather(*self._running, return_exceptions=True)
        await self._engine.dispose()

    async def _to_its_end(self, work: Coroutine[Any, Any, T]) -> T:
        # Who asked may be cancelled; half a statement would cost the connection.
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)

    async def _rows(self, wanted: Executable) -> Rows:
        with explained(self.where):
            await self._there()
            async with self._engine.connect() as connection:
                return (await connection.execute(wanted)).all()

    async def _change(self, statements: Sequence[Executable]) -> int:
        asked = time.monotonic()
        async with self._turn:
            if self._failed_at > asked:
                # The one before waited for the same lock in vain; a whole line must not wait anew.
                raise RecordsError(self._fault)
            try:
                return await self._run(statements)
            except RecordsError as error:
                self._fault, self._failed_at = str(error), time.monotonic()
                raise

    async def _run(self, statements: Sequence[Executable]) -> int:
        with explained(self.where):
            await self._there()
            async with self._writing.begin() as connection:
                return sum([(await connection.execute(s)).rowcount for s in statements])

    async def _there(self) -> None:
        # SQLite would go on writing into a file that somebody has moved away.
        if self._file and self._file.is_another():
            async with self._opening:
                if self._file.is_another():
                    await self._engine.dispose()
                    await self.prepare()


def _with_driver(url: URL) -> URL:
    """The address with the driver that does not block, where it names none."""
    driver = _DRIVERS.get(url.drivername)
    return url.set(drivername=driver) if driver else url
