"""From the JSON that Telegram brings to an update."""

import json
import logging
from datetime import UTC, datetime
from typing import Any, TypeVar

from telegram import Bot, Chat, Message, Update, User
from telegram.error import TelegramError

from bot.telegram_chat.plain_text import whole_letters

PLAIN = {"message_id", "from", "chat", "date", "text"}
"""What a message has that is words and nothing else."""

Told = TypeVar("Told", Message, Update)

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


class _OnlyWords(Message):
    """A message of words: whatever else there may be to a message is as in an empty one.

    The library sets a hundred attributes for each message, which takes half the time of reading it.
    """

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        return getattr(_EMPTY_MESSAGE, name)  # asked only for what is not set


class _OnlyMessage(Update):
    """An update that is a new message."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        return getattr(_EMPTY_UPDATE, name)


_EMPTY_MESSAGE = Message(0, datetime.fromtimestamp(0, UTC), Chat(0, Chat.PRIVATE))
_EMPTY_UPDATE = Update(0)


def _plain(data: dict[str, Any], bot: Bot) -> Update | None:
    """The update of a message of words alone, as most are, or None for any other.

    The library looks for a hundred other things in it, which takes seven times as long.
    """
    said = data.get("message")
    if len(data) != 2 or not isinstance(said, dict) or said.keys() != PLAIN:
        return None
    chat = Chat.de_json(said["chat"], bot)
    message = _with(
        _OnlyWords,
        message_id=said["message_id"],
        date=datetime.fromtimestamp(said["date"], UTC),
        chat=chat,
        from_user=User.de_json(said["from"], bot),
        text=said["text"],
        _id_attrs=(said["message_id"], chat),
        _bot=bot,
    )
    number = data["update_id"]
    return _with(_OnlyMessage, update_id=number, message=message, _id_attrs=(number,), _bot=bot)


def _with(kind: type[Told], **attributes: Any) -> Told:
    made = kind.__new__(kind)
    for name, value in attributes.items():
        object.__setattr__(made, name, value)  # the library's own is for what is not yet whole
    return made


def _whole(data: dict[str, Any]) -> dict[str, Any]:
    """The update without half letters, which nothing can store, and in which no place is told."""
    whole: dict[str, Any] = json.loads(whole_letters(json.dumps(data, ensure_ascii=False)))
    return whole
