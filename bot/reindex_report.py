"""What a reindex, or the way back, did: the partners, the problems, the expected questions."""

import time
from dataclasses import dataclass, field

from content.freshness import Freshness, freshness
from content.loading import Loaded
from content.models import Content
from content.problems import Problem
from index.expected import Comparison
from index.library import Generation


@dataclass(frozen=True, slots=True)
class ReindexReport:
    """What a reindex did. With an error among the problems, or a failure, nothing was changed."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    partners: int = 0
    seconds: float = 0.0
    problems: tuple[Problem, ...] = ()
    failure: str | None = None
    done: bool = False
    expected: Comparison | None = None
    """How the partners' expected questions fare, where they were asked."""
    fresh: Freshness = field(default_factory=Freshness)
    undone: bool = False
    """Whether this is the way back to the generation before."""

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why nothing was changed, a line a reason."""
        return (*map(str, self.problems), *([self.failure] if self.failure else []))


def differences(
    before: Content | None, after: Content
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The ids of partners added, changed and removed, each in order."""
    old = {p.id: p for p in before.partners} if before else {}
    new = {p.id: p for p in after.partners}
    return (
        tuple(sorted(new.keys() - old.keys())),
        tuple(sorted(i for i in new.keys() & old.keys() if new[i] != old[i])),
        tuple(sorted(old.keys() - new.keys())),
    )


def report_of(
    loaded: Loaded, before: Generation | None, begun: float, expected: Comparison | None
) -> ReindexReport:
    """What a reindex did that ``begun`` then (in monotonic seconds)."""
    assert loaded.content is not None  # noqa: S101  bad content has been turned away
    return ReindexReport(
        *differences(before.content if before else None, loaded.content),
        partners=len(loaded.content.partners),
        seconds=time.monotonic() - begun,
        problems=loaded.problems,
        done=True,
        expected=expected,
        fresh=freshness(loaded.content),
    )
