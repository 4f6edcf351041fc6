"""Partners that admins are just adding, question by question; kept over restarts, for a day."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bot.commands.upload_offers import EXPIRY, desk_of
from bot.services import Services
from content.replacing import put


@dataclass(frozen=True, slots=True)
class NewDraft:
    """Answers so far by question, the number of the question asked now (from 0), and since when."""

    admin: int
    at: float
    place: int = 0
    answers: Mapping[str, Any] = field(default_factory=dict)


class NewDrafts:
    """The drafts on one desk: one an admin, a file each."""

    def __init__(self, services: Services) -> None:
        self._folder = desk_of(services) / "new"

    def get(self, admin: int, now: float) -> NewDraft | None:
        """The draft of an admin, unless it is too old."""
        try:
            draft = NewDraft(**json.loads(self._path(admin).read_bytes()))
        except (OSError, ValueError, TypeError):
            return None
        return draft if now - draft.at < EXPIRY else None

    def put(self, draft: NewDraft) -> None:
        """Keep a draft in place of the one before.

        Raises:
            OSError: the disk refuses.
        """
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        put(self._path(draft.admin), json.dumps(asdict(draft)).encode())

    def drop(self, admin: int) -> None:
        """Forget the draft of an admin."""
        self._path(admin).unlink(missing_ok=True)

    def _path(self, admin: int) -> Path:
        return self._folder / f"{admin}.json"
