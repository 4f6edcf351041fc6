"""Calls to Telegram over aiohttp: three times as many a second as over the library's own client.

Measured in docs/performance.md. Updates are still fetched with the library's client, which is
built for long waits and outages.
"""

from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from aiohttp import (
    BytesPayload,
    ClientError,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    FormData,
    Payload,
    TCPConnector,
)
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.telegram_chat.trusted import trusted

KEPT_OPEN = 60.0
"""Seconds that a connection is kept without use; Telegram closes its own later."""


class SendingRequest(BaseRequest):
    """Up to ``connections`` at once; the rest wait for up to ``room`` seconds.

    ``connect`` and ``read`` are seconds to connect, and to wait for the next piece of an answer.
    """

    def __init__(self, connections: int, connect: float, read: float, room: float) -> None:
        self._connections, self._connect, self._read, self._room = connections, connect, read, room
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for the next piece of an answer, where a call says nothing else."""
        return self._read

    async def initialize(self) -> None:
        """Nothing is connected before the first call."""
        if self._session is None:
            connector = TCPConnector(
                limit=self._connections, keepalive_timeout=KEPT_OPEN, ssl=trusted()
            )
            self._session = ClientSession(connector=connector, cookie_jar=DummyCookieJar())

    async def shutdown(self) -> None:
        """Closes all connections."""
        session, self._session = self._session, None
        if session:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002  aiohttp has none
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The status and the body of the answer.

        Raises:
            TimedOut: there was none in time; what was asked for may have been done.
            NetworkError: the connection failed.
        """
        if self._session is None:
            raise RuntimeError("This request is not initialized!")
        connect = _or(connect_timeout, self._connect)
        timeout = ClientTimeout(
            connect=connect + _or(pool_timeout, self._room),
            sock_connect=connect,
            sock_read=_or(read_timeout, self._read),
        )
        data, proxy = _body(request_data), _proxy(url.partition("/bot")[0])
        try:
            async with self._session.request(
                method, url, data=data, timeout=timeout, proxy=proxy
            ) as answer:
                return answer.status, await answer.read()
        except TimeoutError as error:
            raise TimedOut(f"no answer in time ({type(error).__name__})") from error
        except (ClientError, OSError) as error:
            raise NetworkError(f"{type(error).__name__}: {error}") from error


@lru_cache(maxsize=8)
def _proxy(origin: str) -> str | None:
    """The proxy that the environment names for an address (``HTTPS_PROXY``, ``NO_PROXY`` ...).

    aiohttp itself would read the environment anew for each call, and a file, in another thread.
    """
    address = urlsplit(origin)
    if not address.hostname or proxy_bypass(address.hostname):
        return None
    return getproxies().get(address.scheme)


def _or(given: Any, usual: float) -> float:
    return usual if given is BaseRequest.DEFAULT_NONE or given is None else float(given)


def _body(data: RequestData | None) -> FormData | Payload | None:
    if data is None:
        return None
    if not data.contains_files:
        # Made in a third of the time of a form's encoding.
        return BytesPayload(data.json_payload, content_type="application/json")
    form = FormData(data.json_parameters)
    for name, (filename, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form
