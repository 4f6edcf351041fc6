"""Which partners nobody has checked for long."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from content.models import Content

FRESH_FOR = timedelta(days=365)
"""How long a partner's facts are trusted after ``verified_on``."""


@dataclass(frozen=True, slots=True)
class Freshness:
    """Ids of partners last checked too long ago, oldest first, and of those without a day."""

    old: tuple[tuple[str, date], ...] = ()
    undated: tuple[str, ...] = ()


def freshness(content: Content, today: date | None = None) -> Freshness:
    """What should be checked again as of ``today``."""
    limit = (today or datetime.now(UTC).date()) - FRESH_FOR
    dated = [(p.verified_on, p.id) for p in content.partners if p.verified_on]
    old = tuple((partner_id, day) for day, partner_id in sorted(dated) if day < limit)
    return Freshness(old, tuple(p.id for p in content.partners if not p.verified_on))
