"""What tests see: every call, the chats as people see them, and waiting for the bot."""

from __future__ import annotations

from collections.abc import Callable

from bot_api.chats import Chat, Message, Query, User
from bot_api.people import People, Sent
from bot_api.wire import Call

PATIENCE = 10.0


class Watching(People):
    """The tests' eyes. Times are in seconds; nothing in time raises AssertionError."""

    def __init__(self, token: str, username: str, first_name: str) -> None:
        super().__init__(token, username, first_name)
        self.calls: list[Call] = []
        self._handed_out: set[int] = set()

    def calls_to(self, method: str, chat: Chat | User | None = None) -> list[Call]:
        """Every call of a method so far, to one chat or to all."""
        return [call for call in self.calls if self._is(call, method, chat)]

    def _is(self, call: Call, method: str, chat: Chat | User | None) -> bool:
        here = chat is None or call.params.get("chat_id") in (chat.id, str(chat.id))
        return call.method == method and here and call.status != 0

    async def wait_for(
        self,
        method: str,
        chat: Chat | User | None = None,
        timeout: float = PATIENCE,
        where: Callable[[Call], bool] = lambda call: True,
    ) -> Call:
        """The next answered call like this that no wait_for has handed out yet."""

        def look() -> Call | None:
            for call in self.calls:
                is_new = id(call) not in self._handed_out
                if is_new and self._is(call, method, chat) and where(call):
                    return call
            return None

        call = await self.signal.until(look, timeout)
        assert call is not None, f"no {method} within {timeout} s; {self._recently()}"
        self._handed_out.add(id(call))
        return call

    async def wait_until(
        self, condition: Callable[[], bool], timeout: float = PATIENCE, what: str = "it"
    ) -> None:
        """Returns when `condition` holds; it is looked at after every call and update."""
        held = await self.signal.until(lambda: condition() or None, timeout)
        assert held, f"{what} did not happen within {timeout} s; {self._recently()}"

    async def answer_to(self, sent: Sent, timeout: float = PATIENCE) -> Message:
        """The first message of the bot in that chat and topic after `sent`."""

        def look() -> Message | None:
            for message in self.messages(sent.chat):
                is_later = message.message_id > sent.message.message_id
                is_here = message.thread_id == sent.message.thread_id
                if is_later and is_here and message.sender is self.bot:
                    return message
            return None

        message = await self.signal.until(look, timeout)
        words = sent.message.text
        assert message is not None, f"no answer to {words!r}; {self._recently()}"
        return message

    async def ask(
        self, user: User, text: str, *, chat: Chat | None = None, timeout: float = PATIENCE
    ) -> Message:
        """Sends a text, in the private chat unless told otherwise; the bot's next message."""
        return await self.answer_to(await self.send_text(chat or user, user, text), timeout)

    async def answered(self, query: Query, timeout: float = PATIENCE) -> Query:
        """The query once the bot has answered it: a press, an inline or a guest query."""
        done = await self.signal.until(lambda: query if query.answer is not None else None, timeout)
        assert done is not None, f"{query.text!r} was not answered; {self._recently()}"
        return done

    async def edited(self, message: Message, timeout: float = PATIENCE, after: int = 0) -> Message:
        """The message once it was edited more than `after` times."""
        await self.wait_until(lambda: message.edits > after, timeout, "an edit")
        return message

    def messages(self, chat: Chat | User) -> list[Message]:
        """The chat as a person sees it now: edited as they are, deleted ones gone."""
        return [one for one in self.chats[chat.id].messages.values() if not one.is_deleted]

    def unanswered(self) -> list[Query]:
        """Queries the bot has left without an answer: a person sees a spinner."""
        return [query for query in self.queries.values() if query.answer is None]

    async def idle(self, timeout: float = PATIENCE) -> None:
        """Returns when the bot has taken and confirmed every update."""
        await self.wait_until(lambda: not self.updates.pending, timeout, "taking every update")

    async def redeliver(self, sent: Sent, timeout: float = PATIENCE) -> None:
        """Gives the bot the same update once more, after it has confirmed the first time."""
        assert sent.update is not None, "it never reached the bot"
        await self.idle(timeout)
        await self.push_update(sent.update)

    def _recently(self) -> str:
        lately = [
            f"{call.method} {call.status or '…'} {call.description}".strip()
            for call in self.calls
            if call.method != "getUpdates"
        ]
        return f"last calls: {lately[-8:]}; complaints: {self.complaints[-3:]}"
