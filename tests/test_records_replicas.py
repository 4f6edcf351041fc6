"""Replicas share an inbox: each update has one that works on it, and none is left behind."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from recording import NOW, records_at, stored
from sqlalchemy import text

from bot.records import leases
from bot.records.claims import Claims
from bot.records.inbox import ATTEMPTS, Standing
from bot.records.records import Records
from bot.records.together import together

ANNA, BERT = (1, 1), (2, 2)


@pytest.fixture
async def records(empty_postgresql: str) -> AsyncIterator[Records]:
    async with records_at(empty_postgresql) as opened:
        yield opened


async def keep(records: Records, **lines: tuple[int, int] | None) -> None:
    """Keep updates ``u1``, ``u2`` …, each in its line."""
    numbers = {int(name[1:]): line for name, line in lines.items()}
    await records.inbox.keep({n: f'{{"update_id":{n}}}' for n in numbers}, NOW, numbers)


async def taken(records: Records, who: str, most: int = 64) -> list[int]:
    return [one.number for one in await Claims(records.database, who).take(most)]


async def done(records: Records, number: int) -> None:
    with together() as changes:
        pass
    await records.inbox.done(number, changes)


async def expire(records: Records) -> None:
    await records.database.change(text("UPDATE inbox SET taken_until = 1 WHERE taken_until > 0"))


async def test_a_line_goes_one_by_one_and_others_at_once(records: Records) -> None:
    await keep(records, u1=ANNA, u2=ANNA, u3=BERT, u4=None, u5=None)
    first = await Claims(records.database, "a").take(64)
    assert [(one.number, one.waiting) for one in first] == [(1, 2), (3, 1), (4, 2), (5, 2)]
    assert await taken(records, "b") == []
    await done(records, 1)
    assert await taken(records, "b") == [2]


async def test_many_replicas_take_each_update_once_and_in_order(records: Records) -> None:
    lines = {f"u{n}": (n % 7, n % 7) for n in range(1, 141)}
    await keep(records, **lines)
    order: list[int] = []

    async def work(who: str) -> None:
        while len(order) < 140:
            for number in await taken(records, who, 3):
                order.append(number)
                await done(records, number)

    await asyncio.wait_for(asyncio.gather(*(work(who) for who in "abcd")), 60)
    assert sorted(order) == list(range(1, 141))
    for line in range(7):
        mine = [n for n in order if n % 7 == line]
        assert mine == sorted(mine)


async def test_what_comes_late_does_not_overtake_what_is_worked_on(records: Records) -> None:
    await keep(records, u5=ANNA)
    assert await taken(records, "a") == [5]
    await keep(records, u4=ANNA)
    assert await taken(records, "b") == []
    await done(records, 5)
    assert await taken(records, "b") == [4]


async def test_a_dead_replicas_updates_are_taken_over(records: Records) -> None:
    await keep(records, u1=ANNA, u2=ANNA)
    alive = Claims(records.database, "alive")
    assert [one.number for one in await alive.take(1)] == [1]
    await expire(records)
    await alive.renew([1])
    assert await taken(records, "b") == [], "renewed"
    await expire(records)
    assert await taken(records, "b") == [1]
    await alive.renew([1])
    await expire(records)
    assert await taken(records, "c") == [1], "who lost it cannot renew it"


async def test_what_ends_every_replica_is_given_up_and_told(records: Records) -> None:
    await keep(records, u1=ANNA, u2=ANNA)
    claims = Claims(records.database, "a")
    for _ in range(ATTEMPTS):
        assert await claims.give_up() == 0
        assert [one.number for one in await claims.take(9)] == [1]
        await expire(records)
    assert await claims.give_up() == 1
    assert await records.inbox.standing() == Standing(waiting=1, given_up=1)
    assert await taken(records, "b") == [2]


async def test_a_stop_gives_back_what_is_not_begun(records: Records) -> None:
    await keep(records, u1=ANNA)
    for _ in range(ATTEMPTS + 1):
        claims = Claims(records.database, "a")
        assert len(await claims.take(9)) == 1
        await claims.give_back()
    assert await claims.give_up() == 0


async def test_what_the_version_before_has_taken_in_is_taken_later(records: Records) -> None:
    row = "VALUES (1, extract(epoch FROM now()) - %d, '{}', 'open', 0)"
    columns = "INSERT INTO inbox (update_id, received, payload, status, attempts) "
    await records.database.change(text(columns + row % 0))
    assert await taken(records, "a") == [], "that version is at it"
    await records.database.change(text("UPDATE inbox SET received = received - 100"))
    assert await taken(records, "a") == [1]


async def test_a_line_tells_nobody_and_goes_with_the_words(
    records: Records, empty_postgresql: str
) -> None:
    await records.inbox.keep({77: "words"}, NOW, {77: (987_654_321, 987_654_321)})
    assert b"987654321" not in stored(empty_postgresql)
    (line,) = (await records.database.rows(text("SELECT line FROM inbox")))[0]
    await done(records, 77)
    assert line.encode() not in stored(empty_postgresql)
    assert b"words" not in stored(empty_postgresql)


async def test_a_lease_has_one_holder_until_it_ends(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with records_at(database) as records:
        assert await records.leases.take("updates", "one")
        assert await records.leases.take("updates", "one")
        assert not await records.leases.take("updates", "other")
        assert await records.leases.holder("updates") == "one"
        monkeypatch.setattr(leases, "LEASE", -1.0)
        assert await records.leases.take("updates", "one")
        assert await records.leases.holder("updates") is None
        monkeypatch.undo()
        assert await records.leases.take("updates", "other")
        await records.leases.give_back("updates", "one")
        assert await records.leases.holder("updates") == "other"
        await records.leases.give_back("updates", "other")
        assert await records.leases.holder("updates") is None


async def test_answers_are_counted_together(database: str) -> None:
    async with records_at(database) as records:
        counts = await asyncio.gather(*(records.turns.count(-1, 7, 60.0) for _ in range(9)))
        assert sorted(counts) == list(range(1, 10))
        assert await records.turns.count(-1, 8, 60.0) == 1
        assert await records.turns.count(-1, 9, -1.0) == 1
        assert await records.turns.count(-1, 9, 60.0) == 1, "the one before is over"
        assert await records.turns.purge() == 0
