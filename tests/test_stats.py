"""The numbers of /stats in words and as a picture: much, little, nothing, and odd names."""

from __future__ import annotations

import asyncio
import json
import struct
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from recording import SECRET
from talking import services_on

from bot.cli import main
from bot.commands.stats import stats_reply, wanted_days
from bot.commands.stats_numbers import Numbers, as_object, drawn, numbers_of
from bot.commands.stats_picture import picture
from bot.commands.stats_sheet import drawable, fitting, width_of
from bot.commands.stats_words import Words, sentences
from bot.records.counts import Asked, Day, Totals
from bot.records.kinds import ChatKind
from bot.records.records import open_records
from bot.records.response_times import within
from bot.services import Services

LAST = date(2026, 11, 24)
ODD = (
    "A $x_1$ and $y^2$ of_under_scores",
    "x" * 300,
    "北京儿童之家协会",
    "🎈",
    "\\frac{1}{0} & <b>",
    "",
)


@pytest.fixture(scope="module")
def services() -> Services:
    return services_on()


def words_in(services: Services, language: str) -> Words:
    return Words(services.texts, services.knowledge.content, language)


def made(days: int, a_day: int, partners: tuple[str, ...] = ("cose", "dipp")) -> Numbers:
    """So many days; nobody asks on every fifth."""
    shown = [
        Day(LAST - timedelta(days=n), asked, asked * 9 // 10, asked // 9, 0, {0.2: asked, 2.0: 1})
        if (asked := 0 if n % 5 == 4 else a_day)
        else Day(LAST - timedelta(days=n))
        for n in reversed(range(days))
    ]
    whole = sum(day.questions for day in shown)
    found = {name: whole // (place + 2) for place, name in enumerate(partners)}
    chats = {"private": whole - whole // 3, "inline": whole // 3, "carrier pigeon": 0}
    totals = Totals({"fr": whole}, chats, found, {"screens": whole, "gone": 1})
    return Numbers(tuple(shown), totals)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    "numbers",
    [made(1, 1), made(7, 3), made(30, 40), made(90, 1), made(365, 3_000), made(30, 5, ODD)],
    ids=["one", "week", "month", "little", "million", "odd names"],
)
def test_a_picture_of_everything(services: Services, numbers: Numbers, language: str) -> None:
    data = picture(numbers, words_in(services, language))
    width, height = struct.unpack(">II", data[16:24])
    assert data.startswith(b"\x89PNG")
    assert width == 1080
    assert 1_000 <= height <= 2_300
    assert len(data) < 1_000_000
    assert data == picture(numbers, words_in(services, language)), "the same numbers, the same"


def test_numbers_as_each_language_writes_them(services: Services) -> None:
    told = {
        language: "\n".join(sentences(made(30, 1_234), words_in(services, language)))
        for language in ("en", "fr")
    }
    assert "29,616 questions, 90% answered" in told["en"]
    assert "29\u202f616 questions, 90\u00a0% avec réponse" in told["fr"]
    assert "French 100%" in told["en"]
    assert "conversation privée 67\u00a0%" in told["fr"]
    assert "Collective on Screen Overexposure" in told["en"]
    assert "\n29,616 · Screens" in told["en"]
    assert "gone" in told["en"], "a topic that has left the content"
    assert "0,18\u00a0s" in told["fr"]


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(0, 0, "0%"), (0, 9, "0%"), (9, 9, "100%"), (1, 3, "33%"), (999_999, 10**6, "99.9%"),
     (1, 10**6, "0.1%")],
)  # fmt: skip
def test_all_and_nothing_are_said_of_all_and_nothing_alone(
    services: Services, part: int, whole: int, shown: str
) -> None:
    assert words_in(services, "en").percent(part, whole) == shown


def test_days_that_can_be_asked_for() -> None:
    assert wanted_days("") == 30
    assert [wanted_days(text) for text in ("1", "90 days", "730")] == [1, 90, 730]
    bad = ("0", "731", "-7", "seven", "٣", "9" * 5_000, "1e2", "$(reboot)")
    assert [wanted_days(text) for text in bad] == [None] * len(bad)


def test_long_periods_are_drawn_by_whole_weeks() -> None:
    days = made(365, 7).days
    weeks = drawn(days, 120)
    assert len(weeks) == 52
    assert weeks[-1].day == LAST - timedelta(days=6)
    assert weeks[-1].questions == sum(day.questions for day in days[-7:])
    assert drawn(days[:90], 120) == tuple(days[:90])


