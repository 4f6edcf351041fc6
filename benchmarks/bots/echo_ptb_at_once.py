"""A bare echo bot on python-telegram-bot that answers side by side: eight updates at a time."""

import os

from telegram.ext import Application

from benchmarks.bots.echo_ptb import run


def main() -> None:
    base = os.environ["BOT_API_BASE_URL"]
    builder = Application.builder().token(os.environ["BOT_TOKEN"]).base_url(f"{base}/bot")
    run(builder.concurrent_updates(8).build())


if __name__ == "__main__":
    main()
