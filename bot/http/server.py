"""The bot's own HTTP server: is it alive, is it ready, its numbers, and the webhook's way in.

It imports no chat: what a chat tells, and where updates go, comes through ``Outside``.
"""

import asyncio
import contextlib
import logging
import socket
from collections.abc import Awaitable, Callable, Iterator
from math import isinf

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.doors import Outside
from bot.http.metrics import metrics_text
from bot.http.readiness import not_ready
from bot.http.webhook import taken_in
from bot.services import Services

GOODBYE = 30
"""Seconds for answers under way at the end."""

log = logging.getLogger(__name__)


class HttpError(Exception):
    """The server cannot listen; the message says where and what to do."""


class HttpServer:
    """Listens from the moment it is made; answers from ``begin`` to ``end``, in the same loop."""

    def __init__(self, services: Services, host: str, port: int) -> None:
        self._services, self._socket = services, _listening(host, port)
        self._task: asyncio.Task[None] | None = None
        self._server: _Server | None = None

    async def begin(self, outside: Outside) -> None:
        """Begins to answer."""
        logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
        config = uvicorn.Config(
            application(self._services, outside),
            loop="none",
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=GOODBYE,
        )
        self._server = _Server(config)
        self._task = asyncio.create_task(self._server.serve([self._socket]))
        host, port = self._socket.getsockname()[:2]
        log.info("health and metrics at http://%s:%s", f"[{host}]" if ":" in host else host, port)

    async def end(self) -> None:
        """Stops listening, and lets answers under way finish."""
        if self._task and self._server:
            self._server.should_exit = True
            await self._task
        self._socket.close()


class _Server(uvicorn.Server):
    """Leaves the signals to the chat, which knows what has to be finished first."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def application(services: Services, outside: Outside) -> Starlette:
    """The pages; everything else is not found."""

    async def healthz(_request: Request) -> Response:
        return PlainTextResponse("alive\n")

    async def readyz(_request: Request) -> Response:
        reasons = [*await not_ready(services)]
        if (silence := outside.silence()) > outside.patience:
            since = "yet" if isinf(silence) else f"for {silence:.0f} s"
            reasons.append(f"nothing heard from Telegram {since}")
        if reasons:
            return PlainTextResponse("".join(f"{reason}\n" for reason in reasons), 503)
        return PlainTextResponse("ready\n")

    async def metrics(_request: Request) -> Response:
        text, kind = await metrics_text(services, outside.silence())
        return Response(text, media_type=kind)

    pages: dict[str, Callable[[Request], Awaitable[Response]]]
    pages = {"/healthz": healthz, "/readyz": readyz, "/metrics": metrics}
    routes = [Route(path, page, methods=["GET"]) for path, page in pages.items()]
    if inlet := outside.inlet:

        async def webhook(request: Request) -> Response:
            return Response(status_code=await taken_in(request, inlet))

        routes.append(Route(inlet.path, webhook, methods=["POST"]))
    pages_and_webhook = Starlette(routes=routes)
    # A redirect would tell strangers that they are nearly right.
    pages_and_webhook.router.redirect_slashes = False
    return pages_and_webhook


def _listening(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=512)
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise HttpError(
            f"nothing can listen at {host} port {port} ({why}): stop what listens there, or set"
            " BOT_HTTP_PORT (and BOT_HTTP_HOST) to another"
        ) from None
