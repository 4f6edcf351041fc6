"""Misses, feedback, counts, audit: what admins are shown."""

from datetime import date

import pytest
from recording import DAY, NOW, records_at, stored

from bot.records import misses as misses_module
from bot.records.counts import Asked
from bot.records.kinds import ChatKind, Reason, day_of
from bot.records.records import Records

DAY_ONE = date(2027, 1, 15)


async def missed(records: Records, question: str, now: float = NOW, language: str = "en") -> None:
    await records.misses.record(question, language, ChatKind.PRIVATE, Reason.NOTHING, now)


async def test_questions_for_the_same_are_one_group_counted_by_day(database: str) -> None:
    async with records_at(database) as records:
        await missed(records, "who helps with pizzas?")
        await missed(records, "PIZZA")
        await missed(records, "Pizza", NOW + DAY)
        await missed(records, "for pizza", NOW + DAY, "fr")
        await missed(records, "weather")
        pizza, weather = await records.misses.open()
        assert (pizza.count, pizza.days) == (4, ((DAY_ONE, 2), (date(2027, 1, 16), 2)))
        assert (pizza.first_day, pizza.last_day) == (DAY_ONE, date(2027, 1, 16))
        assert (pizza.languages, pizza.reasons) == (("en", "fr"), (Reason.NOTHING,))
        assert pizza.examples == ("for pizza", "Pizza", "PIZZA")
        assert (weather.words, weather.count) == ("weather", 1)
        assert len(pizza.key) <= 16
        assert await records.misses.open(1) == (pizza,)


async def test_a_question_is_masked_before_it_is_stored_or_grouped(database: str) -> None:
    async with records_at(database) as records:
        await missed(records, "my name is Zebulon, pizza? zebulon@example.org")
        (group,) = await records.misses.open()
        assert "ebulon" not in repr(group)
        assert b"ebulon" not in stored(database)


async def test_what_is_ignored_stays_ignored_and_what_is_solved_may_come_back(
    database: str,
) -> None:
    async with records_at(database) as records:
        for question in ("pizza", "weather"):
            await missed(records, question)
        keys = {group.words: group.key for group in await records.misses.open()}
        assert await records.misses.ignore(keys["pizza"]) == 1
        assert await records.misses.solve(keys["weather"]) == 1
        assert await records.misses.open() == ()
        for question in ("pizza", "Pizzas?", "weather"):
            await missed(records, question)
        assert [group.words for group in await records.misses.open()] == ["weather"]
        assert await records.misses.ignore("nonsense") == 0


@pytest.mark.parametrize("question", ["", "?", "who", "[name]", "x" * 4096, "é " * 2000, "\ud800"])
async def test_any_text_is_taken(database: str, question: str) -> None:
    async with records_at(database) as records:
        await missed(records, question)
        assert sum(group.count for group in await records.misses.open()) == 1


async def test_all_of_it_expires(database: str) -> None:
    async with records_at(database) as records:
        await missed(records, "pizza")
        await records.feedback.record("pizza", ("cose",), "en", False, NOW)
        await records.counts.add(Asked("en", ChatKind.PRIVATE, False), NOW)
        await records.audit.record(5, "reindex", "all", NOW)
        assert (await records.purge(NOW + 90 * DAY)).misses == 0
        deleted = await records.purge(NOW + 91 * DAY)
        assert (deleted.misses, deleted.feedback, deleted.counts) == (1, 1, 0)
        deleted = await records.purge(NOW + 731 * DAY)
        assert (deleted.counts, deleted.audit) == (3, 1)
        about = await records.about()
        assert (about.misses, about.feedback, about.counted_days, about.since) == (0, 0, 0, None)


async def test_there_are_never_more_than_the_bound(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(misses_module, "MOST", 3)
    async with records_at(database) as records:
        for word in ("alpha", "beta", "gamma", "delta"):
            await missed(records, word)
        assert {g.words for g in await records.misses.open()} == {"beta", "gamma", "delta"}


async def test_numbers_add_up_by_day(database: str) -> None:
    async with records_at(database) as records:
        asked = Asked("en", ChatKind.GROUP, True, ("cose", "cose"), ("screens",), 0.3)
        await records.counts.add(asked, NOW)
        await records.counts.add(asked, NOW + 1)
        await records.counts.add(Asked("fr", ChatKind.INLINE, False, seconds=99), NOW)
        await records.counts.add_feedback(True, NOW)
        before, day, after = await records.counts.between(date(2027, 1, 14), date(2027, 1, 16))
        assert (before.questions, after.questions) == (0, 0)
        assert (day.questions, day.answered, day.up, day.down) == (3, 2, 1, 0)
        assert day.seconds == {0.35: 2, float("inf"): 1}
        totals = await records.counts.totals(day.day, day.day)
        assert (totals.languages, totals.partners) == ({"en": 2, "fr": 1}, {"cose": 2})
        assert (totals.chats, totals.topics) == ({"group": 2, "inline": 1}, {"screens": 2})
        assert (await records.counts.totals(day.day, day.day, most=1)).languages == {"en": 2}
        assert (await records.counts.totals(before.day, before.day)).languages == {}


async def test_thumbs_and_changes_are_shown_latest_first(database: str) -> None:
    async with records_at(database) as records:
        await records.feedback.record("écrans", ("cose", "dipp"), "fr", True, NOW)
        for _ in range(2):
            await records.feedback.record("screens", (), "en", False, NOW + DAY)
        down, up = await records.feedback.latest()
        assert (down.up, down.times, down.partners) == (False, 2, ())
        assert (up.partners, up.day) == (("cose", "dipp"), day_of(NOW))
        await records.audit.record(2**40, "reindex", "all", NOW, "3 changed")
        await records.audit.record(6, "write", "cose", NOW + 1)
        assert [entry.admin for entry in await records.audit.latest()] == [6, 2**40]
        assert (await records.audit.latest())[1].details == "3 changed"


async def test_what_was_dealt_with_can_wait_again(database: str) -> None:
    async with records_at(database) as records:
        for question, language in (("pizza", "en"), ("pizza", "fr"), ("weather", "en")):
            await missed(records, question, language=language)
        assert await records.misses.waiting() == (2, 3)
        pizza = next(g for g in await records.misses.open() if g.words == "pizza")
        assert pizza.language == "fr"
        assert await records.misses.group(pizza.key) == pizza
        await records.misses.solve(pizza.key)
        assert await records.misses.group(pizza.key) is None
        assert await records.misses.reopen(pizza.key) == 2
        assert await records.misses.group(pizza.key) == pizza
        assert await records.misses.reopen(pizza.key) == 0
