"""The HTTP edge: http://127.0.0.1:PORT/bot<TOKEN>/<method> and the files."""

from __future__ import annotations

import asyncio
import json
import socket
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from bot_api.faults import Fault, FaultOrders, Faults
from bot_api.foreign import request_findings, response_findings, update_findings
from bot_api.methods import METHODS
from bot_api.parameters import decode, find_method
from bot_api.slow_answers import slowly
from bot_api.watching import Watching
from bot_api.wire import ApiError, Call, Json, Upload, bad_request

TOKEN = "7000000001:AAH-loopback-tests-only_0123456789abcd"
MAX_UPLOAD = 50 * 1024 * 1024


class BotApiServer(Watching, FaultOrders):
    """A Bot API server on a free loopback port, living in the tests' own event loop.

    `async with BotApiServer() as server:` and point the bot at `base_url` and `base_file_url`.
    """

    def __init__(
        self,
        token: str = TOKEN,
        *,
        username: str = "partner_test_bot",
        first_name: str = "Partner Bot",
    ) -> None:
        super().__init__(token, username, first_name)
        self.faults = Faults()
        self.port = 0
        self._runner: web.AppRunner | None = None
        self.updates.on_post = lambda update: self.complaints.extend(update_findings(update))
        self.updates.on_reply = self._do_webhook_reply

    @property
    def base_url(self) -> str:
        """python-telegram-bot's `base_url`: the token comes right after it."""
        return f"http://127.0.0.1:{self.port}/bot"

    @property
    def base_file_url(self) -> str:
        """python-telegram-bot's `base_file_url`."""
        return f"http://127.0.0.1:{self.port}/file/bot"

    async def __aenter__(self) -> Self:
        await self.come_back()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.go_offline()

    async def come_back(self) -> None:
        """Listens, on the same port as before if there was one."""
        app = web.Application(client_max_size=MAX_UPLOAD)
        app.router.add_route("*", "/bot{token}/{method}", self._answer)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self.port))
        self.port = listener.getsockname()[1]
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
        await self._runner.setup()
        await web.SockSite(self._runner, listener).start()
        self.updates.open()

    async def go_offline(self) -> None:
        """Refuses connections and breaks the open ones; what is known stays known."""
        runner, self._runner = self._runner, None
        if runner is not None and runner.server is not None:
            for connection in runner.server.connections:
                if connection.transport is not None:
                    connection.transport.abort()
        self.updates.close()
        if runner is not None:
            await runner.cleanup()

    def conflict(self, times: int = 1) -> None:
        """Another instance of the bot polls: the next `times` polls end with 409."""
        self.updates.conflict(times)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        name = find_method(request.match_info["method"])
        call = Call(name or request.match_info["method"], {})
        self.calls.append(call)
        faults = self.faults.take(call.method)
        for fault in faults:
            await asyncio.sleep(fault.seconds)
        others = [fault for fault in faults if not fault.seconds]
        try:
            return await self._answer_with(request, call, others[0] if others else None)
        finally:
            self.signal.notify()

    async def _answer_with(
        self, request: web.Request, call: Call, fault: Fault | None
    ) -> web.StreamResponse:
        body: Json
        try:
            if request.match_info["token"] != self.token:
                raise ApiError(401, "Unauthorized")
            raw = await read_parameters(request, call)
            self.complaints += request_findings(call.method, raw)
            if fault is not None and not fault.after_doing:
                call.params = raw
                if fault.error is None:
                    await asyncio.sleep(fault.lasting)
                    return self._break(request, call, fault)
                raise fault.error
            body = {"ok": True, "result": await self._do(call, raw)}
        except ApiError as error:
            call.status, call.description, body = error.status, error.description, error.json()
        self.complaints += response_findings(call.method, body)
        if fault is not None and fault.drops:
            return self._break(request, call, fault)
        if fault is not None and fault.way:
            return await slowly(request, call.status, json.dumps(body).encode(), fault)
        return web.json_response(body, status=call.status)

    async def _do(self, call: Call, raw: Json) -> Any:
        """Does what a call asks for and notes how it ended."""
        if call.method not in METHODS:
            self.complain(f"unknown method {call.method}")
            raise ApiError(404, "Not Found: method not found")
        call.params = raw
        call.params = decode(call.method, raw, self.complain)
        call.result = await METHODS[call.method](self, call)
        call.status = 200
        return call.result

    def _break(self, request: web.Request, call: Call, fault: Fault) -> web.StreamResponse:
        if fault.raw is not None:
            call.status, text = fault.raw
            return web.Response(status=call.status, text=text, content_type="text/html")
        call.status = call.status or 599
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=500)

    async def _do_webhook_reply(self, body: Json) -> None:
        """A method the bot put into its answer to the webhook's post."""
        raw = {name: value for name, value in body.items() if name != "method"}
        call = Call(find_method(str(body["method"])) or str(body["method"]), raw)
        self.calls.append(call)
        self.complaints += request_findings(call.method, raw)
        try:
            await self._do(call, raw)
        except ApiError as error:
            call.status, call.description = error.status, error.description
            self.complain(f"answer to the webhook: {error.description}")
        self.signal.notify()

    async def _download(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.token:
            return web.json_response(ApiError(401, "Unauthorized").json(), status=401)
        for file in self.files.values():
            if file.path == request.match_info["path"]:
                return web.Response(body=file.content, content_type="application/octet-stream")
        return web.json_response(ApiError(404, "Not Found").json(), status=404)


async def read_parameters(request: web.Request, call: Call) -> Json:
    """Parameters from the query string, and JSON, a form or multipart; files go to the call."""
    raw: Json = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = json.loads(await request.text() or "{}")
        except ValueError:
            raise bad_request("can't parse JSON object") from None
        if not isinstance(body, dict):
            raise bad_request("object expected as the request body")
        return {**raw, **body}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            upload = Upload(value.filename, value.content_type or "", value.file.read())
            call.files[name] = upload
        else:
            raw[name] = value
    return without_attachments(raw, call)


def without_attachments(raw: Json, call: Call) -> Json:
    """Names each uploaded file's parameter, unless it is sent as attach://name, perhaps in JSON."""
    said = "\n".join(value for value in raw.values() if isinstance(value, str))
    for name in call.files:
        if f"attach://{name}" not in said:
            raw.setdefault(name, f"attach://{name}")
    return raw
