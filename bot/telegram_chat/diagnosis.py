"""What only Telegram can tell: the token, the bot's modes, its webhook, other instances."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from telegram import Bot, User, WebhookInfo
from telegram.error import BadRequest, InvalidToken, NetworkError, TelegramError
from telegram.request import HTTPXRequest

from bot.diagnosis import Line, Mark
from bot.settings import Settings
from bot.telegram_chat.instances import seen_by_serving, seen_from_outside
from bot.telegram_chat.log_masking import keep_token_out_of_logs
from bot.telegram_chat.token import token_of

CONNECT, READ = 5.0, 10.0
"""Seconds to connect, and to wait for an answer."""

RECENT = timedelta(hours=1)
"""Age of an error of the webhook up to which it counts."""

_MODES = (
    ("inline", "supports_inline_queries", Mark.BAD),
    ("guest", "supports_guest_queries", Mark.WORTH_KNOWING),
)

_WEBHOOK_FAULTS = (
    (r"\b403\b|forbidden", "diagnose_webhook_403"),
    (r"\b40[45]\b|not found", "diagnose_webhook_404"),
    (r"\b50\d\b|bad gateway|refused|timed? ?out|unreachable", "diagnose_webhook_away"),
    (r"certificate|ssl|tls", "diagnose_webhook_certificate"),
    (r"resolve|host", "diagnose_webhook_name"),
)


async def lines_while_running(
    bot: Bot, settings: Settings, peace: Callable[[], float]
) -> Sequence[Line]:
    """What the running bot can tell; ``peace`` is since when nobody else was seen fetching."""
    lines, _ = await _told(bot, settings)
    if settings.webhook_url:
        return lines
    return [*lines, seen_by_serving(peace())]


async def lines_from_outside(settings: Settings) -> Sequence[Line]:
    """What can be told without a running bot; one that runs is not disturbed."""
    token = token_of(settings)
    keep_token_out_of_logs(token)
    if settings.token is None:
        return [Line(Mark.BAD, "diagnose_token_none")]
    if not token:
        return [Line(Mark.BAD, "diagnose_token_wrong")]
    base = settings.api_base_url.rstrip("/")
    async with HTTPXRequest(connect_timeout=CONNECT, read_timeout=READ) as request:
        bot = Bot(token, f"{base}/bot", request=request, get_updates_request=request)
        lines, webhook = await _told(bot, settings)
        if settings.webhook_url or webhook is None or webhook.url:
            return lines
        return [*lines, await seen_from_outside(bot, settings.data)]


async def _told(bot: Bot, settings: Settings) -> tuple[Sequence[Line], WebhookInfo | None]:
    """The token, the modes and the webhook; where Telegram says nothing, why."""
    try:
        me = await bot.get_me()
        webhook = await bot.get_webhook_info()
    except InvalidToken:
        return [Line(Mark.BAD, "diagnose_token_wrong")], None
    except TelegramError as error:
        return [_unreachable(error, settings)], None
    token = Line(Mark.GOOD, "diagnose_token_good", {"name": me.username or ""})
    return [token, *_modes(me), *webhook_lines(webhook, settings.webhook_url)], webhook


def _unreachable(error: TelegramError, settings: Settings) -> Line:
    values = {"address": settings.api_base_url, "reason": str(error)}
    is_network = isinstance(error, NetworkError) and not isinstance(error, BadRequest)
    return Line(Mark.BAD, f"diagnose_network_{'none' if is_network else 'odd'}", values)


def _modes(me: User) -> Iterator[Line]:
    name = {"name": me.username or ""}
    for mode, attribute, when_off in _MODES:
        is_on = bool(getattr(me, attribute, False))
        state, mark = ("on", Mark.GOOD) if is_on else ("off", when_off)
        yield Line(mark, f"diagnose_{mode}_{state}", name)
    if me.can_read_all_group_messages:
        yield Line(Mark.WORTH_KNOWING, "diagnose_privacy_off", name)
    else:
        yield Line(Mark.GOOD, "diagnose_privacy_on", name)


def webhook_lines(info: WebhookInfo, wanted: str | None) -> Iterator[Line]:
    """Whether messages come the way they should, and whether they arrive."""
    parts = urlsplit(info.url)
    # Of the address of others only where it leads: its path may be their secret.
    address = f"{parts.scheme}://{parts.netloc}"
    values: dict[str, str | int] = {"address": address, "count": info.pending_update_count}
    if not wanted:
        is_left = bool(info.url)
        mark = Mark.BAD if is_left else Mark.GOOD
        yield Line(mark, f"diagnose_webhook_{'left' if is_left else 'none'}", values)
    elif info.url != wanted:
        yield Line(Mark.BAD, f"diagnose_webhook_{'other' if info.url else 'unset'}", values)
    elif info.last_error_date and datetime.now(UTC) - info.last_error_date < RECENT:
        yield _failing(info.last_error_message or "")
    else:
        yield Line(Mark.GOOD, "diagnose_webhook_good", values)


def _failing(reason: str) -> Line:
    known = (key for signs, key in _WEBHOOK_FAULTS if re.search(signs, reason, re.IGNORECASE))
    return Line(Mark.BAD, next(known, "diagnose_webhook_failing"), {"reason": reason})
