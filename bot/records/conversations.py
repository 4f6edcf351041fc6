"""Conversations, each for half an hour; the language somebody chose, until they forget it."""

from collections.abc import Callable

from sqlalchemy import ColumnElement, and_, bindparam, delete, or_, select, update

from bot.records.database import Database, put_statement
from bot.records.kinds import storable
from bot.records.many import Change, Many
from bot.records.secret import Keys
from bot.records.tables import CONVERSATIONS

EXPIRY = 30 * 60
"""Seconds after which a conversation is forgotten."""

LASTING_EXPIRY = 365 * 24 * 3600
"""Seconds without a word after which a chosen language is forgotten."""

MOST = 100_000
"""Conversations kept, and as many chosen languages; beyond, the oldest go."""

_LONGEST = 10_000
_PURGE_EVERY = 60.0
_T = CONVERSATIONS.c


class Conversations:
    """One text a person and chat, found again by a keyed hash; no id of anybody is stored."""

    def __init__(self, database: Database, keys: Keys) -> None:
        self._database, self._keys = database, keys
        self._put = put_statement(database, CONVERSATIONS, _T.key)
        wanted = select(_T.value, _T.lasting, _T.expires)
        self._get = wanted.where(_T.key == bindparam("place"))
        self._purged = 0.0

    async def get(self, chat: int, user: int, now: float) -> str | None:
        """The conversation as it was put; after half an hour what was to last, if anything was."""
        row = await self._database.row(self._get, {"place": self._keys.place(chat, user)})
        if row is None:
            return None
        value, lasting, expires = row
        return (value if now <= expires else "") or lasting or None

    async def put(
        self,
        chat: int,
        user: int,
        value: str,
        now: float,
        lasting: str = "",
        otherwise: Callable[[], None] = lambda: None,
    ) -> None:
        """Keep a conversation; ``lasting`` is what to keep of it after half an hour.

        An empty conversation of which nothing lasts is deleted. While an update is answered, it
        is written with all that the update changes; ``otherwise`` is called when that fails.
        """
        key = self._keys.place(chat, user)
        row = {
            "key": key,
            "person": self._keys.person(user),
            "value": storable(value, _LONGEST),
            "lasting": storable(lasting, _LONGEST),
            "expires": int(now) + (EXPIRY if value else LASTING_EXPIRY),
        }
        change: Change = Many(self._put, [row])
        if not value and not lasting:
            change = delete(CONVERSATIONS).where(_T.key == key)
        await self._database.change_together(change, otherwise=otherwise)
        if abs(now - self._purged) > _PURGE_EVERY:
            await self.purge(now)

    async def forget(self, user: int) -> int:
        """Delete a person's conversations in all chats; returns how many there were."""
        statement = delete(CONVERSATIONS).where(_T.person == self._keys.person(user))
        return await self._database.change(statement)

    async def purge(self, now: float) -> int:
        """Delete what has expired; returns how many conversations that were."""
        self._purged = now
        is_over = _T.expires < int(now)
        emptied = update(CONVERSATIONS).where(is_over, _T.value != "", _T.lasting != "")
        is_too_many = or_(_beyond(_T.value != ""), _beyond(_T.value == ""))
        return await self._database.change(
            emptied.values(value="", expires=int(now) + LASTING_EXPIRY),
            delete(CONVERSATIONS).where(or_(is_over, is_too_many)),
        )


def _beyond(kind: ColumnElement[bool]) -> ColumnElement[bool]:
    oldest = select(_T.expires).where(kind).order_by(_T.expires.desc()).offset(MOST).limit(1)
    return and_(kind, _T.expires <= oldest.scalar_subquery())
