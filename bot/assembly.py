"""Where the parts are chosen and put together; the only place that names an engine."""

from collections.abc import Callable
from pathlib import Path

from bot.services import Services, index_folder, open_services
from bot.settings import Settings
from index.folder_library import FolderLibrary
from index.library import Library
from index.whoosh_engine import WhooshFactory


def library_of(settings: Settings, content: Path) -> Library:
    """The index generations of a content folder, kept by the chosen engine."""
    return FolderLibrary(index_folder(settings.data, content), WhooshFactory())


def assemble(
    settings: Settings,
    content: Path | None = None,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Services:
    """The bot's services on the settings' content, or on another content folder."""
    folder = content or settings.content
    services = open_services(folder, library_of(settings, folder), progress)
    services.desk = settings.data / "desk" / index_folder(settings.data, folder).name
    return services
