"""From the JSON that Telegram brings to an update."""

import json
import logging
from collections.abc import Mapping
from typing import Any

from telegram import Bot, Update
from telegram.error import TelegramError

from bot.telegram_chat.plain_text import whole_letters

log = logging.getLogger(__name__)


def read_update(data: Mapping[str, Any], bot: Bot) -> Update:
    """The update; an empty one of the same number, where it cannot be read."""
    try:
        return Update.de_json(_whole(data), bot)
    except (AttributeError, KeyError, TypeError, ValueError, TelegramError) as error:
        # It would be brought again for ever, and nothing after it.
        log.error("an update could not be read and is passed over: %s", type(error).__name__)
        return Update(data["update_id"])


def _whole(data: Mapping[str, Any]) -> dict[str, Any]:
    """The update without half letters, which nothing can store, and in which no place is told."""
    whole: dict[str, Any] = json.loads(whole_letters(json.dumps(data, ensure_ascii=False)))
    return whole
