"""Content as one .zip, and back: what comes from others is opened within limits only."""

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from content.files import SIZE_LIMIT, list_folder, read_bytes
from content.refusals import Reason, RefusedError

ARCHIVE_LIMIT = 8 * 1024 * 1024
"""Bytes of one archive."""

FILES_LIMIT = 2_000
"""Files sent at once."""

SUM_LIMIT = 16 * 1024 * 1024
"""Bytes of all files sent at once, unpacked."""

_BEGINNING = (1980, 1, 1, 0, 0, 0)
"""When zip's time begins; the same content always makes the same archive."""

_MAC = ("__MACOSX/", ".DS_Store")
"""What macOS puts into every archive; nobody meant to send it."""

_DAMAGED = (
    zipfile.BadZipFile,
    EOFError,
    ValueError,
    OSError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)


def content_files(folder: Path) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """The folder's own files by name, and the names of those that cannot be read."""
    files: dict[str, bytes] = {}
    unread: list[str] = []
    for path in list_folder(folder).files():
        if not path.is_relative_to(folder):
            continue  # a translation shipped with the bot
        data, name = read_bytes(path, folder), path.relative_to(folder).as_posix()
        if isinstance(data, bytes):
            files[name] = data
        else:
            unread.append(name)
    return files, tuple(unread)


def packed(files: Mapping[str, bytes]) -> bytes:
    """Files as one archive; the same files always give the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in sorted(files.items()):
            info = zipfile.ZipInfo(name, _BEGINNING)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system, info.external_attr = 3, (stat.S_IFREG | 0o644) << 16
            archive.writestr(info, data, compresslevel=9)
    return made.getvalue()


def unpacked(name: str, data: bytes) -> Iterator[tuple[str, bytes | RefusedError]]:
    """The files of an archive called ``name``, one after the other, as they are named in it.

    Raises:
        RefusedError: the archive itself is refused, before anything of it is unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [info for info in archive.infolist() if _is_meant(info)]
            _within_limits(name, entries)
            above = _folder_above(entries)
            for info in entries:
                inner = info.orig_filename.removeprefix(above)
                yield inner, _read(archive, info, inner)
    except _DAMAGED:
        raise RefusedError(name, Reason.DAMAGED) from None


def _is_meant(info: zipfile.ZipInfo) -> bool:
    name = info.orig_filename
    is_from_mac = name.startswith(_MAC[0]) or name.rpartition("/")[2] == _MAC[1]
    return not (is_from_mac or (name.endswith("/") and info.file_size == 0))


def _within_limits(name: str, entries: list[zipfile.ZipInfo]) -> None:
    if not entries:
        raise RefusedError(name, Reason.EMPTY)
    if len(entries) > FILES_LIMIT:
        raise RefusedError(name, Reason.MANY)
    if sum(info.file_size for info in entries) > SUM_LIMIT:
        raise RefusedError(name, Reason.SUM_LARGE)


def _folder_above(entries: list[zipfile.ZipInfo]) -> str:
    """The one folder that holds everything, where somebody packed the folder and not its files."""
    names = [info.orig_filename for info in entries]
    first, slash, _ = names[0].partition("/")
    above = first + slash
    is_plain = slash and first not in ("partners", "translations", ".", "..", "")
    is_above = is_plain and not first.startswith(".") and "\\" not in first and ":" not in first
    return above if is_above and all(name.startswith(above) for name in names) else ""


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes | RefusedError:
    """One file; never more of it than the limit, whatever the archive says of its size."""
    mode = info.external_attr >> 16
    if info.flag_bits & 0x1:
        return RefusedError(name, Reason.ENCRYPTED)
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return RefusedError(name, Reason.LINK)
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return RefusedError(name, Reason.METHOD)
    if info.file_size > SIZE_LIMIT:
        return RefusedError(name, Reason.LARGE)
    try:
        with archive.open(info) as file:
            data = file.read(SIZE_LIMIT + 1)
    except (*_DAMAGED, zlib.error):
        return RefusedError(name, Reason.DAMAGED)
    return data if len(data) <= SIZE_LIMIT else RefusedError(name, Reason.LARGE)
