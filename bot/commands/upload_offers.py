"""What admins sent and have not yet confirmed: kept over restarts, for a day."""

import json
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock

from bot.services import Services
from content.replacing import put
from content.writing_together import FileChange

EXPIRY = 24 * 3600
"""Seconds that an offer waits."""

KEPT = 5
"""Offers of one admin; with one more, the oldest is dropped."""


def desk_of(services: Services) -> Path:
    """Where what admins have begun is kept.

    Raises:
        OSError: there is no such place.
    """
    if services.desk is None:
        raise OSError("there is no data folder")
    return services.desk


_ID = re.compile(r"[0-9a-f]{12}\Z")


class BusyError(Exception):
    """The offer is being worked on at this moment."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Changes that ``admin`` may confirm; ``at`` is when they were offered (epoch seconds).

    ``action`` is what the audit log will call it.
    """

    id: str
    admin: int
    at: float
    action: str
    changes: tuple[FileChange, ...]


class Offers:
    """The offers on one desk, a file each."""

    def __init__(self, services: Services) -> None:
        self._folder = desk_of(services) / "offers"

    def put(self, admin: int, action: str, changes: Sequence[FileChange], now: float) -> Offer:
        """Keep an offer; those too old or too many go.

        Raises:
            OSError: the disk refuses.
        """
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        offer = Offer(secrets.token_hex(6), admin, now, action, tuple(changes))
        put(self._path(offer.id), json.dumps(asdict(offer)).encode())
        self._tidy(admin, now)
        return offer

    def get(self, admin: int | None, offer_id: str, now: float) -> Offer | None:
        """The offer, for the admin whom it was made to, while it waits."""
        offer = self._read(self._path(offer_id)) if _ID.match(offer_id) else None
        is_theirs = offer is not None and offer.admin == admin
        return offer if offer and is_theirs and now - offer.at < EXPIRY else None

    @contextmanager
    def alone(self, offer_id: str) -> Iterator[None]:
        """While inside, nobody else works on that offer.

        Raises:
            BusyError: somebody does.
        """
        lock = FileLock(self._path(offer_id).with_suffix(".lock"), timeout=0)
        try:
            lock.acquire()
        except TimeoutError:
            raise BusyError from None
        try:
            yield
        finally:
            lock.release()

    def drop(self, offer_id: str) -> None:
        """Forget an offer."""
        if _ID.match(offer_id):
            self._path(offer_id).unlink(missing_ok=True)
            self._path(offer_id).with_suffix(".lock").unlink(missing_ok=True)

    def drop_all(self, admin: int) -> None:
        """Forget everything offered to an admin."""
        for offer in self._of(admin, self._kept()):
            self.drop(offer.id)

    def _tidy(self, admin: int, now: float) -> None:
        kept = self._kept()
        for path, offer in kept.items():
            if offer is None or now - offer.at >= EXPIRY:
                path.unlink(missing_ok=True)
        for offer in self._of(admin, kept)[:-KEPT]:
            self.drop(offer.id)

    def _kept(self) -> dict[Path, Offer | None]:
        """Every file, and what it offers where it can be read."""
        return {path: self._read(path) for path in self._folder.glob("*.json")}

    def _of(self, admin: int, kept: Mapping[Path, Offer | None]) -> list[Offer]:
        """The offers to an admin, the oldest first."""
        own = (offer for offer in kept.values() if offer and offer.admin == admin)
        return sorted(own, key=lambda offer: (offer.at, offer.id))

    def _path(self, offer_id: str) -> Path:
        return self._folder / f"{offer_id}.json"

    def _read(self, path: Path) -> Offer | None:
        try:
            kept = json.loads(path.read_bytes())
            changes = tuple(FileChange(**change) for change in kept.pop("changes"))
            return Offer(**kept, changes=changes)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None
