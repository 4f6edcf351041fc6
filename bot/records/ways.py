"""What every way to a database can do; ``sqlite_way.py`` and ``server_way.py`` are the two."""

from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy import Executable, Row

from bot.records.many import Changes, Values

Rows = Sequence[Row[*tuple[Any, ...]]]


class Way(Protocol):
    """Reads and writes; what goes wrong is thrown as the database throws it."""

    is_sqlite: bool
    lasts: bool
    """Whether what is written outlives the process."""

    async def prepare(self) -> None:
        """Make what is missing: the file, the tables."""

    async def read(self, wanted: Sequence[Executable]) -> Sequence[Rows]:
        """The rows of each SELECT."""
        ...

    async def write(self, changes: Sequence[Changes]) -> Sequence[int]:
        """Run changes in one transaction; how many rows each has changed, without its ``Many``."""
        ...

    def read_quickly(self, wanted: Executable, values: Values) -> Sequence[Any] | None:
        """The rows of a SELECT with parameters; None when that cannot be done without waiting."""
        ...

    def write_quickly(self, changes: Sequence[Changes]) -> bool:
        """Whether changes were written in one transaction, without waiting for anything."""
        ...

    async def change_for_rows(self, statement: Executable) -> Rows:
        """Run a change that gives rows (RETURNING) in a transaction of its own."""
        ...

    async def forget_deleted(self) -> None:
        """Overwrite what was deleted wherever it may still stand."""

    async def close(self) -> None:
        """Close all connections."""
