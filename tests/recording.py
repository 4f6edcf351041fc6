"""Records for tests: a moment, a secret, and records in a file of their own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from postgresql_server import asked
from sqlalchemy import make_url

from bot.records.records import Records, open_records
from bot.records.tables import METADATA
from content.translations import Translation

NOW = 1_800_000_000.0
"""15 January 2027, 08:00 UTC."""

DAY = 24 * 3600
SECRET = b"s" * 32
LANGUAGES = (
    Translation("en", "English", understands={"light_words": ("who", "helps", "with", "for")}),
    Translation("fr", "Français", understands={"light_words": ("qui", "pour"), "elisions": ("l",)}),
)


def address(folder: Path) -> str:
    """The address of a database in a folder."""
    return f"sqlite:///{folder / 'records.db'}"


@asynccontextmanager
async def records_in(folder: Path, wait: float = 2.0) -> AsyncIterator[Records]:
    """Records in a folder."""
    async with records_at(address(folder), wait) as records:
        yield records


@asynccontextmanager
async def records_at(url: str, wait: float = 2.0) -> AsyncIterator[Records]:
    """Records in a database, of either kind: the fixture ``database`` has such addresses."""
    async with open_records(url, SECRET, LANGUAGES, wait=wait) as records:
        yield records


def stored(url: str) -> bytes:
    """All that is stored: the files of SQLite as they are, the rows of PostgreSQL as text."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        file = Path(str(parsed.database))
        return b"".join(path.read_bytes() for path in file.parent.glob(f"{file.name}*"))
    tables = (f'SELECT "{table}"::text FROM "{table}"' for table in METADATA.tables)  # noqa: S608
    return "\n".join(row[0] for one in tables for row in asked(url, one)).encode()
