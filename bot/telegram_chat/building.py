"""The application put together: which updates it handles, by what, and how patiently."""

import logging
from dataclasses import dataclass
from typing import Any

from telegram.ext import (
    ApplicationBuilder,
    CallbackQueryHandler,
    ChosenInlineResultHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)
from telegram.request import HTTPXRequest

from bot.commands.reindex_lines import report_lines
from bot.reindexing import ReindexReport
from bot.services import Services
from bot.settings import Settings
from bot.telegram_chat.answering_chats import Kept
from bot.telegram_chat.chat import Chat
from bot.telegram_chat.digest import DigestSender
from bot.telegram_chat.faults import Faults
from bot.telegram_chat.guest import Guest
from bot.telegram_chat.inline import Inline
from bot.telegram_chat.inline_presses import FROM_INLINE, InlinePresses
from bot.telegram_chat.intake import App, Intake
from bot.telegram_chat.measured import MeasuredInOrder, MeasuredLimiter
from bot.telegram_chat.menus import Menus
from bot.telegram_chat.patience import Patience
from bot.telegram_chat.presses import Presses
from bot.telegram_chat.recorder import Recorder
from bot.telegram_chat.records_keeper import RecordsKeeper
from bot.telegram_chat.stored import Stored
from bot.telegram_chat.thumbs import Thumbs
from bot.telegram_chat.trusted import trusted
from bot.telegram_chat.whole_answers import WholeFetching, WholeSending
from bot.watching import Watching

Builder = ApplicationBuilder[Any, Any, Any, Any, Any, Any]

CONNECTIONS = 64
CONNECT, READ, ROOM = 10.0, 20.0, 30.0
"""Seconds to connect, to wait for an answer, to wait for a free connection."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Built:
    """An application, what its updates are taken in by, and the connection to fetch them with."""

    application: App
    intake: Intake
    in_order: MeasuredInOrder
    fetching: HTTPXRequest


def build(services: Services, settings: Settings, token: str) -> Built:
    """The application with all that it handles."""
    in_order, fetching = MeasuredInOrder(services.measures), _fetching()
    intake = Intake(services, in_order)
    in_order.answered_by(intake.answer)
    menus = Menus(services, settings.admins)
    records = RecordsKeeper(services, settings, intake.take_up)
    digests = DigestSender(services, settings.admins)
    watching = Watching(services, settings.watch, _log_reindex)

    async def begun(application: App) -> None:
        await records.begin()
        await watching.begin()
        log.info("answering as @%s", application.bot.username)
        menus.begin(application.bot)
        digests.begin(application.bot)

    async def ended(_application: App) -> None:
        await digests.end()
        await watching.end()
        await menus.end()
        await intake.end()
        await records.end()

    builder: Builder = ApplicationBuilder().token(token).get_updates_request(fetching)
    sending = WholeSending(CONNECTIONS, CONNECT, READ, ROOM)
    in_order.begins_when(sending.few_wait)
    builder = _connecting(builder.request(sending), settings.api_base_url.rstrip("/"))
    builder = builder.rate_limiter(MeasuredLimiter(services.measures))
    builder = builder.concurrent_updates(in_order).job_queue(None)
    application: App = builder.post_init(begun).post_shutdown(ended).build()
    services.measures.waiting = lambda: application.update_queue.qsize() + in_order.waiting
    _add_handlers(application, services, menus, settings.admins)
    return Built(application, intake, in_order, fetching)


def _log_reindex(report: ReindexReport) -> None:
    for line in report_lines(report):
        (log.info if report.done else log.warning)("reindex: %s", line)


def _connecting(builder: Builder, base: str) -> Builder:
    return builder.base_url(f"{base}/bot").base_file_url(f"{base}/file/bot")


def _fetching() -> HTTPXRequest:
    return WholeFetching(
        connection_pool_size=2,
        connect_timeout=CONNECT,
        read_timeout=READ,
        write_timeout=READ,
        pool_timeout=ROOM,
        httpx_kwargs={"verify": trusted()},
    )


def _add_handlers(
    application: App, services: Services, menus: Menus, admins: frozenset[int]
) -> None:
    store, recorder = Stored(services), Recorder(services)
    kept = Kept(store, recorder, Thumbs(services, store, recorder), Patience(services))
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
