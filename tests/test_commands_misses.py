"""What admins read of the questions without a good answer."""

import json

import pytest
from recording import DAY, NOW, records_at

from bot.commands.misses import misses_lines, misses_text
from bot.records.kinds import ChatKind, Reason
from content.texts import Texts
from content.translations import load_translations

TEXTS = Texts(load_translations(), "en")


@pytest.mark.parametrize(
    ("language", "title", "group"),
    [
        (
            "en",
            "Questions without a good answer: 3",
            "“<pizza>?” (asked 3 times from 15 January to 16 January, in English and French)",
        ),
        (
            "fr",
            "Questions sans bonne réponse : 3",
            "« <pizza>? » (posée 3 fois du 15 janvier au 16 janvier, en anglais et français)",
        ),
    ],
)
async def test_groups_are_told_in_the_readers_language(
    database: str, language: str, title: str, group: str
) -> None:
    async with records_at(database) as records:
        record, private = records.misses.record, ChatKind.PRIVATE
        await record("pizza", "fr", private, Reason.DISLIKED, NOW)
        await record("pizza", "fr", private, Reason.DISLIKED, NOW)
        await record("<pizza>?", "en", private, Reason.NOTHING, NOW + DAY)
        text = misses_text(await records.misses.open(), TEXTS, language)
    assert text.split("\n\n")[0] == title
    told = text.split("\n\n")[1].splitlines()
    assert told[0] == group
    assert told[1].endswith("pizza")
    assert "👎" in told[2]


async def test_programs_read_a_line_a_group(database: str) -> None:
    async with records_at(database) as records:
        await records.misses.record("écrans", "fr", ChatKind.INLINE, Reason.NOTHING, NOW)
        (line,) = misses_lines(await records.misses.open())
    group = json.loads(line)
    assert (group["count"], group["examples"], group["languages"]) == (1, ["écrans"], ["fr"])
    assert group["days"] == {"2027-01-15": 1}
