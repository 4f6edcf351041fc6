"""Updates reach the bot by one poll or one webhook, and stay until they are taken."""

from __future__ import annotations

import asyncio
from typing import Any

import calling_bot_api
import pytest
from aiohttp import web
from bot_api_server import TOKEN, BotApiServer, User
from calling_bot_api import refused
from telegram import Bot
from telegram.error import Conflict

ana, bot, server = calling_bot_api.ana, calling_bot_api.bot, calling_bot_api.server


async def test_updates_stay_until_they_are_confirmed(
    server: BotApiServer, bot: Bot, ana: User
) -> None:
    for word in ("one", "two", "three"):
        await server.send_text(ana, ana, word)
    first = await bot.get_updates(limit=2)
    again = await bot.get_updates(limit=2)
    assert [u.message.text for u in first if u.message] == ["one", "two"]
    assert [u.update_id for u in again] == [u.update_id for u in first]
    rest = await bot.get_updates(offset=first[-1].update_id + 1)
    assert [u.message.text for u in rest if u.message] == ["three"]
    assert await bot.get_updates(offset=rest[-1].update_id + 1) == ()
    await server.idle()


async def test_a_long_poll_ends_when_something_comes(
    server: BotApiServer, bot: Bot, ana: User
) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.05)
    assert not poll.done()
    await server.send_text(ana, ana, "hello")
    assert len(await asyncio.wait_for(poll, 2)) == 1


async def test_only_kinds_the_bot_asked_for_are_sent(
    server: BotApiServer, bot: Bot, ana: User
) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    await server.send_text(ana, ana, "unheard")
    assert await bot.get_updates() == ()
    assert len(server.updates.withheld) == 1
    await bot.get_updates(allowed_updates=["message"])
    await server.send_text(ana, ana, "heard")
    assert len(await bot.get_updates()) == 1


async def test_an_update_kind_nobody_knows_is_noted(server: BotApiServer, bot: Bot) -> None:
    await bot.get_updates(allowed_updates=["mesage"])
    assert server.complaints == ["allowed_updates: there is no kind 'mesage'"]


async def test_a_second_poll_ends_the_first(server: BotApiServer, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.05)
    async with Bot(TOKEN, base_url=server.base_url) as other:
        second = await other.get_updates(timeout=0)
    with refused("make sure that only one bot instance is running", Conflict):
        await first
    assert second == ()


async def test_a_conflict_can_be_played(server: BotApiServer, bot: Bot) -> None:
    server.conflict(times=2)
    for _ in range(2):
        with pytest.raises(Conflict):
            await bot.get_updates()
    assert await bot.get_updates() == ()


async def test_polling_with_a_webhook_set_is_a_conflict(server: BotApiServer, bot: Bot) -> None:
    await bot.set_webhook("https://bot.example.org/hook", secret_token="s-1")
    with refused("can't use getUpdates method while webhook is active", Conflict):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://bot.example.org/hook", "An HTTPS URL must be provided"),
        ("https://bot.example.org:444/hook", "only on ports"),
        ("ftp://bot.example.org", "invalid webhook URL"),
    ],
)
async def test_a_webhook_needs_an_address_telegram_takes(bot: Bot, url: str, words: str) -> None:
    with refused(words):
        await bot.set_webhook(url)
    assert (await bot.get_webhook_info()).url == ""


async def test_a_secret_token_has_plain_letters(bot: Bot) -> None:
    with refused("unallowed characters"):
        await bot.set_webhook("https://bot.example.org/hook", secret_token="é à")


@pytest.mark.parametrize("url", ["http://127.0.0.1:{port}/hook", "https://bot.example.org/hook"])
async def test_a_webhook_gets_updates_again_until_it_takes_them(
    server: BotApiServer, bot: Bot, ana: User, url: str
) -> None:
    posts: list[tuple[str | None, Any]] = []

    async def hook(request: web.Request) -> web.Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        posts.append((secret, await request.json()))
        return web.Response(status=500 if len(posts) == 1 else 200)

    app = web.Application()
    app.router.add_post("/hook", hook)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    server.updates.retry_delay = 0.02
    server.updates.reroute = f"http://127.0.0.1:{port}"
    await bot.set_webhook(url.format(port=port), secret_token="s-1")
    await server.send_text(ana, ana, "hello")
    await server.idle()
    assert [secret for secret, _ in posts] == ["s-1", "s-1"]
    assert posts[0][1] == posts[1][1]
    info = await bot.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"
    assert info.pending_update_count == 0
    await runner.cleanup()


async def test_what_a_dead_webhook_missed_waits_for_polling(
    server: BotApiServer, bot: Bot, ana: User
) -> None:
    await bot.set_webhook("http://127.0.0.1:9/hook")
    await server.send_text(ana, ana, "hello")
    await server.wait_until(lambda: bool(server.updates.webhook.last_error_message))  # type: ignore[union-attr]
    await bot.delete_webhook()
    assert len(await bot.get_updates()) == 1
    await server.send_text(ana, ana, "again")
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()


async def test_any_update_can_be_pushed(server: BotApiServer, bot: Bot, ana: User) -> None:
    body = {"message_id": 7, "date": 1, "chat": {"id": ana.id, "type": "private"}, "text": "x"}
    await server.push_update({"update_id": 42, "channel_post": body})
    (update,) = await bot.get_updates()
    assert (update.update_id, update.channel_post.text) == (42, "x")  # type: ignore[union-attr]
