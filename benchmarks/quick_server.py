"""Our Bot API server without its looks at every call: fast enough not to be what is measured."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from aiohttp import web
from bot_api.server import read_parameters
from bot_api.wire import ApiError, Call
from bot_api_server import BotApiServer, User


class QuickServer(BotApiServer):
    """Counts answers and times them; everything else is as in the tests."""

    def __init__(self) -> None:
        super().__init__()
        self.updates.on_post = None
        self.asked_at: dict[int, float] = {}
        self.answers_at: dict[int, float] = {}
        self.delay_of_sending = 0.0
        self._message = 10_000_000
        self._bot = {"id": int(self.token.partition(":")[0]), "is_bot": True, "first_name": "B"}

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        if method.lower() != "sendmessage":
            return await self._ordinary(request, method)
        raw = await read_parameters(request, Call(method, {}))
        if self.delay_of_sending:
            await asyncio.sleep(self.delay_of_sending)
        chat = int(raw["chat_id"])
        self.answers_at.setdefault(chat, time.perf_counter())
        self._message += 1
        sent = {
            "message_id": self._message,
            "date": int(time.time()),
            "chat": {"id": chat, "type": "private", "first_name": "P"},
            "from": self._bot,
            "text": raw["text"],
        }
        return web.json_response({"ok": True, "result": sent})

    async def _ordinary(self, request: web.Request, method: str) -> web.StreamResponse:
        call = Call(method, {})
        try:
            body: dict[str, Any] = {
                "ok": True,
                "result": await self._do(call, await read_parameters(request, call)),
            }
        except ApiError as error:
            return web.json_response(error.json(), status=error.status)
        return web.json_response(body)

    def put(self, person: User, text: str) -> None:
        """One person's one question, among the updates."""
        chat = {"id": person.id, "type": "private", "first_name": person.first_name}
        message = {
            "message_id": 1,
            "date": int(time.time()),
            "chat": chat,
            "from": {"id": person.id, "is_bot": False, "first_name": "P", "language_code": "en"},
            "text": text,
        }
        self.asked_at[person.id] = time.perf_counter()
        self.updates.pending.append({"update_id": self.updates.next_id, "message": message})
        self.updates.next_id += 1

    def wake(self) -> None:
        """Polls that wait look again."""
        self.updates.signal.notify()

    async def until_answered(self, people: list[User], timeout: float) -> None:
        """Returns when everybody has an answer."""
        async with asyncio.timeout(timeout):
            while any(p.id not in self.answers_at for p in reversed(people)):
                await asyncio.sleep(0.002)
