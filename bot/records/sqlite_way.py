"""SQLite: one thread that writes and one that reads, each doing all that waits in one go.

A driver that hops to its thread for every step of every statement costs ten times as much as the
statements: measured in docs/performance.md. What is short does not hop (``sqlite_quick.py``).
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Engine, Executable, QueuePool, StaticPool, create_engine

from bot.records.many import Changes, Many, Values, in_few_runs
from bot.records.migrating import migrate
from bot.records.sqlite_file import SqliteFile, set_up
from bot.records.sqlite_quick import SqliteQuick
from bot.records.ways import Rows

T = TypeVar("T")


class SqliteWay:
    """A file, or a database in memory that ends with the process."""

    is_sqlite = True

    def __init__(self, url: URL, where: str, wait: float) -> None:
        self.lasts = url.database not in (None, "", ":memory:")
        self._where = where
        self._engine = _engine(url, self.lasts)
        set_up(self._engine, wait)
        self._writing = self._engine.execution_options(writes=True)
        self._file = SqliteFile(Path(str(url.database))) if self.lasts else None
        self._quick = SqliteQuick(self._file) if self._file else None
        self._writer = ThreadPoolExecutor(1, "records-writer")
        # What is in memory has one connection.
        self._reader = ThreadPoolExecutor(1, "records-reader") if self.lasts else self._writer

    async def prepare(self) -> None:
        await self._in(self._writer, self._prepare)

    async def read(self, wanted: Sequence[Executable]) -> Sequence[Rows]:
        return await self._in(self._reader, lambda: self._read(wanted))

    async def write(self, changes: Sequence[Changes]) -> Sequence[int]:
        return await self._in(self._writer, lambda: self._write(changes))

    def read_quickly(self, wanted: Executable, values: Values) -> Sequence[Any] | None:
        return self._quick.read(wanted, values) if self._quick else None

    def write_quickly(self, changes: Sequence[Changes]) -> bool:
        return self._quick is not None and self._quick.write(changes)

    async def change_for_rows(self, statement: Executable) -> Rows:
        return await self._in(self._writer, lambda: self._change_for_rows(statement))

    async def forget_deleted(self) -> None:
        if self._file:
            await self._in(self._writer, self._file.overwrite_log)

    async def close(self) -> None:
        if self._quick:
            self._quick.close()
        for thread in (self._reader, self._writer):
            await asyncio.to_thread(thread.shutdown)
        await asyncio.to_thread(self._engine.dispose)

    async def _in(self, thread: ThreadPoolExecutor, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(thread, work)

    def _prepare(self) -> None:
        if self._file:
            self._file.prepare()
        with self._writing.begin() as connection:
            migrate(connection, self._where)

    def _read(self, wanted: Sequence[Executable]) -> Sequence[Rows]:
        self._there()
        with self._engine.connect() as connection:
            return [connection.execute(each).all() for each in wanted]

    def _write(self, changes: Sequence[Changes]) -> Sequence[int]:
        self._there()
        with self._writing.begin() as connection:
            counts = [0] * len(changes)
            for number, change in in_few_runs(changes):
                if isinstance(change, Many):
                    connection.execute(change.statement, change.rows)
                elif number is not None:
                    counts[number] += connection.execute(change).rowcount
            return counts

    def _change_for_rows(self, statement: Executable) -> Rows:
        self._there()
        with self._writing.begin() as connection:
            return connection.execute(statement).all()

    def _there(self) -> None:
        # SQLite would go on writing into a file that somebody has moved away.
        if self._file and self._file.is_another():
            self._engine.dispose()
            self._prepare()


def _engine(url: URL, lasts: bool) -> Engine:
    return create_engine(
        url,
        poolclass=QueuePool if lasts else StaticPool,
        connect_args={"check_same_thread": False},
        hide_parameters=True,  # errors must not tell what was asked
    )
