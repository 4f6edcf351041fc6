"""👍, 👎 and 🗑 under an answer: one vote an answer, thanked for in their place."""

import logging
from dataclasses import replace

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MaybeInaccessibleMessage,
    Message,
)
from telegram.error import BadRequest, Forbidden

from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Button, Reply
from bot.services import Services
from bot.telegram_chat.recorder import Recorder, is_answer
from bot.telegram_chat.remembered import Post, Store
from bot.telegram_chat.sending import persistent
from bot.telegram_chat.updates import chat_kind

UP, DOWN, DELETE, THANKED = "up", "down", "delete", "thanked"

log = logging.getLogger(__name__)


class Thumbs:
    """Puts the buttons under answers, and takes the votes."""

    def __init__(self, services: Services, store: Store, recorder: Recorder) -> None:
        self._services, self._store, self._recorder = services, store, recorder

    def under(
        self, reply: Reply, after: Conversation, in_group: bool, is_voted: bool = False
    ) -> Reply:
        """The reply with its thumbs, or with thanks, and in groups with a button to delete it."""
        row: list[Button] = []
        if is_answer(reply, after):
            row += [self._thanks(reply.language)] if is_voted else thumbs()
        if in_group:
            row.append(Button("🗑", action=DELETE))
        if not row:
            return reply
        return replace(reply, buttons=joined(reply.buttons, row))

    async def record(self, up: bool, message: MaybeInaccessibleMessage, language: str) -> None:
        """Records a thumb."""
        post = Post(message.chat.id, message.message_id)
        known = await self._store.answered_by(post, 0)
        about = replace(known.after, language=known.after.language or language) if known else None
        await self._recorder.thumb(up, about, chat_kind(message.chat))

    async def thank(self, bot: Bot, message: MaybeInaccessibleMessage, language: str) -> None:
        """The thanks take the place of the thumbs."""
        if not isinstance(message, Message) or message.reply_markup is None:
            return
        label = self._thanks(language).label
        markup = thanked(message.reply_markup, label)
        try:
            await persistent(
                lambda: bot.edit_message_reply_markup(
                    message.chat.id, message.message_id, reply_markup=markup
                )
            )
        except (BadRequest, Forbidden) as error:
            log.info("thanks reached nobody: %s", error)

    def _thanks(self, language: str) -> Button:
        return Button(self._services.texts.say("telegram_thanks", language), action=THANKED)


def thumbs() -> list[Button]:
    """The two thumbs."""
    return [Button("👍", action=UP), Button("👎", action=DOWN)]


def joined(
    rows: tuple[tuple[Button, ...], ...], row: list[Button]
) -> tuple[tuple[Button, ...], ...]:
    """The buttons of a row put behind "Why?" where it stands alone, or under all others."""
    if rows and [button.action for button in rows[-1]] == ["why"]:
        return (*rows[:-1], (*rows[-1], *row))
    return (*rows, tuple(row))


def thanked(markup: InlineKeyboardMarkup, label: str) -> InlineKeyboardMarkup:
    """The same buttons, the thumbs replaced by thanks."""
    thanks = InlineKeyboardButton(label, callback_data=THANKED)
    rows: list[list[InlineKeyboardButton]] = []
    for row in markup.inline_keyboard:
        kept = [button for button in row if button.callback_data not in (UP, DOWN)]
        if len(kept) < len(row):
            place = next(n for n, b in enumerate(row) if b.callback_data in (UP, DOWN))
            kept.insert(place, thanks)
        rows.append(kept)
    return InlineKeyboardMarkup(rows)
