"""The loopback Telegram Bot API server the tests drive the real bot against; see `bot_api`."""

from __future__ import annotations

from bot_api.chats import Chat, Message, Query, User
from bot_api.markup import Button
from bot_api.people import Sent
from bot_api.server import TOKEN, BotApiServer
from bot_api.wire import ApiError, Call

__all__ = [
    "TOKEN",
    "ApiError",
    "BotApiServer",
    "Button",
    "Call",
    "Chat",
    "Message",
    "Query",
    "Sent",
    "User",
]
