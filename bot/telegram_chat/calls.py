"""Calls whose parameters are JSON already: to make the library's objects takes longer than to send.

Errors, waits and limits are those of the library's own calls (docs/decisions/0012-ways-out.md).
"""

import json
from collections.abc import Mapping
from typing import Any, cast

from telegram import Bot
from telegram.error import NetworkError
from telegram.ext import ExtBot
from telegram.request import RequestData


class Parameters:
    """What requests ask of the library's ``RequestData``, for parameters without files."""

    contains_files = False
    multipart_data: Mapping[str, Any] = {}

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    @property
    def json_parameters(self) -> dict[str, str]:
        """The fields of a form."""
        return {n: v if isinstance(v, str) else json.dumps(v) for n, v in self._values.items()}

    @property
    def json_payload(self) -> bytes:
        """The body of the call."""
        return json.dumps(self._values).encode()


async def call(bot: Bot, method: str, parameters: Mapping[str, Any]) -> Any:
    """What a method of the Bot API gives, as JSON; parameters that are None are left out.

    What is neither text nor a number is JSON within the JSON, as the Bot API has it.

    Raises:
        TelegramError: as of the library's own methods.
    """
    values = {name: value for name, value in parameters.items() if value is not None}
    data = cast(RequestData, Parameters(values))

    async def posted() -> Any:
        return await bot.request.post(f"{bot.base_url}/{method}", data)

    limiter = bot.rate_limiter if isinstance(bot, ExtBot) else None
    if limiter is None:
        return await posted()
    return await limiter.process_request(posted, (), {}, method, values, None)


async def sent_message(bot: Bot, method: str, parameters: Mapping[str, Any]) -> int:
    """The id of the message that a call has sent.

    Raises:
        TelegramError: as of the library's own methods.
    """
    sent = await call(bot, method, parameters)
    if not isinstance(sent, dict) or not isinstance(sent.get("message_id"), int):
        raise NetworkError("something else than Telegram answered")
    return cast(int, sent["message_id"])
