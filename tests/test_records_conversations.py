"""Conversations: found again by the same person in the same chat, for half an hour."""

import pytest
from recording import DAY, NOW, records_at

from bot.dialogue.conversation import REMEMBERED
from bot.records import conversations


async def test_a_conversation_is_found_again_after_a_restart(database: str) -> None:
    async with records_at(database) as records:
        await records.conversations.put(-100, 7, '{"question": "é"}', NOW)
    async with records_at(database) as records:
        assert await records.conversations.get(-100, 7, NOW + 1) == '{"question": "é"}'
        assert await records.conversations.get(-100, 8, NOW + 1) is None
        assert await records.conversations.get(7, 7, NOW + 1) is None


async def test_it_is_forgotten_after_half_an_hour_but_for_what_lasts(database: str) -> None:
    async with records_at(database) as records:
        for user, lasting in ((1, ""), (2, '{"chosen": "fr"}')):
            await records.conversations.put(1, user, "all", NOW, lasting)
        end = NOW + REMEMBERED
        assert [await records.conversations.get(1, u, end) for u in (1, 2)] == ["all", "all"]
        late = [await records.conversations.get(1, u, end + 1) for u in (1, 2)]
        assert late == [None, '{"chosen": "fr"}']
        assert await records.conversations.purge(end + 1) == 2
        about = await records.about()
        assert (about.conversations, about.languages) == (0, 1)
        assert await records.conversations.get(1, 2, end + 300 * DAY) == '{"chosen": "fr"}'
        assert await records.conversations.purge(end + 366 * DAY) == 1
        assert (await records.about()).languages == 0


async def test_the_half_hour_is_the_dialogues_own() -> None:
    assert conversations.EXPIRY == REMEMBERED


async def test_the_latest_wins_and_an_empty_one_is_deleted(database: str) -> None:
    async with records_at(database) as records:
        await records.conversations.put(1, 1, "one", NOW)
        await records.conversations.put(1, 1, "two", NOW + 5)
        assert await records.conversations.get(1, 1, NOW + 5) == "two"
        await records.conversations.put(1, 1, "", NOW + 6)
        assert (await records.about()).conversations == 0


async def test_expired_ones_go_while_others_talk(database: str) -> None:
    async with records_at(database) as records:
        await records.conversations.put(1, 1, "old", NOW)
        await records.conversations.put(2, 2, "new", NOW + REMEMBERED + 100)
        assert (await records.about()).conversations == 1


async def test_there_are_never_more_than_the_bound(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversations, "MOST", 3)
    async with records_at(database) as records:
        for user in range(6):
            await records.conversations.put(1, user, "x", NOW + user, lasting="l" * (user % 2))
        await records.conversations.purge(NOW + 10)
        assert (await records.about()).conversations == 3
        assert await records.conversations.get(1, 5, NOW + 10) == "x"


async def test_lone_surrogates_and_nul_are_no_obstacle(database: str) -> None:
    async with records_at(database) as records:
        await records.conversations.put(1, 1, "a\ud800b\0c", NOW)
        assert await records.conversations.get(1, 1, NOW) == "abc"