def test_response_times_within_their_buckets() -> None:
    assert within({}, 0.5) is None
    assert within({0.1: 10}, 0.5) == pytest.approx(0.0875)
    assert within({0.1: 95, 1.0: 5}, 0.95) == pytest.approx(0.1)
    assert within({0.1: 1, float("inf"): 9}, 0.95) == 30.0


def test_names_are_cut_to_their_room_and_shown_letter_by_letter() -> None:
    assert fitting("short", 30, 500) == "short"
    cut = fitting("Association " * 20, 30, 500)
    assert cut.endswith("…")
    assert 400 < width_of(cut, 30) <= 500
    assert drawable("a_b $c$ 🎈 né") == "a_b $c$ né"
    assert width_of("", 30) == 0


async def test_without_records_and_without_questions_there_is_a_sentence(
    services: Services, tmp_path: Path
) -> None:
    assert (await stats_reply(services, 30, "en")).text.startswith("The numbers cannot be read")
    async with open_records(f"sqlite:///{tmp_path / 'r.db'}", SECRET) as records:
        mine = with_records(services, records)
        reply = await stats_reply(mine, 7, "fr")
        assert reply.text == "Personne n’a rien demandé ces 7 derniers jours."
        assert reply.attachment is None
        assert [b.action for b in reply.buttons[0]] == ["/stats 7", "/stats 30", "/stats 90"]
        assert reply.buttons[0][0].label.startswith("✓")


async def test_without_matplotlib_there_are_the_numbers(
    services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [n for n in sys.modules if n.startswith("bot.commands.stats_")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    async with open_records(f"sqlite:///{tmp_path / 'r.db'}", SECRET) as records:
        now = datetime.now(UTC).timestamp()
        await records.counts.add(Asked("en", ChatKind.GROUP, True, ("cose",), seconds=0.1), now)
        reply = await stats_reply(with_records(services, records), 7, "en")
    assert reply.attachment is None
    assert reply.text.startswith("There is no picture, because matplotlib is not installed")
    assert "1 question, 100% answered" in reply.text


async def test_the_same_numbers_for_programs(tmp_path: Path) -> None:
    async with open_records(f"sqlite:///{tmp_path / 'r.db'}", SECRET) as records:
        now = datetime(2026, 11, 24, 12, tzinfo=UTC).timestamp()
        await records.counts.add(Asked("en", ChatKind.GROUP, True, ("cose",), seconds=0.1), now)
        await records.counts.add(Asked("fr", ChatKind.PRIVATE, False), now - 86_400)
        told: dict[str, Any] = as_object(await numbers_of(records.counts, 3, now))
    assert (told["questions"], told["answered"]) == (2, 1)
    assert [day["questions"] for day in told["days"]] == [0, 1, 1]
    assert told["partners"] == {"cose": 1}
    assert (told["first_day"], told["last_day"]) == ("2026-11-22", "2026-11-24")


def test_the_command_line_tells_and_draws(tmp_path: Path) -> None:
    runner, settings = CliRunner(), {"BOT_DATA": str(tmp_path)}
    none = runner.invoke(main, ["stats"], env=settings)
    assert none.exit_code == 1
    assert "There are no records yet" in none.stderr
    asyncio.run(written(tmp_path))
    file = tmp_path / "stats.png"
    told = runner.invoke(main, ["stats", "--language", "fr", "--output", str(file)], env=settings)
    assert told.exit_code == 0, told.stderr
    assert "1 question, 100\u00a0% avec réponse" in told.stdout
    assert file.read_bytes().startswith(b"\x89PNG")
    as_json = runner.invoke(main, ["stats", "--json", "--days", "1"], env=settings)
    assert json.loads(as_json.stdout)["questions"] == 1
    changed = runner.invoke(main, ["audit"], env=settings)
    assert "4000001" in changed.stdout
    assert "Content read again: content" in changed.stdout
    entry = json.loads(runner.invoke(main, ["audit", "--json"], env=settings).stdout)
    assert (entry["admin"], entry["action"]) == (4_000_001, "reindex")
    wrong = runner.invoke(main, ["stats", "--language", "tlh"], env=settings)
    assert (wrong.exit_code, "this content speaks en, fr" in wrong.stderr) == (2, True)


async def written(data: Path) -> None:
    async with open_records(f"sqlite:///{data / 'records.db'}", SECRET) as records:
        now = datetime.now(UTC).timestamp()
        await records.counts.add(Asked("en", ChatKind.GROUP, True, ("cose",), seconds=0.1), now)
        await records.audit.record(4_000_001, "reindex", "content", now, "1 changed")


def with_records(services: Services, records: Any) -> Services:
    known = {name: getattr(services, name) for name in services.__dataclass_fields__}
    return Services(**{**known, "records": records})
