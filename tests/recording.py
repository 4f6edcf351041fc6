"""Records for tests: a moment, a secret, and records in a file of their own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.records.records import Records, open_records
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
    async with open_records(address(folder), SECRET, LANGUAGES, wait=wait) as records:
        yield records
