"""PostgreSQL: a few connections, over a driver that does not block."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import URL, AsyncAdaptedQueuePool, Executable
from sqlalchemy.exc import DBAPIError

from bot.records.many import Changes, Many, Values, in_few_runs
from bot.records.migrating import migrate
from bot.records.ways import Rows

CONNECTIONS = 4

CONNECT = 10.0
"""Seconds in which the server must have let us in."""

LONGEST = 60.0
"""Seconds for one statement; nothing that is asked here takes one."""

TRIES = 3
"""Tries of a transaction that the server has ended because another one was in its way."""

_IN_EACH_OTHERS_WAY = ("40001", "40P01")
"""Serialization failure and deadlock: PostgreSQL says to try again."""


class ServerWay:
    """A database server."""

    is_sqlite = False
    lasts = True

    def __init__(self, url: URL, where: str, wait: float) -> None:
        # Slow to import, and needed for this way only.
        from sqlalchemy.ext.asyncio import create_async_engine  # noqa: PLC0415

        self._where = where
        self._engine = create_async_engine(
            url,
            poolclass=AsyncAdaptedQueuePool,
            pool_size=CONNECTIONS,
            max_overflow=0,
            pool_timeout=10 * wait,
            # A server that was restarted has cut them all.
            pool_pre_ping=True,
            connect_args=_arguments(url, wait),
            hide_parameters=True,  # errors must not tell what was asked
        )

    async def prepare(self) -> None:
        async with self._engine.begin() as connection:
            await connection.run_sync(migrate, self._where)

    async def read(self, wanted: Sequence[Executable]) -> Sequence[Rows]:
        async with self._engine.connect() as connection:
            return [(await connection.execute(each)).all() for each in wanted]

    async def write(self, changes: Sequence[Changes]) -> Sequence[int]:
        for _ in range(TRIES - 1):
            try:
                return await self._write(changes)
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", "") not in _IN_EACH_OTHERS_WAY:
                    raise
        return await self._write(changes)

    def read_quickly(self, _wanted: Executable, _values: Values) -> None:
        """A server is always waited for."""

    def write_quickly(self, _changes: Sequence[Changes]) -> bool:
        """A server is always waited for."""
        return False

    async def change_for_rows(self, statement: Executable) -> Rows:
        async with self._engine.begin() as connection:
            return (await connection.execute(statement)).all()

    async def _write(self, changes: Sequence[Changes]) -> Sequence[int]:
        async with self._engine.begin() as connection:
            counts = [0] * len(changes)
            for number, change in in_few_runs(changes):
                if isinstance(change, Many):
                    await connection.execute(change.statement, change.rows)
                elif number is not None:
                    counts[number] += (await connection.execute(change)).rowcount
            return counts

    async def forget_deleted(self) -> None:
        """The server sees to that itself (autovacuum)."""

    async def close(self) -> None:
        await self._engine.dispose()


def _arguments(url: URL, wait: float) -> dict[str, Any]:
    """How to connect; of other drivers than ours nothing is known."""
    if url.get_driver_name() != "asyncpg":
        return {}
    settings = {"application_name": "partner-bot", "lock_timeout": str(int(wait * 1000))}
    return {"timeout": CONNECT, "command_timeout": LONGEST, "server_settings": settings}
