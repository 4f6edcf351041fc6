"""``check --links``: what a visit to every partner's website showed, in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from content.links import Progress, State, Visit, visit_all
from content.loading import Loaded
from content.models import Partner
from content.problems import shown_path
from content.sources import partner_file

OFFLINE = (
    "No website could be reached: there seems to be no connection. Nothing is said about the links."
)


@dataclass(frozen=True, slots=True)
class LinkReport:
    """A line for each website that does not simply answer, a summary, and how many are dead."""

    lines: tuple[str, ...]
    summary: str
    dead: int


async def check_links(loaded: Loaded, progress: Progress = lambda _done, _all: None) -> LinkReport:
    """Visit the website of every partner that could be read."""
    partners = [p for p in loaded.readable.partners if p.website]
    visits = judged(await visit_all([p.website or "" for p in partners], progress))
    if visits and all(visit.state is State.UNREACHED for visit in visits):
        return LinkReport((), OFFLINE, 0)
    lines = _lines(loaded, partners, visits)
    dead = sum(visit.state is State.DEAD for visit in visits)
    return LinkReport(tuple(lines), _summary(visits), dead)


def judged(visits: Sequence[Visit]) -> tuple[Visit, ...]:
    """Hosts that cannot be found are dead when others can: then the connection is not to blame."""
    connected = any(v.state not in (State.UNREACHED, State.UNTOLD) for v in visits)
    if not connected:
        return tuple(visits)
    return tuple(
        Visit(v.website, State.DEAD, v.detail) if v.state is State.UNREACHED else v for v in visits
    )


def _lines(loaded: Loaded, partners: Sequence[Partner], visits: Sequence[Visit]) -> Iterator[str]:
    for partner, visit in zip(partners, visits, strict=True):
        file = partner_file(partner.id)
        line, column = loaded.sources.place(file, ("website",))
        place = f"{shown_path(loaded.sources.folder / file)}:{line}:{column}"
        if visit.state is State.DEAD:
            yield f"{place}: dead: {visit.website} ({visit.detail}): mend it, or take it out"
        elif visit.state is State.MOVED:
            yield f"{place}: moved: {visit.website} leads to {visit.detail}"
        elif visit.state is not State.ALIVE:
            yield f"{place}: could not be told: {visit.website} ({visit.detail})"


def _summary(visits: Sequence[Visit]) -> str:
    counts = {state: sum(visit.state is state for visit in visits) for state in State}
    untold = counts[State.UNTOLD] + counts[State.UNREACHED]
    return (
        f"{len(visits)} websites: {counts[State.ALIVE]} answer, {counts[State.MOVED]} moved,"
        f" {counts[State.DEAD]} dead, {untold} could not be told"
    )
