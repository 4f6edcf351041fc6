"""PostgreSQL: a few connections, over a driver that does not block."""

from collections.abc import Sequence

from sqlalchemy import URL, AsyncAdaptedQueuePool, Executable

from bot.records.many import Changes, Many, in_few_runs
from bot.records.migrating import migrate
from bot.records.ways import Rows

CONNECTIONS = 4


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
            hide_parameters=True,  # errors must not tell what was asked
        )

    async def prepare(self) -> None:
        async with self._engine.begin() as connection:
            await connection.run_sync(migrate, self._where)

    async def read(self, wanted: Sequence[Executable]) -> Sequence[Rows]:
        async with self._engine.connect() as connection:
            return [(await connection.execute(each)).all() for each in wanted]

    async def write(self, changes: Sequence[Changes]) -> Sequence[int]:
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
