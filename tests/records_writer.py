"""A process that opens records and writes, for tests of two at once and of sudden death."""

import asyncio
import sys

from recording import NOW, records_at


async def write(url: str, admin: int, number: int) -> None:
    """Write ``number`` audit entries; each is told on standard output once it is confirmed."""
    async with records_at(url, wait=20) as records:
        for entry in range(number):
            await records.audit.record(admin, "test", str(entry), NOW)
            print(entry, flush=True)


if __name__ == "__main__":
    asyncio.run(write(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
