"""Answers that come slowly, or not whole."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from aiohttp import web

from bot_api.faults import Fault, Way


async def slowly(
    request: web.Request, status: int, body: bytes, fault: Fault
) -> web.StreamResponse:
    """An answer of the right length that comes in pieces, or of which half comes."""
    headers = {"Content-Type": "application/json", "Content-Length": str(len(body))}
    answer = web.StreamResponse(status=status, headers=headers)
    pieces = 20 if fault.way is Way.DRIPS else 2
    size = -(-len(body) // pieces)
    with suppress(ConnectionError):
        await answer.prepare(request)
        for start in range(0, len(body), size):
            await answer.write(body[start : start + size])
            if fault.way is Way.HALF and request.transport is not None:
                request.transport.close()
                break
            await asyncio.sleep(fault.lasting / pieces)
        await answer.write_eof()
    return answer
