"""The webhook's way in: who may bring updates, and what is refused, without a word of why."""

import asyncio
import json
import logging
import secrets
from http import HTTPStatus
from typing import Any

from aiohttp import web

from bot.doors import Inlet

LARGEST = 1024 * 1024
"""Bytes of one update; Telegram's own have some thousands."""

SLOWEST = 15.0
"""Seconds in which an update must have come in whole."""

SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the header's name

log = logging.getLogger(__name__)


async def taken_in(request: web.Request, inlet: Inlet) -> int:
    """The status that answers a post; 200 means that the update is taken, once and for all."""
    if refused := _refused(request, inlet):
        return refused
    try:
        async with asyncio.timeout(SLOWEST):
            body = await request.read()
    except OSError:  # too slow, or gone
        return HTTPStatus.REQUEST_TIMEOUT
    except web.RequestPayloadError:
        return HTTPStatus.BAD_REQUEST
    except web.HTTPRequestEntityTooLarge:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    update = _update(body)
    if update is None:
        return HTTPStatus.BAD_REQUEST
    taken = await inlet.receive(update)
    return HTTPStatus.OK if taken else HTTPStatus.SERVICE_UNAVAILABLE


def _refused(request: web.Request, inlet: Inlet) -> int | None:
    """The status for who may not bring updates, or brings something else."""
    given = request.headers.get(SECRET, "")
    # Bytes that are no UTF-8 come as surrogates.
    if not secrets.compare_digest(given.encode(errors="replace"), inlet.secret.encode()):
        log.debug("a post to the webhook without the right secret was refused")
        return HTTPStatus.FORBIDDEN
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        return HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    return None


def _update(body: bytes) -> dict[str, Any] | None:
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return None
    has_number = isinstance(update, dict) and isinstance(update.get("update_id"), int)
    return update if has_number else None
