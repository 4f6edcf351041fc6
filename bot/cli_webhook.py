"""``run_bot.py webhook``: where Telegram brings messages, as a step of its own."""

import sys

import click

from bot.settings import Settings
from bot.terminal import WRONG_USE, fail, settings_or_end


@click.group()
def webhook() -> None:
    """Tell Telegram where to bring messages; with BOT_WEBHOOK_SET=no, `serve` does not."""


@webhook.command("set")
def set_() -> None:
    """Have messages brought to BOT_WEBHOOK_URL, with the secret of this bot."""
    settings = _settings()
    if settings.webhook_url is None:
        fail(
            "There is no BOT_WEBHOOK_URL: set it to the https address at which Telegram reaches"
            " this bot, for example https://bot.example.org/telegram",
            WRONG_USE,
        )
    from bot.telegram_chat.webhook_step import set_webhook  # noqa: PLC0415  slow

    sys.exit(set_webhook(settings))


@webhook.command()
def remove() -> None:
    """Have no messages brought any more: they wait with Telegram until somebody polls."""
    from bot.telegram_chat.webhook_step import remove_webhook  # noqa: PLC0415  slow

    sys.exit(remove_webhook(_settings()))


@webhook.command()
def show() -> None:
    """Tell where messages are brought; exit status 1 when that is not as the settings say."""
    from bot.telegram_chat.webhook_step import show_webhook  # noqa: PLC0415  slow

    sys.exit(show_webhook(_settings()))


def _settings() -> Settings:
    settings = settings_or_end()
    if settings.token is None:
        fail("There is no BOT_TOKEN: put it into .env, or into the environment.", WRONG_USE)
    return settings
