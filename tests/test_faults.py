"""Every fault once, small and fast; ``make faults`` tries them at full size."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from faults.everything import FAMILIES, Place, Result, results
from faults.trial import SMALL, CannotTryError, Family, Outcome

pytestmark = pytest.mark.asyncio(loop_scope="module")

NAMES = [fault.name for family in FAMILIES for fault in family.faults if not fault.costly]
AT_ONCE = 4


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def tries(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[dict[str, Result]]:
    """What came of each fault, by its name; some families are tried at the same time."""
    place = await asyncio.to_thread(Place.made, Path(tmp_path_factory.mktemp("faults")))
    found: dict[str, Result] = {}
    room = asyncio.Semaphore(AT_ONCE)

    async def one(family: Family) -> None:
        async with room:
            level = random.choice(("info", "debug"))
            async for fault, result in results(family, place, SMALL, level):
                found[fault.name] = result

    await asyncio.gather(*map(one, FAMILIES))
    yield found


@pytest.mark.parametrize("name", NAMES)
async def test_nothing_is_lost(tries: dict[str, Result], name: str) -> None:
    result = tries[name]
    if isinstance(result, CannotTryError):
        pytest.skip(f"cannot be tried here: {result}")
    if not isinstance(result, Outcome):
        raise result
    assert result.lost == 0
    assert result.asked > 0
