"""The bot on Telegram, from its start to its end."""

import asyncio
import logging
import os
import re
import sys
from datetime import timedelta
from typing import Any

from telegram import Update
from telegram.error import InvalidToken
from telegram.ext import (
    AIORateLimiter,
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.services import Services
from bot.settings import Settings
from bot.telegram_chat.chat import Chat
from bot.telegram_chat.faults import Faults
from bot.telegram_chat.guest import Guest
from bot.telegram_chat.in_order import InOrder
from bot.telegram_chat.inline import Inline
from bot.telegram_chat.log_masking import keep_token_out_of_logs
from bot.telegram_chat.menus import Menus
from bot.telegram_chat.polling_request import PollingRequest
from bot.telegram_chat.presses import Presses
from bot.telegram_chat.remembered import Memory

Bot = Application[Any, Any, Any, Any, Any, Any]

DONE, FAILED, WRONG_TOKEN = 0, 1, 2
HANDLED = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.GUEST_MESSAGE,
)
CONNECTIONS, RETRIES = 64, 5
CONNECT, READ, ROOM = 10.0, 20.0, 30.0
"""Seconds to connect, to wait for an answer, to wait for a free connection."""

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

    polling = PollingRequest(stop, **_timeouts())
    application = build(services, settings, token, polling)
    log.info("connecting to Telegram")
    try:
        application.run_polling(
            timeout=LONG_POLL,
            bootstrap_retries=-1,
            allowed_updates=HANDLED,
            drop_pending_updates=False,
            close_loop=False,
        )
    finally:
        # Where Telegram was never reached, the library leaves these open.
        for request in (polling, application.bot.request):
            loop.run_until_complete(request.shutdown())
        loop.close()
    return _wrong_token(settings) if refused else DONE


def build(services: Services, settings: Settings, token: str, polling: PollingRequest) -> Bot:
    """The application with all that it handles."""
    menus = Menus(services, settings.admins)

    async def begun(application: Bot) -> None:
        log.info("answering as @%s", application.bot.username)
        menus.begin(application.bot)

    async def ended(_application: Bot) -> None:
        await menus.end()

    base = settings.api_base_url.rstrip("/")
    builder = (
        ApplicationBuilder()
        .token(token)
        .base_url(f"{base}/bot")
        .base_file_url(f"{base}/file/bot")
        .connection_pool_size(CONNECTIONS)
        .connect_timeout(CONNECT)
        .read_timeout(READ)
        .write_timeout(READ)
        .pool_timeout(ROOM)
        .get_updates_request(polling)
        .rate_limiter(AIORateLimiter(max_retries=RETRIES))
        .concurrent_updates(InOrder())
        .job_queue(None)
        .post_init(begun)
        .post_shutdown(ended)
    )
    application: Bot = builder.build()
    _add_handlers(application, services, settings.admins)
    return application


def _add_handlers(application: Bot, services: Services, admins: frozenset[int]) -> None:
    store = Memory()
    chat = Chat(services, store, admins)
    # Each kind of update by name: a filter on texts alone takes edited and foreign ones too.
    kinds = filters.UpdateType
    application.add_handler(MessageHandler(kinds.MESSAGE, chat.on_message))
    application.add_handler(MessageHandler(kinds.EDITED_MESSAGE, chat.on_edit))
    application.add_handler(CallbackQueryHandler(Presses(services, store).on_press))
    application.add_handler(InlineQueryHandler(Inline(services, store).on_query))
    application.add_handler(MessageHandler(kinds.GUEST_MESSAGE, Guest(services).on_message))
    application.add_error_handler(Faults(services).on_error)


def _timeouts() -> dict[str, Any]:
    return {
        "connection_pool_size": 2,
        "connect_timeout": CONNECT,
        "read_timeout": READ,
        "write_timeout": READ,
        "pool_timeout": ROOM,
    }


def _wrong_token(settings: Settings) -> int:
    print(
        f"Telegram ({settings.api_base_url}) does not accept the token in BOT_TOKEN. Talk to"
        " @BotFather, send /mybots, choose your bot, then API Token, and put the token it shows,"
        " whole, into BOT_TOKEN (in .env).",
        file=sys.stderr,
    )
    return WRONG_TOKEN
