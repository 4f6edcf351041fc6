"""Buttons under messages sent from the inline list: they edit them in place, wherever they are."""

import asyncio
import logging
import re
from collections.abc import Iterable
from dataclasses import replace

from telegram import Bot, CallbackQuery, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden
from telegram.ext import ContextTypes

from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Button, Incoming, Kind, Reply
from bot.services import Services
from bot.telegram_chat.rendering import rendered
from bot.telegram_chat.sending import acknowledge, persistent

FROM_INLINE = re.compile(r"in:([A-Za-z-]{2,12}):((?:card|topic|people|link):.+)", re.DOTALL)
"""The action of such a button: the message's language, and what it asks for."""

ANYWHERE = ("card:", "topic:", "people:", "link:")
"""What can be asked for without knowing who asks or what was said before."""

log = logging.getLogger(__name__)


class InlinePresses:
    """Answers buttons under messages that the bot cannot see; it keeps nothing of them."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def on_press(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Somebody pressed one; whoever it was, it shows more of the same, in its own language."""
        query = update.callback_query
        pressed = FROM_INLINE.match(query.data or "") if query else None
        if query is None or pressed is None or query.inline_message_id is None:
            if query:
                await acknowledge(query, self._say("telegram_old_button", query))
            return
        language, action = pressed.groups()
        incoming = Incoming("", chosen_language=language)
        reply, _ = await self._services.dialogue.press(action, incoming, Conversation())
        if reply.kind is Kind.ERROR:
            await acknowledge(query, reply.text[:200])
            return
        shown = edited(context.bot, query.inline_message_id, replaced_buttons(reply))
        await asyncio.gather(acknowledge(query), shown)

    def _say(self, key: str, query: CallbackQuery) -> str:
        incoming = Incoming("", client_language=query.from_user.language_code)
        language = self._services.dialogue.language_of(incoming, Conversation())
        return self._services.texts.say(key, language)


def replaced_buttons(reply: Reply) -> Reply:
    """The reply with those of its buttons that work in any chat, for anybody."""
    rows = tuple(tuple(anywhere(row, reply.language)) for row in reply.buttons)
    return replace(reply, buttons=tuple(row for row in rows if row))


def anywhere(buttons: Iterable[Button], language: str) -> Iterable[Button]:
    """Buttons as they work under a message sent from the inline list; the others are left out."""
    for button in buttons:
        if button.action is None:
            yield button
        elif button.action.startswith(ANYWHERE):
            yield button._replace(action=f"in:{language}:{button.action}")


async def edited(bot: Bot, message: str, reply: Reply) -> None:
    """A reply in place of a message sent from the inline list."""
    shown = rendered(reply)
    try:
        await persistent(
            lambda: bot.edit_message_text(
                shown.html,
                inline_message_id=message,
                parse_mode=ParseMode.HTML,
                reply_markup=shown.buttons,
                link_preview_options=shown.preview,
            )
        )
    except (BadRequest, Forbidden) as error:
        # Not modified, or deleted meanwhile.
        log.debug("an inline message stays as it is: %s", error)
