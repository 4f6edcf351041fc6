"""What the tests of our own Bot API server share: the server, the library's `Bot`, a person.

The fixtures are not in `conftest`, whose ``bot`` is a running one: a test file names those it uses.
Raw requests are for where `telegram.Bot` is too good.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from bot_api_server import TOKEN, BotApiServer, User
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, TelegramError


@pytest.fixture
async def server() -> AsyncIterator[BotApiServer]:
    """A server of the test's own, which may complain."""
    async with BotApiServer() as running:
        yield running


@pytest.fixture
async def bot(server: BotApiServer) -> AsyncIterator[Bot]:
    """The library's client of that server."""
    client = Bot(TOKEN, base_url=server.base_url, base_file_url=server.base_file_url)
    async with client:
        yield client


@pytest.fixture
def ana(server: BotApiServer) -> User:
    """Somebody who has started the bot."""
    user = server.new_user("Ana", language_code="fr", username="ana_p")
    server.start(user)
    return user


async def raw(server: BotApiServer, method: str, **params: Any) -> tuple[int, dict[str, Any]]:
    """A JSON request past python-telegram-bot."""
    url = f"{server.base_url}{TOKEN}/{method}"
    async with aiohttp.ClientSession() as session, session.post(url, json=params) as answer:
        return answer.status, await answer.json()


def refused(words: str, kind: type[TelegramError] = BadRequest) -> Any:
    """Expects a refusal with these words; python-telegram-bot changes their capital letters."""
    return pytest.raises(kind, match=f"(?i){re.escape(words)}")


def one_button(**action: Any) -> InlineKeyboardMarkup:
    """A keyboard of one button with this action."""
    return InlineKeyboardMarkup([[InlineKeyboardButton("Go", **action)]])
