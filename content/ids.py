"""Ids of partners: they are the names of their files."""

import re

from content.files import ID_LIMIT
from content.folding import fold

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def good_id(partner_id: str) -> bool:
    """Whether it may be a partner's file name."""
    return len(partner_id) <= ID_LIMIT and _ID.fullmatch(partner_id) is not None


def id_from(words: str) -> str:
    """The id most like some words: "Croix Rouge" gives croix-rouge; empty when nothing is left."""
    return re.sub(r"[^a-z0-9]+", "-", fold(words)).strip("-")[:ID_LIMIT].strip("-")
