"""What went wrong with the records, in words that say what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

_MENDS = (
    (
        ("locked", "busy", "queuepool limit", "lock timeout"),
        "another process keeps it locked; stop that process, or try again",
    ),
    (
        ("malformed", "not a database", "corrupt"),
        "the file is damaged; put a backup in its place, or move it away and a new one is made",
    ),
    (
        ("disk is full", "no space", "database or disk"),
        "the disk is full; free some space",
    ),
    (
        ("disk i/o", "input/output", "file too large"),
        "the disk does not take it; see its free space, its quota and its health",
    ),
    (
        ("readonly", "read-only", "permission", "unable to open", "denied"),
        "it cannot be opened or written; see who owns the file and its folder",
    ),
    (
        ("modulenotfound", "can't load plugin", "could not parse"),
        "BOT_DATABASE_URL names a database that is not installed here; for PostgreSQL: pip install"
        " 'partner-bot[postgresql]', and postgresql://user:password@host/name",
    ),
    (
        ("invalidcatalogname", "invalidauthorization", "invalidpassword", "does not exist"),
        "BOT_DATABASE_URL must name a database that is there, with a user who may use it",
    ),
    (
        ("can't locate revision",),
        "a newer Partner Bot has written it; install that one, or use another database",
    ),
    (
        ("refused", "connect", "closed", "name or service", "getaddrinfo", "timed out", "timeout"),
        "the database server cannot be reached; see that it runs and that the address is right",
    ),
)
_UNKNOWN = "see the database's own log, or move it away and a new one is made"


class RecordsError(Exception):
    """The records cannot be read or written; the message says what, where and what to do.

    Answering never depends on records: who catches this goes on without them.
    """


def records_error(where: str, error: BaseException) -> RecordsError:
    """The error in plain words, without any value that was to be stored."""
    orig = error.orig if isinstance(error, DBAPIError) and error.orig else error
    said = " ".join(str(orig).split())[:200] or type(orig).__name__
    looked_at = f"{type(orig).__name__} {said}".lower()
    mend = next((mend for signs, mend in _MENDS if any(s in looked_at for s in signs)), _UNKNOWN)
    return RecordsError(f"{where}: {said}: {mend}")


@contextmanager
def explained(where: str) -> Iterator[None]:
    """Turns what a database throws into a ``RecordsError``."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError, ImportError) as error:
        raise records_error(where, error) from error
