"""The bot on Telegram, from its start to its end."""

import asyncio
import logging
import os
import re
import sys
from datetime import timedelta

from telegram.error import InvalidToken

from bot.services import Services
from bot.settings import Settings
from bot.telegram_chat.building import HANDLED, App, build, polling_request
from bot.telegram_chat.log_masking import keep_token_out_of_logs

DONE, FAILED, WRONG_TOKEN = 0, 1, 2
LONG_POLL = timedelta(seconds=30)

log = logging.getLogger(__name__)


def serve(services: Services, settings: Settings) -> int:
    """Answers on Telegram until it is told to stop; the exit status of the process."""
    # The library's way of saying spans of time from its next version on; the old one warns.
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    token = settings.token.get_secret_value().strip() if settings.token else ""
    masking = keep_token_out_of_logs(token)
    if not re.fullmatch(r"\d+:[A-Za-z0-9_-]+", token):
        return _wrong_token(settings)
    try:
        return _run(services, settings, token)
    except InvalidToken:
        return _wrong_token(settings)
    except Exception as error:
        # Not raised on: what Python prints of an exception would hold the token.
        log.exception("%s", masking.masked(f"the bot ends: {type(error).__name__}"))
        return FAILED


def _run(services: Services, settings: Settings, token: str) -> int:
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
    try:
        _poll(application)
    finally:
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
