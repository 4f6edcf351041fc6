"""The numbers of the running bot as Prometheus reads them."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from bot.measures import BOUNDS, Durations
from bot.services import Services

if TYPE_CHECKING:
    from bot.records.inbox import Standing

ABOUT = "partner_bot"

SLOWEST = 2.0
"""Seconds for the database to say what waits there."""


async def metrics_text(services: Services, silence: float) -> tuple[bytes, str]:
    """All numbers as text, and its content type."""
    registry = CollectorRegistry()
    registry.register(_Numbers(services, silence, await _standing(services)))
    ProcessCollector(registry=registry)
    return generate_latest(registry), CONTENT_TYPE_LATEST


class _Numbers(Collector):
    """The numbers at this moment; ``silence`` is that of the chat's server, in seconds."""

    def __init__(self, services: Services, silence: float, standing: "Standing | None") -> None:
        self._services, self._silence, self._standing = services, silence, standing

    def collect(self) -> Iterable[Metric]:
        """Every number there is."""
        yield from self._counted()
        yield self._seconds()
        yield from self._now()

    def _counted(self) -> Iterator[Metric]:
        measures = self._services.measures
        counters: Mapping[str, tuple[str, str, Mapping[str, int]]] = {
            "questions": ("Questions asked.", "language", measures.questions),
            "misses": ("Questions that found nothing.", "language", measures.misses),
            "answers": ("Replies to messages, of all kinds.", "kind", measures.replies),
            "errors": ("Errors that the log tells of.", "error", measures.errors),
        }
        for name, (about, label, counts) in counters.items():
            family = CounterMetricFamily(f"{ABOUT}_{name}", about, labels=[label])
            for value, count in sorted(counts.items()):
                family.add_metric([value], count)
            yield family

    def _seconds(self) -> Metric:
        about = "How long each step takes."
        family = HistogramMetricFamily(f"{ABOUT}_step_seconds", about, labels=["step"])
        for step, durations in self._services.measures.seconds.items():
            family.add_metric([step], list(_buckets(durations)), durations.total)
        return family

    def _now(self) -> Iterator[Metric]:
        services = self._services
        generation = services.knowledge.generation
        yield InfoMetricFamily(
            f"{ABOUT}_index",
            "The index in use.",
            {"generation": generation.name, "fingerprint": generation.fingerprint},
        )
        for name, about, value in (
            ("partners", "Partners in the index in use.", len(generation.content.partners)),
            ("updates_waiting", "Updates not yet answered.", services.measures.waiting()),
            ("records_up", "1 while the database is open.", int(services.records is not None)),
            ("telegram_silence_seconds", "Since Telegram was last heard of.", self._silence),
            *self._inbox(),
        ):
            yield GaugeMetricFamily(f"{ABOUT}_{name}", about, value)

    def _inbox(self) -> Iterator[tuple[str, str, int]]:
        if standing := self._standing:
            yield "inbox_waiting", "Updates in the inbox, of all replicas.", standing.waiting
            yield "inbox_given_up", "Updates that ended each try.", standing.given_up


async def _standing(services: Services) -> "Standing | None":
    """What the inbox holds; None while the database does not say, as then there is no number."""
    if services.records is None:
        return None
    from bot.records.faults import RecordsError  # noqa: PLC0415  slow where there are none

    try:
        async with asyncio.timeout(SLOWEST):
            return await services.records.inbox.standing()
    except (RecordsError, TimeoutError):
        return None


def _buckets(durations: Durations) -> Iterator[tuple[str, float]]:
    """Counts up to each bound, as Prometheus adds them up."""
    so_far = 0
    for bound, count in zip((*map(str, BOUNDS), "+Inf"), durations.counts, strict=True):
        so_far += count
        yield bound, so_far
