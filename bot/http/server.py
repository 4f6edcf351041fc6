"""The bot's own HTTP server: is it alive, is it ready, its numbers, and the webhook's way in.

It imports no chat: what a chat tells, and where updates go, comes through ``Outside``.
"""

import logging
import socket
from collections.abc import Awaitable, Callable
from functools import wraps
from http import HTTPStatus
from math import isinf

from aiohttp import web

from bot.doors import Outside
from bot.http.metrics import metrics_text
from bot.http.readiness import not_ready
from bot.http.webhook import LARGEST, taken_in
from bot.services import Services

GOODBYE = 30.0
"""Seconds for answers under way at the end."""

KEPT_OPEN = 75.0
"""Seconds that a connection is kept without use, as common proxies do; aiohttp keeps it an hour."""

BACKLOG = 512
"""Connections that may wait to be taken."""

log = logging.getLogger(__name__)


class HttpError(Exception):
    """The server cannot listen; the message says where and what to do."""


class HttpServer:
    """Listens from the moment it is made; answers from ``begin`` to ``end``, in the same loop."""

    def __init__(self, services: Services, host: str, port: int) -> None:
        self._services, self._socket = services, _listening(host, port)
        self._runner: web.AppRunner | None = None

    async def begin(self, outside: Outside) -> None:
        """Begins to answer."""
        self._runner = web.AppRunner(
            application(self._services, outside),
            logger=_nobody(),
            access_log=None,
            auto_decompress=False,
            keepalive_timeout=KEPT_OPEN,
            shutdown_timeout=GOODBYE,
        )
        await self._runner.setup()
        await web.SockSite(self._runner, self._socket, backlog=BACKLOG).start()
        host, port = self._socket.getsockname()[:2]
        log.info("health and metrics at http://%s:%s", f"[{host}]" if ":" in host else host, port)

    async def end(self) -> None:
        """Stops listening, and lets answers under way finish."""
        if self._runner:
            await self._runner.cleanup()
        self._socket.close()


def application(services: Services, outside: Outside) -> web.Application:
    """The pages; everything else is not found."""

    async def healthz(_request: web.Request) -> web.Response:
        return web.Response(text="alive\n")

    async def readyz(_request: web.Request) -> web.Response:
        reasons = [*await not_ready(services)]
        if (silence := outside.silence()) > outside.patience:
            since = "yet" if isinf(silence) else f"for {silence:.0f} s"
            reasons.append(f"nothing heard from Telegram {since}")
        if reasons:
            return web.Response(
                text="".join(f"{reason}\n" for reason in reasons),
                status=HTTPStatus.SERVICE_UNAVAILABLE,
            )
        return web.Response(text="ready\n")

    async def metrics(_request: web.Request) -> web.Response:
        text, kind = await metrics_text(services, outside.silence())
        return web.Response(body=text, headers={"Content-Type": kind})

    pages = web.Application(client_max_size=LARGEST)
    for path, page in {"/healthz": healthz, "/readyz": readyz, "/metrics": metrics}.items():
        pages.router.add_get(path, _failing_in_the_log(page))
    if inlet := outside.inlet:

        async def webhook(request: web.Request) -> web.Response:
            return web.Response(status=await taken_in(request, inlet))

        pages.router.add_post(inlet.path, _failing_in_the_log(webhook))
    pages.on_response_prepare.append(_without_saying_what_serves)
    return pages


Page = Callable[[web.Request], Awaitable[web.Response]]


def _failing_in_the_log(page: Page) -> Page:
    """The page; what it raises is in our log, and nothing of it in the answer."""

    @wraps(page)
    async def answered(request: web.Request) -> web.Response:
        try:
            return await page(request)
        except Exception:
            log.exception("%s failed", request.path)
            return web.Response(status=HTTPStatus.INTERNAL_SERVER_ERROR)

    return answered


async def _without_saying_what_serves(_request: web.Request, answer: web.StreamResponse) -> None:
    answer.headers.pop("Server", None)


def _nobody() -> logging.Logger:
    """Whom aiohttp tells what went wrong: it has a traceback for whatever a stranger sends."""
    nobody = logging.getLogger(f"{__name__}.strangers")
    nobody.disabled = True
    return nobody


def _listening(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise HttpError(
            f"nothing can listen at {host} port {port} ({why}): stop what listens there, or set"
            " BOT_HTTP_PORT (and BOT_HTTP_HOST) to another"
        ) from None
