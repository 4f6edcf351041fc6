"""The way to the database: short transactions, one writer at a time, errors in plain words."""

import asyncio
from collections.abc import Callable, Collection, Coroutine, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from sqlalchemy import (
    URL,
    Column,
    ColumnElement,
    Executable,
    Float,
    Select,
    Table,
    literal_column,
    make_url,
)
from sqlalchemy.dialects import sqlite

from bot.records.faults import RecordsError, explained
from bot.records.line import Line
from bot.records.many import Change, Changes, Values
from bot.records.server_way import CONNECTIONS, ServerWay
from bot.records.sqlite_way import SqliteWay
from bot.records.together import CURRENT
from bot.records.ways import Rows, Way

WAIT = 2.0
"""Seconds that a lock of another process is waited for."""

AT_ONCE = 100
"""Changes written in one transaction of SQLite, where each costs a flush of the disk."""

_DRIVERS = {
    "sqlite+aiosqlite": "sqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
}
T = TypeVar("T")


class Database:
    """One database, SQLite or PostgreSQL."""

    def __init__(self, url: str, wait: float = WAIT) -> None:
        with explained("BOT_DATABASE_URL"):
            parsed = with_driver(make_url(url))
            self.where = parsed.render_as_string(hide_password=True)
            way = SqliteWay if parsed.get_backend_name() == "sqlite" else ServerWay
            self._way: Way = way(parsed, self.where, wait)
        self._running: set[asyncio.Task[Any]] = set()
        if self._way.is_sqlite:
            # One writer at a time; waiting in line here is fair, SQLite's own waiting is not.
            self._writing = Line(self._write, turns=1, at_once=AT_ONCE)
            self._reading = Line(self._read, turns=1, at_once=AT_ONCE)
        else:
            # There, several changes of several programs at once could lock each other out.
            self._writing = Line(self._write, turns=CONNECTIONS, at_once=1)
            self._reading = Line(self._read, turns=CONNECTIONS, at_once=1)
        self._gathered: list[tuple[Changes, asyncio.Future[bool]]] = []

    @property
    def lasts(self) -> bool:
        """Whether what is written outlives the process."""
        return self._way.lasts

    @property
    def is_shared(self) -> bool:
        """Whether other replicas may work with it at the same time."""
        return not self._way.is_sqlite

    @property
    def clock(self) -> ColumnElement[float]:
        """The database's own time, seconds since the epoch: replicas' clocks may differ."""
        if self._way.is_sqlite:
            return literal_column("((julianday('now') - 2440587.5) * 86400.0)", Float)
        return literal_column("extract(epoch FROM clock_timestamp())::float8", Float)

    async def prepare(self) -> None:
        """Make what is missing: the file, the tables."""
        with explained(self.where):
            await self._way.prepare()

    async def rows(self, wanted: Executable) -> Rows:
        """The rows of a SELECT, all of one state of everything.

        Raises:
            RecordsError: the database cannot be read.
        """
        return await self._to_its_end(self._reading.done(wanted))

    async def change(self, *changes: Change) -> int:
        """Run statements in one transaction; returns how many rows they changed, without ``Many``.

        Once this returns they are done for good; when it raises, none of them is.

        Raises:
            RecordsError: the database cannot be written.
        """
        return await self._to_its_end(self._writing.done(changes))

    async def row(self, wanted: Select[Any], values: Values) -> Sequence[Any] | None:
        """The first row of a SELECT with parameters that finds few; None when it finds none.

        ``wanted`` is made once, and lasts as long as the database is open.

        Raises:
            RecordsError: the database cannot be read.
        """
        found: Sequence[Sequence[Any]] | None = self._way.read_quickly(wanted, values)
        if found is None:
            found = await self.rows(wanted.params(**values))
        return found[0] if found else None

    async def change_quickly(self, *changes: Change) -> None:
        """Run statements in one transaction; a kill undoes them no more once this returns.

        A power cut may, where SQLite can do them at once; what is asked for meanwhile is one
        transaction there.

        Raises:
            RecordsError: the database cannot be written; none of them is done.
        """
        if self._way.is_sqlite:
            if not self._gathered:
                self._begin(self._write_gathered())
            done = asyncio.get_running_loop().create_future()
            self._gathered.append((changes, done))
            if await done:
                return
        await self.change(*changes)

    async def _write_gathered(self) -> None:
        known = 0
        while known < len(self._gathered) < AT_ONCE:
            # While others come, each in a turn of its own, a transaction for each would cost more.
            known = len(self._gathered)
            await asyncio.sleep(0)
        # What a thread is writing is waited for: in its line, a flush of the disk would be too.
        async with self._writing.turn:
            gathered, self._gathered = self._gathered, []
            are_written = False
            try:
                are_written = self._way.write_quickly([changes for changes, _ in gathered])
            finally:
                for _, done in gathered:
                    if not done.done():
                        done.set_result(are_written)

    async def change_for_rows(self, statement: Executable) -> Rows:
        """The rows that a change gives (RETURNING), done for good once this returns.

        Raises:
            RecordsError: the database cannot be written.
        """
        return await self._to_its_end(self._change_for_rows(statement))

    async def change_together(
        self, *changes: Change, otherwise: Callable[[], None] = lambda: None
    ) -> None:
        """Run statements with all else that the running update changes, or at once without one.

        ``otherwise`` is called when they could not be written with the others.

        Raises:
            RecordsError: the database cannot be written at once.
        """
        current = CURRENT.get()
        if current is None or not current.take_in(changes, otherwise):
            await self.change(*changes)

    def insert(self, table: Table) -> Any:
        """An INSERT that can say ON CONFLICT, which both databases spell alike."""
        if self._way.is_sqlite:
            return sqlite.insert(table)
        # Slow to import, and needed for this way only.
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415

        return postgresql.insert(table)

    async def forget_deleted(self) -> None:
        """Overwrite what was deleted in the log too; where that fails, SQLite does it later."""
        with suppress(RecordsError), explained(self.where):
            await self._way.forget_deleted()

    async def close(self) -> None:
        """Finish what is under way, and close all connections."""
        await asyncio.gather(*self._running, return_exceptions=True)
        await self._way.close()

    async def _to_its_end(self, work: Coroutine[Any, Any, T]) -> T:
        # Who asked may be cancelled; half a statement would cost the connection.
        return await asyncio.shield(self._begin(work))

    def _begin(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def _read(self, wanted: Sequence[Executable]) -> Sequence[Rows]:
        with explained(self.where):
            return await self._way.read(wanted)

    async def _change_for_rows(self, statement: Executable) -> Rows:
        with explained(self.where):
            return await self._way.change_for_rows(statement)

    async def _write(self, changes: Sequence[Changes]) -> Sequence[int]:
        with explained(self.where):
            return await self._way.write(changes)


def put_statement(
    database: Database, table: Table, key: Column[Any], but: Collection[Column[Any]] = ()
) -> Executable:
    """An INSERT for ``Many`` whose rows take the place of those of the same key.

    Of a row that is there, the columns of ``but`` stay as they are.
    """
    statement = database.insert(table)
    kept = {key.name, *(column.name for column in but)}
    again = {c.name: statement.excluded[c.name] for c in table.c if c.name not in kept}
    put: Executable = statement.on_conflict_do_update(index_elements=[key], set_=again)
    return put


def with_driver(url: URL) -> URL:
    """The address with the driver that does not block, where it names none."""
    driver = _DRIVERS.get(url.drivername)
    return url.set(drivername=driver) if driver else url
