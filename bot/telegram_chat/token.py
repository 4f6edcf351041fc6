"""The token as it is used: without blanks around it, and only when it looks like one."""

import re

from bot.settings import Settings


def token_of(settings: Settings) -> str:
    """The token; empty when BOT_TOKEN holds none, or what can be none."""
    token = settings.token.get_secret_value().strip() if settings.token else ""
    return token if re.fullmatch(r"\d+:[A-Za-z0-9_-]+", token) else ""
