"""Buttons under a message: only those that Telegram takes and that lead where people may go."""

from collections.abc import Iterable

from telegram import (
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    SwitchInlineQueryChosenChat,
)

from bot.dialogue.messages import Button
from bot.telegram_chat.plain_text import clean, first_units, is_web, units

DATA, COPIED, QUERY = 64, 256, 256
"""The most that buttons take: bytes of an action, characters to copy, characters to share."""

ROWS, IN_A_ROW = 12, 8


def keyboard(rows: Iterable[Iterable[Button]]) -> InlineKeyboardMarkup | None:
    """The buttons Telegram would take; one that it would refuse is left out."""
    kept = [[made for button in row if (made := _button(button))][:IN_A_ROW] for row in rows]
    full = [row for row in kept if row][:ROWS]
    return InlineKeyboardMarkup(full) if full else None


def _button(button: Button) -> InlineKeyboardButton | None:
    label = clean(button.label).strip()
    if not label:
        return None
    if button.action and len(button.action.encode()) <= DATA:
        return InlineKeyboardButton(label, callback_data=button.action)
    if button.url and is_web(button.url):
        return InlineKeyboardButton(label, url=button.url)
    if button.copy and units(button.copy) <= COPIED:
        return InlineKeyboardButton(label, copy_text=CopyTextButton(button.copy))
    if button.share is not None:
        chats = SwitchInlineQueryChosenChat(
            first_units(button.share, QUERY),
            allow_user_chats=True,
            allow_group_chats=True,
            allow_channel_chats=True,
        )
        return InlineKeyboardButton(label, switch_inline_query_chosen_chat=chats)
    return None
