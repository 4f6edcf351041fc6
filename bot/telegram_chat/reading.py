"""From the JSON that Telegram brings to an update."""

import json
import logging
from typing import Any

from telegram import Bot, Update
from telegram.error import TelegramError

from bot.telegram_chat.plain_text import whole_letters

log = logging.getLogger(__name__)

_compact = json.JSONEncoder(separators=(",", ":")).encode


def written(update: Any) -> str:
    """An update as JSON, in ASCII."""
    return _compact(update)


def read_update(payload: str, bot: Bot) -> Update:
    """What ``written`` gave, read; an empty update of its number, where it is none."""
    data: dict[str, Any] = json.loads(payload)
    try:
        return Update.de_json(_whole(data) if "\\ud" in payload else data, bot)
    except (AttributeError, KeyError, TypeError, ValueError, TelegramError) as error:
        # It would be brought again for ever, and nothing after it.
        log.error("an update could not be read and is passed over: %s", type(error).__name__)
        return Update(data["update_id"])


def _whole(data: dict[str, Any]) -> dict[str, Any]:
    """The update without half letters, which nothing can store, and in which no place is told."""
    whole: dict[str, Any] = json.loads(whole_letters(json.dumps(data, ensure_ascii=False)))
    return whole
