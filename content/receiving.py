"""Sent files as files of the content, with everything that is refused about them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from content.archives import ARCHIVE_LIMIT, FILES_LIMIT, SUM_LIMIT, unpacked
from content.files import SIZE_LIMIT
from content.received_names import content_name
from content.refusals import Reason, Refusal, RefusedError


@dataclass(frozen=True, slots=True)
class Document:
    """A file that somebody sent; ``data`` is None when it could not be fetched."""

    name: str
    data: bytes | None


@dataclass(frozen=True, slots=True)
class Received:
    """Files by their name in the content, and what was refused; with a refusal nothing counts."""

    files: dict[str, bytes]
    refusals: tuple[Refusal, ...]


def refused_unseen(name: str, size: int) -> Refusal | None:
    """Why a file need not even be fetched, from its name and the bytes it is said to have."""
    if is_archive(name):
        return Refusal(name, Reason.ZIP_LARGE) if size > ARCHIVE_LIMIT else None
    try:
        content_name(name, ())
    except RefusedError as error:
        return error.refusal
    return Refusal(name, Reason.LARGE) if size > SIZE_LIMIT else None


def is_archive(name: str) -> bool:
    """Whether a file is one of many others."""
    return name.lower().endswith(".zip")


def received(documents: Sequence[Document], languages: Collection[str]) -> Received:
    """All that was sent at once; ``languages`` are those whose files are known by their code."""
    files: dict[str, bytes] = {}
    refusals: list[Refusal] = []
    for name, data in _told(documents, refusals):
        try:
            target = content_name(name, languages)
        except RefusedError as error:
            refusals.append(error.refusal)
            continue
        if target in files:
            refusals.append(Refusal(name, Reason.TWICE, target))
        files[target] = data
    if len(files) > FILES_LIMIT:
        refusals.append(Refusal(documents[0].name, Reason.MANY))
    elif sum(map(len, files.values())) > SUM_LIMIT:
        refusals.append(Refusal(documents[0].name, Reason.SUM_LARGE))
    return Received(files, tuple(refusals))


def _told(documents: Iterable[Document], refusals: list[Refusal]) -> Iterator[tuple[str, bytes]]:
    """Every file, those in archives too; what cannot be had goes to the refusals."""
    for document in documents:
        name, data = document.name, document.data
        if data is None:
            refusals.append(Refusal(name, Reason.LOST))
        elif refusal := refused_unseen(name, len(data)):
            refusals.append(refusal)
        elif is_archive(name):
            yield from _inner(name, data, refusals)
        else:
            yield name, data


def _inner(name: str, data: bytes, refusals: list[Refusal]) -> Iterator[tuple[str, bytes]]:
    try:
        for inner, found in unpacked(name, data):
            if isinstance(found, bytes):
                yield inner, found
            else:
                refusals.append(found.refusal)
    except RefusedError as error:
        refusals.append(error.refusal)
