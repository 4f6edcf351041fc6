"""Where the parts are chosen and put together; the only place that names an engine."""

from pathlib import Path

from bot.services import Services, index_folder, open_services
from bot.settings import Settings
from index.engine import EngineError
from index.folder_library import FolderLibrary
from index.library import Library
from index.progress import Progress, nobody_told
from index.whoosh_engine import WhooshFactory


def library_of(settings: Settings, content: Path) -> Library:
    """The index generations of a content folder, kept by the chosen engine.

    Raises:
        EngineError: what the engine needs is not installed.
    """
    folder = index_folder(settings.data, content)
    if settings.engine == "opensearch":
        return _in_cluster(settings, content, folder)
    return FolderLibrary(folder, WhooshFactory())


def _in_cluster(settings: Settings, content: Path, folder: Path) -> Library:
    try:
        from index.opensearch_cluster import ClusterSettings  # noqa: PLC0415  an extra
        from index.opensearch_library import OpenSearchLibrary  # noqa: PLC0415
    except ImportError as error:
        raise EngineError(
            f"BOT_ENGINE=opensearch needs more ({error}): pip install 'partner-bot[opensearch]'"
        ) from error
    password = settings.opensearch_password
    # Machines may keep the same content at different places; another content has its own name.
    own = content.resolve() == settings.content.resolve()
    cluster = ClusterSettings(
        urls=tuple(url.strip() for url in (settings.opensearch_url or "").split(",")),
        user=settings.opensearch_user,
        password=password.get_secret_value() if password else None,
        ca=settings.opensearch_ca,
        prefix=settings.opensearch_prefix + ("" if own else f"-{folder.name}"),
        replicas=settings.opensearch_replicas,
        timeout=settings.opensearch_timeout,
    )
    copies = folder.with_name(f"{folder.name}-opensearch")
    return OpenSearchLibrary(copies, cluster, stands_in=settings.engine_fallback is not None)


def assemble(
    settings: Settings,
    content: Path | None = None,
    progress: Progress = nobody_told,
) -> Services:
    """The bot's services on the settings' content, or on another content folder."""
    folder = content or settings.content
    services = open_services(folder, library_of(settings, folder), progress)
    services.desk = settings.data / "desk" / index_folder(settings.data, folder).name
    return services
