"""The token stands in no log, whoever writes it and however."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from bot_api_server import TOKEN, BotApiServer
from running_bot import started
from telegram.error import Conflict, NetworkError, TelegramError, TimedOut

from bot.logs import Repeats, _json_lines
from bot.telegram_chat.faults import in_words, place_of
from bot.telegram_chat.log_masking import MASK, Masking
from bot.telegram_chat.updates import addressed

SECRET = TOKEN.partition(":")[2]


@pytest.fixture
def log() -> Iterator[tuple[logging.Logger, io.StringIO]]:
    """A logger at debug level with a masked handler, and what it has written."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(Masking(TOKEN))
    logger = logging.Logger("httpx.anything", logging.DEBUG)
    logger.addHandler(handler)
    yield logger, written
    handler.close()


@pytest.fixture
async def server_of_logs() -> AsyncIterator[BotApiServer]:
    async with BotApiServer() as running:
        yield running


Log = tuple[logging.Logger, io.StringIO]


@pytest.mark.parametrize("level", [logging.DEBUG, logging.INFO, logging.ERROR])
def test_in_a_message_and_in_its_values(log: Log, level: int) -> None:
    logger, written = log
    logger.log(level, f"POST https://api.telegram.org/bot{TOKEN}/getMe")
    logger.log(level, "POST %s %r %(bad", TOKEN, {"url": f"/bot{TOKEN}/getMe"})
    logger.log(level, "secret %s", SECRET)
    logger.log(level, "quoted %s", TOKEN.replace(":", "%3A"))
    logger.log(level, "another bot's: 123456789:AAF-abcdefghijklmnopqrstuvwxyz01234")
    assert SECRET not in written.getvalue()
    assert "AAF-" not in written.getvalue()
    assert written.getvalue().count(MASK) >= 5


def test_in_a_traceback(log: Log) -> None:
    logger, written = log
    try:
        raise ValueError(f"The token `{TOKEN}` was rejected by the server.")
    except ValueError:
        logger.exception("it failed")
    assert "ValueError" in written.getvalue()
    assert SECRET not in written.getvalue()


def test_what_is_no_token_stays(log: Log) -> None:
    logger, written = log
    logger.info("at 12:30, 15 partners, https://a.org:8443/x")
    assert written.getvalue() == "at 12:30, 15 partners, https://a.org:8443/x\n"


def test_an_error_is_told_by_its_place_not_by_its_words() -> None:
    with pytest.raises(AttributeError) as caught:
        addressed(None, None)  # type: ignore[arg-type]
    assert re.fullmatch(r"updates\.py:\d+ in addressed", place_of(caught.value))


@pytest.mark.parametrize(
    ("error", "is_fetching", "words"),
    [
        (Conflict("terminated by other getUpdates request"), True, "another program"),
        (NetworkError("httpx.ConnectError"), True, "trying again"),
        (TimedOut(), False, "did not arrive"),
    ],
)
def test_telegrams_errors_are_told_in_words(
    error: TelegramError, is_fetching: bool, words: str
) -> None:
    assert words in in_words(error, is_fetching)


async def test_json_lines_for_programs(server_of_logs: BotApiServer, telegram_data: Path) -> None:
    running = started(server_of_logs, telegram_data, BOT_LOG_FORMAT="json", BOT_LOG_LEVEL="debug")
    async with running as bot:
        await bot.ready()
        server_of_logs.fail_next("sendMessage", 500, "Internal Server Error")
        await bot.asks(bot.newcomer(), "who deals with poverty?")
        assert await bot.stop() == 0
    lines = [json.loads(line) for line in bot.written.splitlines()]
    assert {"event", "level", "logger", "timestamp"} <= set(lines[0])
    assert any(line["event"].startswith("answering as") for line in lines)
    assert SECRET not in bot.written
    assert "poverty" not in bot.written


def test_a_traceback_in_json_has_no_token() -> None:
    handler = logging.StreamHandler(written := io.StringIO())
    handler.setFormatter(_json_lines())
    handler.addFilter(Masking(TOKEN))
    logger = logging.Logger("anything")
    logger.addHandler(handler)
    try:
        raise ValueError(f"The token `{TOKEN}` was rejected")
    except ValueError:
        logger.exception("it failed")
    line = json.loads(written.getvalue())
    assert "ValueError" in line["exception"]
    assert SECRET not in written.getvalue()


def test_an_outage_is_told_a_few_times_and_not_a_thousand() -> None:
    repeats = Repeats()
    records = [
        logging.LogRecord("bot", logging.WARNING, "", 1, "%s is away", (who,), None)
        for who in ["Telegram"] * 1000 + ["the database"]
    ]
    said = [record.getMessage() for record in records if repeats.filter(record)]
    assert said[:4] == ["Telegram is away"] * 4
    assert said[4:] == ["Telegram is away (said no more for a minute)", "the database is away"]
