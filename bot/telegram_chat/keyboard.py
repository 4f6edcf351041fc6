"""Buttons under a message: only those that Telegram takes and that lead where people may go."""

import json
from collections.abc import Iterable
from functools import lru_cache

from bot.dialogue.messages import Button
from bot.telegram_chat.plain_text import clean, first_units, is_web, units

DATA, COPIED, QUERY = 64, 256, 256
"""The most that buttons take: bytes of an action, characters to copy, characters to share."""

ROWS, IN_A_ROW = 12, 8

KEPT = 5_000
"""Buttons remembered; the same stand under many answers."""


def keyboard(rows: Iterable[Iterable[Button]]) -> str | None:
    """The JSON of an ``InlineKeyboardMarkup``: the buttons Telegram would take, and no others."""
    kept = [[made for button in row if (made := _button(button))][:IN_A_ROW] for row in rows]
    full = [f"[{','.join(row)}]" for row in kept if row][:ROWS]
    return f'{{"inline_keyboard":[{",".join(full)}]}}' if full else None


@lru_cache(KEPT)
def _button(button: Button) -> str | None:
    made = _made(button)
    return json.dumps(made) if made else None


def _made(button: Button) -> dict[str, object] | None:
    label = clean(button.label).strip()
    if not label:
        return None
    if button.action and len(button.action.encode()) <= DATA:
        return {"text": label, "callback_data": button.action}
    if button.url and is_web(button.url):
        return {"text": label, "url": button.url}
    if button.copy and units(button.copy) <= COPIED:
        return {"text": label, "copy_text": {"text": button.copy}}
    if button.share is not None:
        chats = {
            "query": first_units(button.share, QUERY),
            "allow_user_chats": True,
            "allow_group_chats": True,
            "allow_channel_chats": True,
        }
        return {"text": label, "switch_inline_query_chosen_chat": chats}
    return None
