"""The bot on Telegram, from its start to its end."""

import asyncio
import logging
import os
import sys

from telegram.error import BadRequest, InvalidToken

from bot.doors import Door, Outside
from bot.records.faults import RecordsError
from bot.services import Services
from bot.settings import Settings
from bot.telegram_chat.bringing import AnotherBringsError, Bringing
from bot.telegram_chat.building import build
from bot.telegram_chat.diagnosis import lines_while_running
from bot.telegram_chat.instances import serving
from bot.telegram_chat.log_masking import keep_token_out_of_logs
from bot.telegram_chat.polling import PATIENCE, Polling, StalledError, WebhookLeftError
from bot.telegram_chat.running import run_until_stopped
from bot.telegram_chat.token import token_of
from bot.telegram_chat.webhook import Webhook

DONE, FAILED, WRONG_TOKEN, STALLED, ANOTHER = 0, 1, 2, 3, 4

_STATUS = {StalledError: STALLED, AnotherBringsError: ANOTHER, WebhookLeftError: WRONG_TOKEN}

_WEBHOOK = (
    "It needs https with a certificate that the world trusts, port 443, 80, 88 or 8443, and a name"
    " that the world knows; docs/operating.md shows nginx. Without BOT_WEBHOOK_URL, the bot polls."
)

SWITCHED = 0.0005
"""Seconds after which Python's threads take turns; with its own 5 ms, answers wait for each hop."""

log = logging.getLogger(__name__)


def serve(services: Services, settings: Settings, door: Door | None = None) -> int:
    """Answers on Telegram until it is told to stop; the exit status of the process.

    ``door`` is the HTTP server to run beside; a webhook needs one.
    """
    # The library's way of saying spans of time from its next version on; the old one warns.
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    sys.setswitchinterval(SWITCHED)
    token = token_of(settings)
    masking = keep_token_out_of_logs(token)
    if not token:
        return _wrong_token(settings)
    try:
        with serving(settings.data, token):
            _run(services, settings, token, door)
            return DONE
    except InvalidToken:
        return _wrong_token(settings)
    except (RecordsError, StalledError, AnotherBringsError, WebhookLeftError) as error:
        log.error("the bot ends: %s", error)
        return _STATUS.get(type(error), FAILED)
    except BadRequest as error:
        print(f"Telegram does not take BOT_WEBHOOK_URL: {error}. {_WEBHOOK}", file=sys.stderr)
        return WRONG_TOKEN
    except Exception as error:
        # Not raised on: what Python prints of an exception would hold the token.
        log.exception("%s", masking.masked(f"the bot ends: {type(error).__name__}"))
        return FAILED


def _new_loop() -> asyncio.AbstractEventLoop:
    try:
        import uvloop  # noqa: PLC0415  not everywhere to be had
    except ImportError:
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()


def _run(services: Services, settings: Settings, token: str, door: Door | None) -> None:
    loop = _new_loop()
    # The library asks for the loop of this thread, which by itself has none.
    asyncio.set_event_loop(loop)
    built = build(services, settings, token)
    application = built.application
    webhook = Webhook(built, settings) if settings.webhook_url else None
    polling = Polling(built, services.measures, settings.webhook_set)
    services.look = lambda: lines_while_running(application.bot, settings, polling.peace)
    try:
        if door:
            outside = webhook.outside() if webhook else Outside(polling.silence, PATIENCE)
            loop.run_until_complete(door.begin(outside))
        bring = webhook.bring if webhook else polling.bring
        bringing = Bringing(services, settings.webhook_url, bring)
        loop.run_until_complete(run_until_stopped(application, built.intake, bringing.bring))
    finally:
        if door:
            loop.run_until_complete(door.end())
        # Where Telegram was never reached, the library leaves these open.
        for request in (built.fetching, application.bot.request):
            loop.run_until_complete(request.shutdown())
        loop.close()


def _wrong_token(settings: Settings) -> int:
    print(
        f"Telegram ({settings.api_base_url}) does not accept the token in BOT_TOKEN. Talk to"
        " @BotFather, send /mybots, choose your bot, then API Token, and put the token it shows,"
        " whole, into BOT_TOKEN (in .env).",
        file=sys.stderr,
    )
    return WRONG_TOKEN
