"""SQLite in the event loop's own thread, for what is short: nothing waits for a lock or the disk.

A hop to another thread and back, and SQLAlchemy's way to the driver, cost ten times as much as
such statements themselves (docs/performance.md). A sudden death of the process undoes nothing of
what is written here; a power cut may, until a commit of ``sqlite_way.py`` takes it to the disk.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from sqlalchemy import Executable
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.compiler import SQLCompiler

from bot.records.many import Changes, Many, Values, in_few_runs
from bot.records.sqlite_file import SqliteFile, pragmas

_DIALECT = sqlite.dialect()


class SqliteQuick:
    """One connection to a file, opened anew when another file stands in its place."""

    def __init__(self, file: SqliteFile) -> None:
        self._file = file
        self._connection: sqlite3.Connection | None = None
        self._opened: object = None
        self._prepared: dict[int, _Prepared] = {}

    def read(self, statement: Executable, values: Values) -> Sequence[Any] | None:
        """The rows of a SELECT with parameters; None when that would have to wait, or fails."""
        with suppress(sqlite3.Error):
            if connection := self._there():
                prepared = self._as_prepared(statement, values)
                return connection.execute(prepared.sql, prepared.in_order(values)).fetchall()
        return None

    def write(self, changes: Sequence[Changes]) -> bool:
        """Whether they were written, in one transaction; not when that would have to wait."""
        runs = [change for _, change in in_few_runs(changes)]
        with suppress(sqlite3.Error):
            if all(isinstance(run, Many) for run in runs) and (connection := self._there()):
                with _transaction(connection):
                    for run in runs:
                        assert isinstance(run, Many)  # noqa: S101  see above
                        prepared = self._as_prepared(run.statement, run.rows[0])
                        rows = [prepared.in_order(row) for row in run.rows]
                        connection.executemany(prepared.sql, rows)
                return True
        return False

    def close(self) -> None:
        """Give the file back."""
        connection, self._connection = self._connection, None
        if connection:
            connection.close()

    def _there(self) -> sqlite3.Connection | None:
        if self._file.is_another():
            return None  # made anew by whoever writes next
        if self._connection is None or self._opened != self._file.identity:
            self.close()
            self._connection = self._open()
        return self._connection

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._file.path, timeout=0, isolation_level=None)
        # Checkpoints wait for the disk; the other connections make them.
        for pragma in (*pragmas(0, "NORMAL"), "wal_autocheckpoint=0"):
            connection.execute(f"PRAGMA {pragma}")
        self._opened = self._file.identity
        return connection

    def _as_prepared(self, statement: Executable, values: Values) -> "_Prepared":
        known = self._prepared.get(id(statement))
        if known is None:
            known = self._prepared[id(statement)] = _Prepared(statement, values)
        return known


class _Prepared:
    """A statement as text; made once for each that lasts as long as the records do."""

    def __init__(self, statement: Executable, values: Values) -> None:
        self._statement = statement  # kept: its id names it
        compiled = statement.compile(dialect=_DIALECT, column_keys=list(values))  # type: ignore[attr-defined]
        assert isinstance(compiled, SQLCompiler)  # noqa: S101  every statement's is
        self.sql = str(compiled)
        usual = compiled.params
        self._fields = [
            (name, usual[name], _processor(compiled, name)) for name in compiled.positiontup or ()
        ]

    def in_order(self, values: Values) -> tuple[Any, ...]:
        """A row's values as the driver takes them."""
        return tuple(
            [process(values.get(name, usual)) if process else values.get(name, usual)
             for name, usual, process in self._fields]
        )  # fmt: skip


def _processor(compiled: SQLCompiler, name: str) -> Callable[[Any], Any] | None:
    return compiled.binds[name].type.dialect_impl(_DIALECT).bind_processor(_DIALECT)


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
