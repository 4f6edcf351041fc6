"""The webhook set, removed and shown from the command line, while bots run or do not."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

import click
from telegram import Bot, WebhookInfo
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from bot.records.faults import RecordsError
from bot.settings import Settings
from bot.telegram_chat.log_masking import keep_token_out_of_logs
from bot.telegram_chat.token import token_of
from bot.telegram_chat.webhook_set import WebhookSet, webhook_secret

DONE, FAILED, WRONG = 0, 1, 2
CONNECT, READ = 10.0, 20.0


def set_webhook(settings: Settings) -> int:
    """Sets it, also where it is set already; the exit status."""

    async def work(bot: Bot) -> int:
        url = settings.webhook_url or ""
        await WebhookSet(bot, url, webhook_secret(settings), settings.data).set()
        click.echo(f"Telegram brings messages to {url}")
        return DONE

    return _told(settings, work)


def remove_webhook(settings: Settings) -> int:
    """Takes it away; what waits is kept by Telegram for a day. The exit status."""

    async def work(bot: Bot) -> int:
        await bot.delete_webhook(drop_pending_updates=False)
        click.echo("Telegram brings no messages any more; they wait until they are fetched")
        return DONE

    return _told(settings, work)


def show_webhook(settings: Settings) -> int:
    """Tells what Telegram knows; status 1 when it is not what the settings say."""

    async def work(bot: Bot) -> int:
        info = await bot.get_webhook_info()
        for line in _lines(info, settings.webhook_url):
            click.echo(line)
        return DONE if info.url == (settings.webhook_url or "") else FAILED

    return _told(settings, work)


def _lines(info: WebhookInfo, wanted: str | None) -> list[str]:
    parts = urlsplit(info.url)
    if not info.url:
        lines = ["messages are brought nowhere: they wait until they are fetched"]
    elif info.url == wanted:
        lines = [f"messages are brought to {info.url}, as BOT_WEBHOOK_URL says"]
    else:
        # Of the address of others only where it leads: its path may be their secret.
        lines = [f"messages are brought to {parts.scheme}://{parts.netloc}"]
    if wanted and info.url != wanted:
        lines.append(f"BOT_WEBHOOK_URL says {wanted}: python run_bot.py webhook set")
    if info.url and not wanted:
        lines.append("BOT_WEBHOOK_URL is not set here: set it, or: run_bot.py webhook remove")
    lines.append(f"waiting with Telegram: {info.pending_update_count}")
    if info.last_error_date:
        when = info.last_error_date.isoformat(timespec="seconds")
        lines.append(f"last error ({when}): {info.last_error_message}")
    return lines


def _told(settings: Settings, work: Callable[[Bot], Awaitable[int]]) -> int:
    # The library's way of saying spans of time from its next version on; the old one warns.
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    token = token_of(settings)
    masking = keep_token_out_of_logs(token)
    try:
        if not token:
            raise InvalidToken
        return asyncio.run(_with_bot(settings, token, work))
    except InvalidToken:
        click.echo("Telegram does not accept the token in BOT_TOKEN", err=True)
        return WRONG
    except (TelegramError, RecordsError) as error:
        click.echo(masking.masked(f"it was not done: {error}"), err=True)
        return FAILED


async def _with_bot(settings: Settings, token: str, work: Callable[[Bot], Awaitable[int]]) -> int:
    base = settings.api_base_url.rstrip("/")
    async with HTTPXRequest(connect_timeout=CONNECT, read_timeout=READ) as request:
        return await work(Bot(token, f"{base}/bot", request=request, get_updates_request=request))
