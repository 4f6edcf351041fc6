"""What only SQLite needs: how its file is made, opened safely, and cleaned of what was deleted."""

import os
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event

LONGEST_OPENING = 20.0
"""Seconds to wait for another process that opens the same file for the first time."""


@dataclass
class SqliteFile:
    """The file behind a SQLite database; its methods wait, so they run in a thread."""

    path: Path
    _identity: tuple[int, int] | None = field(default=None)

    def prepare(self) -> None:
        """Make the file, for its owner's eyes only, and set it to write-ahead logging."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
        until = time.monotonic() + LONGEST_OPENING
        while not self._in_wal_mode(last_try=time.monotonic() > until):
            time.sleep(0.02)
        self._identity = self._seen()

    @property
    def identity(self) -> object:
        """Which file it was when it was prepared."""
        return self._identity

    def is_another(self) -> bool:
        """Whether the file was taken away, or another put in its place, since it was prepared."""
        return self._seen() != self._identity

    def overwrite_log(self) -> None:
        """Empty the write-ahead log, in which deleted text would stand for a while."""
        with closing(sqlite3.connect(self.path, timeout=1)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _in_wal_mode(self, last_try: bool) -> bool:
        # Switching to WAL does not wait for locks by itself.
        try:
            with closing(sqlite3.connect(self.path, timeout=1)) as connection:
                connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if last_try or "locked" not in str(error):
                raise
            return False
        return True

    def _seen(self) -> tuple[int, int] | None:
        try:
            found = os.stat(self.path)  # asked at each change; Path's own is slower
        except OSError:
            return None
        return found.st_dev, found.st_ino


def pragmas(wait: float, synchronous: str) -> Sequence[str]:
    """What every connection is told; with "FULL", a commit survives a power cut too."""
    return (
        f"busy_timeout={int(wait * 1000)}",
        "foreign_keys=ON",
        f"synchronous={synchronous}",
        "secure_delete=ON",
    )


def set_up(engine: Engine, wait: float) -> None:
    """Every connection waits for locks, checks foreign keys, and overwrites what it deletes."""

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: object) -> None:
        # The driver shall begin no transaction of its own; "begun" does.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in pragmas(wait, "FULL"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        # A transaction that reads before it writes cannot wait for a lock; so writers lock first.
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
