"""One message that is told in steps: first words soon, edited until the end is known."""

from telegram import Bot
from telegram.error import TelegramError

from bot.dialogue.messages import Reply
from bot.telegram_chat.remembered import Post
from bot.telegram_chat.sending import Spot, edit, send


class GrowingMessage:
    """What is said in one spot. Given the ``answer`` that stands there already, it edits that."""

    def __init__(self, bot: Bot, spot: Spot, answer: int | None = None) -> None:
        self._bot, self._spot, self._answer = bot, spot, answer

    async def tell(self, reply: Reply) -> None:
        """Shows how far it is; a word lost on the way does no harm."""
        try:
            await self.show(reply)
        except TelegramError:
            return

    async def show(self, reply: Reply) -> int | None:
        """Shows a reply in the one message; its id, or None when it reaches nobody."""
        if self._answer and await edit(self._bot, Post(self._spot.chat, self._answer), reply):
            return self._answer
        self._answer = await send(self._bot, self._spot, reply)
        return self._answer
