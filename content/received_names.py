"""Which file of the content a sent name stands for; names that lead elsewhere are refused."""

import re
import unicodedata
from collections.abc import Collection

from content.ids import good_id, id_from
from content.refusals import Reason, RefusedError

LISTS = ("topics.yaml", "vocabulary.yaml")
ROOMS = ("partners", "translations")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_DRIVE = re.compile(r"[A-Za-z]:")
_DOUBLE_ENDING = re.compile(r"(?i)\.(ya?ml\.txt|yml|ya?ml)\Z")


def content_name(sent: str, languages: Collection[str]) -> str:
    """The content's own name for a sent one: "cose.yaml" gives "partners/cose.yaml".

    A file named by one of the ``languages`` alone is that translation.

    Raises:
        RefusedError: no file of the content can be called so.
    """
    _stays_inside(sent)
    room, _, file = sent.rpartition("/")
    stem = _stem(sent, file)
    if not room and file in LISTS:
        return file
    if room == "translations" or (not room and stem in languages):
        if not _LANGUAGE.fullmatch(stem):
            raise RefusedError(sent, Reason.LANGUAGE, "translations/en.yaml")
        return f"translations/{stem}.yaml"
    if room not in ("", "partners"):
        raise RefusedError(sent, Reason.FOLDER, f"partners/{file}")
    if not good_id(stem):
        right = id_from(stem)
        raise RefusedError(sent, Reason.NAME, f"{right or 'croix-rouge'}.yaml")
    return f"partners/{stem}.yaml"


def _stays_inside(sent: str) -> None:
    """Refuses what could lead out of the folder, on any system, or cannot be seen."""
    if any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") for c in sent):
        raise RefusedError(sent, Reason.CHARACTERS)
    parts = sent.split("/")
    if "\\" in sent or _DRIVE.match(sent) or not all(parts) or {".", ".."} & set(parts):
        raise RefusedError(sent, Reason.OUTSIDE)
    if any(part.startswith(".") for part in parts):
        raise RefusedError(sent, Reason.HIDDEN)


def _stem(sent: str, file: str) -> str:
    if file.lower().endswith(".zip"):
        raise RefusedError(sent, Reason.NESTED)
    if not file.endswith(".yaml"):
        looks_right = _DOUBLE_ENDING.search(file)
        right = f"{_DOUBLE_ENDING.sub('', file)}.yaml" if looks_right else ""
        raise RefusedError(sent, Reason.RENAME if right else Reason.ENDING, right)
    return file.removesuffix(".yaml")
