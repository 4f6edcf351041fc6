"""Nobody's words forge a line of the log, nor command the terminal that shows it."""

from __future__ import annotations

import json
import logging

import hostile
import pytest
from running_bot import RunningBot, buttons

from bot.logs import TEXT, Lines, _json_lines

DANGEROUS = set("\x00\x07\x08\r\x1b\x7f\x9b\x85\u2028\u202e\u2066\ud800")


def line(message: str) -> str:
    record = logging.LogRecord("bot", logging.INFO, "", 0, "said: %s", (message,), None)
    return Lines(TEXT).format(record)


@pytest.mark.parametrize("text", hostile.ALL)
def test_lines_for_people(text: str) -> None:
    first, *further = line(text).split("\n")
    assert " INFO said: " in first
    assert all(more.startswith("    ") for more in further)
    assert not DANGEROUS & set(line(text))
    line(text).encode()


def test_what_is_harmless_stays() -> None:
    assert line("é 😀 “x” 100 %").endswith("said: é 😀 “x” 100 %")


def test_lines_for_programs() -> None:
    told = _json_lines()
    for text in hostile.ALL:
        record = logging.LogRecord("bot", logging.INFO, "", 0, "said: %s", (text,), None)
        line = told.format(record)
        assert json.loads(line)["event"] == f"said: {text}"
        assert not DANGEROUS & set(line)


@pytest.mark.asyncio(loop_scope="module")
async def test_an_admins_files_and_buttons_forge_nothing(bot: RunningBot) -> None:
    """File names, words behind commands, callback data: whatever an admin's client sends."""
    admin = bot.admin()
    help_ = await bot.asks(admin, "/help")
    assert buttons(help_)
    written = len(bot.written)
    for text in map(hostile.whole, (*hostile.TERMINALS, *hostile.PATHS, *hostile.TEMPLATES)):
        if not text.strip():
            continue
        file = await bot.server.send_document(admin, admin, f"{text}.yaml", b"name: [")
        await bot.server.answer_to(file)
        for command in ("upload apply", "misses of", "new skip", "audit", "stats", "reindex"):
            assert (await bot.asks(admin, f"/{command} {text}")).text
    await bot.server.idle()
    lines = bot.written[written:].split("\n")
    assert not [line for line in lines if "forged" in line and not line.startswith("    ")]
    assert not DANGEROUS & set(bot.written)
    assert "Traceback" not in bot.written
    assert " ERROR " not in bot.written
