"""The secret that makes keys of people and chats, so that no table needs their Telegram ids."""

import hmac
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from bot.records.faults import RecordsError, explained
from bot.settings import Settings

NAME = "secret.key"
LENGTH = 32
"""Bytes of the secret."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Keyed hashes: a person always gets the same, and nobody without the secret can tell whose."""

    secret: bytes = field(repr=False)

    def place(self, chat: int, user: int) -> str:
        """The key of one person in one chat."""
        return self._key(f"place:{chat}:{user}")

    def line(self, chat: int, user: int | None) -> str:
        """The key of the line in which updates of one person in one chat wait."""
        return self._key(f"line:{chat}:{user}")

    def person(self, user: int) -> str:
        """The key of one person wherever they write, for finding all that is theirs."""
        return self._key(f"person:{user}")

    def message(self, chat: int, message: int) -> str:
        """The key of one message in one chat."""
        return self._key(f"message:{chat}:{message}")

    @property
    def sign(self) -> str:
        """What is equal where the secret is."""
        return self._key("sign")[:16]

    def _key(self, what: str) -> str:
        return _keyed(self.secret, what)


# Of one question, the same keys are asked for several times.
@lru_cache(maxsize=1_000)
def _keyed(secret: bytes, what: str) -> str:
    made = _begun(secret).copy()
    made.update(what.encode())
    return made.hexdigest()


@lru_cache(maxsize=4)
def _begun(secret: bytes) -> hmac.HMAC:
    return hmac.new(secret, digestmod="sha256")


def secret_of(settings: Settings) -> bytes:
    """The secret in BOT_RECORDS_SECRET, or the one kept in the data folder.

    Raises:
        RecordsError: as of ``read_secret``.
    """
    if settings.records_secret:
        return bytes.fromhex(settings.records_secret.get_secret_value())
    return read_secret(settings.data)


def read_secret(folder: Path) -> bytes:
    """The secret kept in ``folder/secret.key``, made on first use, readable by its owner alone.

    Raises:
        RecordsError: it cannot be read or made, or it is no secret.
    """
    path = folder / NAME
    with explained(str(path)):
        if not path.exists():
            _make(path)
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)
        secret = path.read_bytes()
    if len(secret) != LENGTH:
        raise RecordsError(
            f"{path}: is not {LENGTH} bytes long: put the right file back, or delete it; then a"
            " new one is made, and running conversations are forgotten"
        )
    return secret


def _make(path: Path) -> None:
    # Written whole beside, then linked: of two processes at once, both read the first one's.
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{NAME}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        with open(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(secrets.token_bytes(LENGTH))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(beside, path)
    finally:
        beside.unlink(missing_ok=True)
