"""Our Bot API server without its looks at every call: fast enough not to be what is measured."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

from aiohttp import ClientError, ClientSession, TCPConnector, web
from bot_api.server import read_parameters
from bot_api.updates import Webhook
from bot_api.wire import ApiError, Call
from bot_api_server import BotApiServer, User

QUICK = {"sendmessage", "editmessagetext", "answerinlinequery", "answercallbackquery"}


class QuickServer(BotApiServer):
    """Notes when who is answered; everything else is as in the tests."""

    def __init__(self) -> None:
        super().__init__()
        self.updates.on_post = None
        self.asked_at: dict[int, float] = {}
        self.answers_at: dict[int, float] = {}
        self.delay_of_sending = 0.0
        self._message = 10_000_000
        self._me = {"id": int(self.token.partition(":")[0]), "is_bot": True, "first_name": "B"}
        self._awaited: dict[str, asyncio.Event] = {}
        self._posting: ClientSession | None = None
        self._posts: set[asyncio.Task[None]] = set()
        self._shown: dict[int, tuple[dict[str, Any], str]] = {}

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        if method.lower() not in QUICK:
            return await self._ordinary(request, method)
        raw = await read_parameters(request, Call(method, {}))
        if self.delay_of_sending:
            await asyncio.sleep(self.delay_of_sending)
        return web.json_response({"ok": True, "result": self._taken(raw)})

    def _taken(self, raw: dict[str, Any]) -> Any:
        if "chat_id" not in raw:
            self._tell(str(raw.get("inline_query_id", raw.get("callback_query_id"))))
            return True
        chat = int(raw["chat_id"])
        self.answers_at.setdefault(chat, time.perf_counter())
        self._message += 1
        sent = {
            "message_id": int(raw.get("message_id", self._message)),
            "date": int(time.time()),
            "chat": {"id": chat, "type": "private", "first_name": "P"},
            "from": self._me,
            "text": raw["text"],
        }
        rows = json.loads(raw.get("reply_markup", "{}")).get("inline_keyboard", [])
        pressed = [b["callback_data"] for row in rows for b in row if "callback_data" in b]
        if pressed:
            self._shown[chat] = sent, pressed[0]
        self._tell(f"chat {chat}")
        return sent

    async def _ordinary(self, request: web.Request, method: str) -> web.StreamResponse:
        call = Call(method, {})
        try:
            result = await self._do(call, await read_parameters(request, call))
        except ApiError as error:
            return web.json_response(error.json(), status=error.status)
        return web.json_response({"ok": True, "result": result})

    def put(self, person: User, text: str) -> None:
        """A question among the updates; ``wake`` lets the bot have them."""
        self.asked_at[person.id] = time.perf_counter()
        self._message += 1
        chat = {"id": person.id, "type": "private", "first_name": "P"}
        message = {"message_id": self._message, "date": int(time.time()), "chat": chat}
        self._put({"message": {**message, "from": who(person), "text": text}})

    def put_awaited(self, person: User, text: str) -> asyncio.Event:
        """A question for the bot now; set when it is answered."""
        self.put(person, text)
        return self._await(f"chat {person.id}")

    def put_inline(self, person: User, text: str) -> asyncio.Event:
        """An inline query; set when it is answered."""
        number = str(self.updates.next_id)
        query = {"id": number, "from": who(person), "query": text, "offset": ""}
        self._put({"inline_query": query})
        return self._await(number)

    def put_press(self, person: User, button: tuple[dict[str, Any], str]) -> asyncio.Event:
        """A pressed button; set when the press is acknowledged."""
        number, (message, data) = str(self.updates.next_id), button
        query = {"id": number, "from": who(person), "message": message, "data": data}
        self._put({"callback_query": {**query, "chat_instance": "1"}})
        return self._await(number)

    def last_button(self, person: User) -> tuple[dict[str, Any], str] | None:
        """The first button under the last message to somebody, if there was one."""
        return self._shown.get(person.id)

    def wake(self) -> None:
        """Polls that wait look again; where a webhook is set, what waits is posted."""
        self.updates.signal.notify()
        if self.updates.webhook:
            waiting, self.updates.pending = self.updates.pending, []
            for update in waiting:
                task = asyncio.create_task(self._post(self.updates.webhook, update))
                self._posts.add(task)
                task.add_done_callback(self._posts.discard)

    async def _post(self, webhook: Webhook, update: dict[str, Any]) -> None:
        if self._posting is None:
            connector = TCPConnector(limit=webhook.max_connections)
            self._posting = ClientSession(connector=connector)
        headers = {"X-Telegram-Bot-Api-Secret-Token": webhook.secret}
        while True:
            try:
                async with self._posting.post(webhook.url, json=update, headers=headers) as answer:
                    answer.raise_for_status()
                    if answer.content_type == "application/json" and (said := await answer.read()):
                        self._said(json.loads(said))
                    return
            except ClientError:
                await asyncio.sleep(0.02)  # it may not listen yet

    def _said(self, call: object) -> None:
        """A method in the answer to the post itself."""
        if isinstance(call, dict) and str(call.get("method", "")).lower() in QUICK:
            self._taken(call)

    async def __aexit__(self, *error: Any) -> None:
        if self._posting:
            await self._posting.close()
        await super().__aexit__(*error)

    async def until_answered(self, people: list[User], timeout: float) -> None:
        """Returns when everybody has an answer."""
        async with asyncio.timeout(timeout):
            while any(p.id not in self.answers_at for p in reversed(people)):
                await asyncio.sleep(0.002)

    def _put(self, update: dict[str, Any]) -> None:
        self.updates.pending.append({"update_id": self.updates.next_id, **update})
        self.updates.next_id += 1

    def _await(self, what: str) -> asyncio.Event:
        self.wake()
        return self._awaited.setdefault(what, asyncio.Event())

    def _tell(self, what: str) -> None:
        if event := self._awaited.pop(what, None):
            event.set()


def who(person: User) -> dict[str, Any]:
    """Somebody, as an update names them."""
    return {"id": person.id, "is_bot": False, "first_name": "P", "language_code": "en"}
