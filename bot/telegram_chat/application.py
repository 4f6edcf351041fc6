"""The bot on Telegram, from its start to its end."""

import asyncio
import logging
import os
import sys
from datetime import timedelta

from telegram.error import BadRequest, InvalidToken

from bot.doors import Door, Outside
from bot.records.faults import RecordsError
from bot.services import Services
from bot.settings import Settings
from bot.telegram_chat.building import HANDLED, App, build, polling_request
from bot.telegram_chat.instances import serving
from bot.telegram_chat.log_masking import keep_token_out_of_logs
from bot.telegram_chat.token import token_of
from bot.telegram_chat.webhook import Webhook

DONE, FAILED, WRONG_TOKEN = 0, 1, 2
LONG_POLL = timedelta(seconds=30)

PATIENCE = 3 * LONG_POLL.total_seconds()
"""Seconds without a fetched update that are too many."""

_WEBHOOK = (
    "It needs https with a certificate that the world trusts, port 443, 80, 88 or 8443, and a name"
    " that the world knows; docs/operating.md shows nginx. Without BOT_WEBHOOK_URL, the bot polls."
)

log = logging.getLogger(__name__)


def serve(services: Services, settings: Settings, door: Door | None = None) -> int:
    """Answers on Telegram until it is told to stop; the exit status of the process.

    ``door`` is the HTTP server to run beside; a webhook needs one.
    """
    # The library's way of saying spans of time from its next version on; the old one warns.
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    token = token_of(settings)
    masking = keep_token_out_of_logs(token)
    if not token:
        return _wrong_token(settings)
    try:
        with serving(settings.data, token):
            return _run(services, settings, token, door)
    except InvalidToken:
        return _wrong_token(settings)
    except RecordsError as error:
        log.error("the bot ends: %s", error)
        return FAILED
    except BadRequest as error:
        print(f"Telegram does not take BOT_WEBHOOK_URL: {error}. {_WEBHOOK}", file=sys.stderr)
        return WRONG_TOKEN
    except Exception as error:
        # Not raised on: what Python prints of an exception would hold the token.
        log.exception("%s", masking.masked(f"the bot ends: {type(error).__name__}"))
        return FAILED


def _run(services: Services, settings: Settings, token: str, door: Door | None) -> int:
    loop, refused = asyncio.new_event_loop(), list[bool]()
    # The library asks for the loop of this thread, which by itself has none.
    asyncio.set_event_loop(loop)

    def stop() -> None:
        # Once is enough: a second stop would cut short the first.
        if not refused:
            refused.append(True)
            application.stop_running()

    polling = polling_request(stop)
    application = build(services, settings, token, polling)
    webhook = Webhook(application, settings) if settings.webhook_url else None
    try:
        if door:
            outside = webhook.outside() if webhook else Outside(polling.silence, PATIENCE)
            loop.run_until_complete(door.begin(outside))
        if webhook:
            loop.run_until_complete(webhook.run())
        else:
            _poll(application)
    finally:
        if door:
            loop.run_until_complete(door.end())
        # Where Telegram was never reached, the library leaves these open.
        for request in (polling, application.bot.request):
            loop.run_until_complete(request.shutdown())
        loop.close()
    return _wrong_token(settings) if refused else DONE


def _poll(application: App) -> None:
    log.info("connecting to Telegram")
    application.run_polling(
        timeout=LONG_POLL,
        bootstrap_retries=-1,
        allowed_updates=HANDLED,
        drop_pending_updates=False,
        close_loop=False,
    )


def _wrong_token(settings: Settings) -> int:
    print(
        f"Telegram ({settings.api_base_url}) does not accept the token in BOT_TOKEN. Talk to"
        " @BotFather, send /mybots, choose your bot, then API Token, and put the token it shows,"
        " whole, into BOT_TOKEN (in .env).",
        file=sys.stderr,
    )
    return WRONG_TOKEN
