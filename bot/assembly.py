"""Where the parts are chosen and put together; the only place that names an engine."""

from collections.abc import Callable
from pathlib import Path

from bot.services import Services, open_services
from bot.settings import Settings
from index.whoosh_engine import WhooshFactory


def assemble(
    settings: Settings,
    content: Path | None = None,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Services:
    """The bot's services on the settings' content, or on another content folder."""
    return open_services(content or settings.content, settings.data, WhooshFactory(), progress)
