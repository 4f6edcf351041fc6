"""A bare echo bot on python-telegram-bot, as its examples show it."""

import os
from typing import Any

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message:
        await update.message.reply_text(update.message.text or "")


def main() -> None:
    base = os.environ["BOT_API_BASE_URL"]
    application = (
        Application.builder().token(os.environ["BOT_TOKEN"]).base_url(f"{base}/bot").build()
    )
    run(application)


def run(application: Any) -> None:
    """Polls, or waits behind ``BOT_WEBHOOK_URL`` where that is set."""
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, echo))
    if url := os.environ.get("BOT_WEBHOOK_URL"):
        port, path = int(os.environ["BOT_HTTP_PORT"]), url.rpartition("/")[2]
        application.run_webhook(port=port, url_path=path, webhook_url=url)
    else:
        application.run_polling(allowed_updates=Update.ALL_TYPES)


if __name__ == "__main__":
    main()
