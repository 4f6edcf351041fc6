"""One message that is told in steps: first words soon, edited until the end is known."""

from telegram import Bot
from telegram.error import TelegramError

from bot.dialogue.messages import Reply
from bot.telegram_chat.remembered import Post
from bot.telegram_chat.sending import edit, send
from bot.telegram_chat.updates import Heard


class GrowingMessage:
    """The answer to something heard. Given the ``answer`` to an earlier wording, it edits that."""

    def __init__(self, bot: Bot, heard: Heard, answer: int | None = None) -> None:
        self._bot, self._heard, self._answer = bot, heard, answer

    async def tell(self, reply: Reply) -> None:
        """Shows how far it is; a word lost on the way does no harm."""
        try:
            await self.show(reply)
        except TelegramError:
            return

    async def show(self, reply: Reply) -> int | None:
        """Shows a reply in the one message; its id, or None when it reaches nobody."""
        chat = self._heard.place.chat
        if self._answer and await edit(self._bot, Post(chat, self._answer), reply):
            return self._answer
        answers = self._heard.answers if self._heard.in_group else None
        sent = await send(self._bot, chat, reply, answers, self._heard.thread)
        self._answer = sent.message_id if sent else None
        return self._answer
