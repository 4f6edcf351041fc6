"""Calls go through the proxy that the environment names, and only where it is to be used."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.telegram_chat.sending_request import SendingRequest

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


class Proxy:
    """Answers all that comes by itself, and remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.address = ""

    async def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        self.asked.append(head.decode().splitlines()[0])
        writer.write(ANSWER)
        await writer.drain()
        writer.close()


@pytest.fixture
async def proxy(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Proxy]:
    one = Proxy()
    async with await asyncio.start_server(one.meet, "127.0.0.1") as server:
        one.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        monkeypatch.setenv("http_proxy", one.address)
        yield one


async def called(url: str) -> tuple[int, bytes]:
    request = SendingRequest(2, 5.0, 5.0, 5.0)
    await request.initialize()
    try:
        return await request.do_request(url, "POST")
    finally:
        await request.shutdown()


async def test_the_proxy_of_the_environment_is_used(
    proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "elsewhere.example")
    assert await called("http://telegram.example/bot1:x/getMe") == (200, b"{}")
    assert proxy.asked == ["POST http://telegram.example/bot1:x/getMe HTTP/1.1"]


async def test_what_needs_no_proxy_is_asked_directly(
    proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    assert await called(f"{proxy.address}/bot1:x/getMe") == (200, b"{}")
    assert proxy.asked == ["POST /bot1:x/getMe HTTP/1.1"]
