"""A bare echo bot on aiogram, as its examples show it."""

import asyncio
import os

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web


async def echo(message: Message) -> None:
    await message.answer(message.text or "")


async def main() -> None:
    server = TelegramAPIServer.from_base(os.environ["BOT_API_BASE_URL"])
    bot = Bot(os.environ["BOT_TOKEN"], session=AiohttpSession(api=server))
    dispatcher = Dispatcher()
    dispatcher.message.register(echo)
    if url := os.environ.get("BOT_WEBHOOK_URL"):
        await behind(url, dispatcher, bot)
    else:
        await dispatcher.start_polling(bot)


async def behind(url: str, dispatcher: Dispatcher, bot: Bot) -> None:
    """Waits for Telegram's posts."""
    application = web.Application()
    SimpleRequestHandler(dispatcher, bot).register(application, "/" + url.rpartition("/")[2])
    setup_application(application, dispatcher, bot=bot)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", int(os.environ["BOT_HTTP_PORT"])).start()
    await bot.set_webhook(url)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
