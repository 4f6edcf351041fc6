"""How often somebody was answered lately, counted by all replicas together."""

from sqlalchemy import case, delete

from bot.records.database import Database
from bot.records.secret import Keys
from bot.records.tables import TURNS

_T = TURNS.c


class Turns:
    """The counters of one database; a key is a keyed hash, as of conversations."""

    def __init__(self, database: Database, keys: Keys) -> None:
        self._database, self._keys = database, keys

    async def count(self, chat: int, user: int, span: float) -> int:
        """Count one more answer; how many there were since the first, ``span`` seconds at most."""
        now = self._database.clock
        row = {"key": self._keys.place(chat, user), "number": 1, "until": now + span}
        is_over = _T.until < now
        again = {
            "number": case((is_over, 1), else_=_T.number + 1),
            "until": case((is_over, now + span), else_=_T.until),
        }
        statement = self._database.insert(TURNS).values(**row)
        counted = statement.on_conflict_do_update(index_elements=[_T.key], set_=again)
        rows = await self._database.change_for_rows(counted.returning(_T.number))
        return int(rows[0].number)

    async def purge(self) -> int:
        """Delete what is over; returns how many counters that were."""
        return await self._database.change(delete(TURNS).where(_T.until < self._database.clock))
