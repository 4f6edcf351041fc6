"""Response times that were counted in buckets, as the few numbers that people understand."""

from collections import Counter
from collections.abc import Iterable, Mapping

from bot.records.counts import BUCKETS

HALF, NEARLY_ALL = 0.5, 0.95
"""The shares that are told: half of the answers, and 95 of a hundred."""


def within(seconds: Mapping[float, int], share: float) -> float | None:
    """Seconds within which that share of the answers came; None when there were none.

    Exact to the width of a bucket (``BUCKETS``); beyond the last bound it is that bound.
    """
    wanted, passed = share * sum(seconds.values()), 0
    for bound, number in sorted(seconds.items()):
        if number and passed + number >= wanted:
            low = max((b for b in BUCKETS if b < bound), default=0.0)
            high = bound if bound < BUCKETS[-1] else low
            return low + (high - low) * (wanted - passed) / number
        passed += number
    return None


def together(buckets: Iterable[Mapping[float, int]]) -> Mapping[float, int]:
    """The answers of several days, by the same bounds."""
    total: Counter[float] = Counter()
    for bucket in buckets:
        total.update(bucket)
    return total
