"""From the JSON that Telegram brings to an update."""

import json
import logging
from datetime import UTC, datetime
from typing import Any

from telegram import Bot, Chat, Message, Update, User
from telegram.error import TelegramError

from bot.telegram_chat.plain_text import whole_letters

PLAIN = {"message_id", "from", "chat", "date", "text"}
"""What a message has that is words and nothing else."""

log = logging.getLogger(__name__)

_compact = json.JSONEncoder(separators=(",", ":")).encode


def written(update: Any) -> str:
    """An update as JSON, in ASCII."""
    return _compact(update)


def read_update(payload: str, bot: Bot) -> Update:
    """What ``written`` gave, read; an empty update of its number, where it is none."""
    data: dict[str, Any] = json.loads(payload)
    try:
        whole = _whole(data) if "\\ud" in payload else data
        return _plain(whole, bot) or Update.de_json(whole, bot)
    except (AttributeError, KeyError, OverflowError, TypeError, ValueError, TelegramError) as error:
        # It would be brought again for ever, and nothing after it.
        log.error("an update could not be read and is passed over: %s", type(error).__name__)
        return Update(data["update_id"])


def _plain(data: dict[str, Any], bot: Bot) -> Update | None:
    """The update of a message of words alone, as most are, or None for any other.

    The library looks for a hundred other things in it, which takes three times as long.
    """
    said = data.get("message")
    if len(data) != 2 or not isinstance(said, dict) or said.keys() != PLAIN:
        return None
    message = Message(
        message_id=said["message_id"],
        date=datetime.fromtimestamp(said["date"], UTC),
        chat=Chat.de_json(said["chat"], bot),
        from_user=User.de_json(said["from"], bot),
        text=said["text"],
    )
    message.set_bot(bot)
    update = Update(data["update_id"], message=message)
    update.set_bot(bot)
    return update


def _whole(data: dict[str, Any]) -> dict[str, Any]:
    """The update without half letters, which nothing can store, and in which no place is told."""
    whole: dict[str, Any] = json.loads(whole_letters(json.dumps(data, ensure_ascii=False)))
    return whole
