"""Which admins want a weekly digest, and when the next one is due; of admins only."""

from dataclasses import dataclass

from sqlalchemy import BigInteger, Column, String, Table, delete, select, update

from bot.records.database import Database
from bot.records.tables import METADATA

DIGESTS = Table(
    "digests",
    METADATA,
    Column("admin", BigInteger, primary_key=True, autoincrement=False),  # Telegram id
    Column("language", String(16), nullable=False),
    Column("due", BigInteger, nullable=False),  # seconds since the epoch
    Column("not_before", BigInteger, nullable=False),  # when it is tried again
)

_T = DIGESTS.c


@dataclass(frozen=True, slots=True)
class Wish:
    """An admin's wish for digests in a language; ``due`` is when the next one should come."""

    admin: int
    language: str
    due: int


class Digests:
    """The digests of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def wish(self, admin: int, language: str, due: float) -> None:
        """From now on they get one; a wish they had already keeps its day."""
        row = {"admin": admin, "language": language[:16], "due": int(due), "not_before": int(due)}
        statement = self._database.insert(DIGESTS).values(**row)
        again = statement.on_conflict_do_update(
            index_elements=[_T.admin], set_={"language": statement.excluded.language}
        )
        await self._database.change(again)

    async def stop(self, admin: int) -> None:
        """They get none any more."""
        await self._database.change(delete(DIGESTS).where(_T.admin == admin))

    async def wished(self, admin: int) -> Wish | None:
        """An admin's wish, if they have one."""
        rows = await self._database.rows(select(DIGESTS).where(_T.admin == admin))
        return next((Wish(row.admin, row.language, row.due) for row in rows), None)

    async def due(self, now: float) -> tuple[Wish, ...]:
        """The wishes whose time has come."""
        rows = await self._database.rows(select(DIGESTS).where(_T.not_before <= int(now)))
        return tuple(Wish(row.admin, row.language, row.due) for row in rows)

    async def take(self, wish: Wish, now: float, again: float) -> bool:
        """Take it on; False when another process has. Not done by ``again``, it is due again."""
        is_free = (_T.admin == wish.admin) & (_T.due == wish.due) & (_T.not_before <= int(now))
        taken = update(DIGESTS).where(is_free).values(not_before=int(again))
        return await self._database.change(taken) == 1

    async def done(self, wish: Wish, next_due: float) -> None:
        """It was sent, or is too late; the next one is due then."""
        is_it = (_T.admin == wish.admin) & (_T.due == wish.due)
        values = {"due": int(next_due), "not_before": int(next_due)}
        await self._database.change(update(DIGESTS).where(is_it).values(**values))
