"""The application put together: which updates it handles, by what, and how patiently."""

import logging
from collections.abc import Callable
from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ChosenInlineResultHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.commands.reindex_lines import report_lines
from bot.reindexing import ReindexReport
from bot.services import Services
from bot.settings import Settings
from bot.telegram_chat.answering_chats import Kept
from bot.telegram_chat.chat import Chat
from bot.telegram_chat.diagnosis import lines_while_running
from bot.telegram_chat.faults import Faults
from bot.telegram_chat.guest import Guest
from bot.telegram_chat.inline import Inline
from bot.telegram_chat.inline_presses import FROM_INLINE, InlinePresses
from bot.telegram_chat.measured import MeasuredInOrder, MeasuredLimiter
from bot.telegram_chat.menus import Menus
from bot.telegram_chat.patience import Patience
from bot.telegram_chat.polling_request import PollingRequest
from bot.telegram_chat.presses import Presses
from bot.telegram_chat.recorder import Recorder
from bot.telegram_chat.records_keeper import RecordsKeeper
from bot.telegram_chat.stored import Stored
from bot.telegram_chat.thumbs import Thumbs
from bot.watching import Watching

App = Application[Any, Any, Any, Any, Any, Any]
Builder = ApplicationBuilder[Any, Any, Any, Any, Any, Any]

HANDLED = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.CHOSEN_INLINE_RESULT,
    Update.GUEST_MESSAGE,
)
"""The kinds of updates that Telegram is asked for; no others come."""

CONNECTIONS = 64
CONNECT, READ, ROOM = 10.0, 20.0, 30.0
"""Seconds to connect, to wait for an answer, to wait for a free connection."""

log = logging.getLogger(__name__)


def build(services: Services, settings: Settings, token: str, polling: PollingRequest) -> App:
    """The application with all that it handles."""
    menus, records = Menus(services, settings.admins), RecordsKeeper(services, settings)

    watching = Watching(services, settings.watch, _log_reindex)

    async def begun(application: App) -> None:
        await records.begin()
        await watching.begin()
        polling.heard()
        log.info("answering as @%s", application.bot.username)
        menus.begin(application.bot)

    async def ended(_application: App) -> None:
        await watching.end()
        await menus.end()
        await records.end()

    builder: Builder = ApplicationBuilder().token(token).get_updates_request(polling)
    builder = _connecting(builder, settings.api_base_url.rstrip("/"))
    builder = builder.rate_limiter(MeasuredLimiter(services.measures))
    in_order = MeasuredInOrder(services.measures)
    builder = builder.concurrent_updates(in_order).job_queue(None)
    application: App = builder.post_init(begun).post_shutdown(ended).build()
    services.look = lambda: lines_while_running(application.bot, settings, polling.peace)
    services.measures.waiting = lambda: application.update_queue.qsize() + in_order.waiting
    _add_handlers(application, services, menus, settings.admins)
    return application


def _log_reindex(report: ReindexReport) -> None:
    for line in report_lines(report):
        (log.info if report.done else log.warning)("reindex: %s", line)


def _connecting(builder: Builder, base: str) -> Builder:
    return (
        builder.base_url(f"{base}/bot")
        .base_file_url(f"{base}/file/bot")
        .connection_pool_size(CONNECTIONS)
        .connect_timeout(CONNECT)
        .read_timeout(READ)
        .write_timeout(READ)
        .pool_timeout(ROOM)
    )


def polling_request(on_refused: Callable[[], None]) -> PollingRequest:
    """The connection that updates are fetched with, apart from that for answers."""
    return PollingRequest(
        on_refused,
        connection_pool_size=2,
        connect_timeout=CONNECT,
        read_timeout=READ,
        write_timeout=READ,
        pool_timeout=ROOM,
    )


def _add_handlers(
    application: App, services: Services, menus: Menus, admins: frozenset[int]
) -> None:
    store, recorder = Stored(services), Recorder(services)
    kept = Kept(store, recorder, Thumbs(services, store, recorder), Patience())
    chat, inline = Chat(services, kept, admins, menus), Inline(services, store, recorder)
    # Each kind of update by name: a filter on texts alone takes edited and foreign ones too.
    kinds, add = filters.UpdateType, application.add_handler
    add(MessageHandler(kinds.MESSAGE, chat.on_message))
    add(MessageHandler(kinds.EDITED_MESSAGE, chat.on_edit))
    add(CallbackQueryHandler(InlinePresses(services).on_press, pattern=FROM_INLINE))
    add(CallbackQueryHandler(Presses(services, kept, admins).on_press))
    add(InlineQueryHandler(inline.on_query))
    add(ChosenInlineResultHandler(inline.on_chosen))
    add(MessageHandler(kinds.GUEST_MESSAGE, Guest(services, recorder).on_message))
    application.add_error_handler(Faults(services).on_error)
