"""Answers of Telegram's, whole and in time; a proxy's page, or a trickle, is a failed network."""

import asyncio
import json
from typing import Any

from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, HTTPXRequest

from bot.telegram_chat.in_flight import InFlight

LONGEST = 90.0
"""Seconds for a whole call: one that drips in would hold up everything behind it."""


OF_MESSAGES = ("message_id", "date", "chat")
"""What the library cannot do without in a message."""


class Answer(dict[str, Any]):
    """What Telegram answered; asked for what it lacks, it is no answer of Telegram's."""

    def __missing__(self, key: str) -> Any:
        raise NetworkError("something else than Telegram answered")


class WholeAnswers(BaseRequest):
    """To be mixed into a request."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> Answer:
        """The answer; the library would write a broken one, with people's words, into the log."""
        try:
            parsed = json.loads(payload.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            return Answer()
        return Answer(parsed) if isinstance(parsed, dict) else Answer()

    async def do_request(self, *args: Any, **options: Any) -> tuple[int, bytes]:
        """The status and the body.

        Raises:
            TimedOut: it is not there, or not whole, in time.
            NetworkError: the connection failed.
        """
        try:
            async with asyncio.timeout(LONGEST):
                return await super().do_request(*args, **options)  # type: ignore[safe-super]
        except TimeoutError as error:
            raise TimedOut("no whole answer in time") from error


class WholeFetching(WholeAnswers, HTTPXRequest):
    """For fetching updates."""


class WholeSending(WholeAnswers, InFlight):
    """For all other calls."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> Answer:
        """The answer; of a message, which tells the bot what it has just said, only the number."""
        answer = WholeAnswers.parse_json_payload(payload)
        result = answer.get("result")
        if isinstance(result, dict) and "message_id" in result:
            # Reading its words, buttons and question anew took half the time of a call.
            answer["result"] = {key: result[key] for key in OF_MESSAGES if key in result}
        return answer
