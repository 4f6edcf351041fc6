"""What only one replica may have at a time, or only replicas that are set alike."""

from sqlalchemy import or_, select

from bot.records.database import Database
from bot.records.secret import Keys
from bot.records.tables import LEASES

LEASE = 10.0
"""Seconds after which others may take what a replica had, unless it renews it."""

RENEWED = 2.5
"""Seconds between two renewals."""

_T = LEASES.c


class Leases:
    """The leases of one database, by the database's own clock."""

    def __init__(self, database: Database, keys: Keys) -> None:
        self._database, self._sign = database, keys.sign

    async def is_of_our_secret(self) -> bool:
        """Whether no running replica has another secret: it would find nothing of ours."""
        return await self.take("secret", self._sign)

    async def take(self, name: str, holder: str) -> bool:
        """Take or renew a lease; False when somebody else has it."""
        until = self._database.clock + LEASE
        statement = self._database.insert(LEASES).values(name=name, holder=holder, until=until)
        is_free = or_(_T.until < self._database.clock, _T.holder == holder)
        taken = statement.on_conflict_do_update(
            index_elements=[_T.name], set_={"holder": holder, "until": until}, where=is_free
        )
        return await self._database.change(taken) == 1

    async def holder(self, name: str) -> str | None:
        """Who has it now."""
        wanted = select(_T.holder).where(_T.name == name, _T.until >= self._database.clock)
        return next((str(row.holder) for row in await self._database.rows(wanted)), None)

    async def give_back(self, name: str, holder: str) -> None:
        """Others may have it at once."""
        is_ours = (_T.name == name) & (_T.holder == holder)
        await self._database.change(LEASES.delete().where(is_ours))
