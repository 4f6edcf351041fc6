"""A bare echo bot on python-telegram-bot that answers side by side: eight updates at a time."""

import os

from telegram import Update
from telegram.ext import Application, MessageHandler, filters

from benchmarks.bots.echo_ptb import echo


def main() -> None:
    base = os.environ["BOT_API_BASE_URL"]
    builder = Application.builder().token(os.environ["BOT_TOKEN"]).base_url(f"{base}/bot")
    application = builder.concurrent_updates(8).build()
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, echo))
    application.run_polling(allowed_updates=Update.ALL_TYPES)


if __name__ == "__main__":
    main()
