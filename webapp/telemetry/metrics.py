"""Metrics for Prometheus: numbers only, never what somebody asked or who it was."""

from collections.abc import Iterator
from datetime import UTC, datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from indexer import Answer, Generation, NoIndex, Shelf

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
NO_ROUTE = "none"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


_READY = "Whether there is an index, and its engine answers."


class Metrics:
    """The counts of one process; with a folder, of all the workers that write to it.

    The folder has to be in PROMETHEUS_MULTIPROC_DIR when the process starts.
    """

    def __init__(self, folder: str = "") -> None:
        self._folder = folder
        self._now = 0
        self._registry = registry = CollectorRegistry()
        labels = ["route", "status"]
        self._requests = Counter("hope_requests", "Requests answered.", labels, registry=registry)
        self._seconds = Histogram(
            "hope_request_seconds",
            "How long answering took, until the last byte was handed over.",
            ["route"],
            registry=registry,
            buckets=_SECONDS,
        )
        self._in_flight = Gauge(
            "hope_requests_in_flight",
            "Requests that are being answered.",
            registry=registry,
            multiprocess_mode="livesum",
        )
        self._searches = Counter(
            "hope_searches",
            "Searches, by what came of them and by whether a sentence model took part.",
            ["outcome", "meaning"],
            registry=registry,
        )
        self._partial = Counter(
            "hope_searches_partial", "Searches cut by their time.", registry=registry
        )
        self._turned_away = Counter(
            "hope_turned_away",
            "Requests not answered: too often (rate), no room (busy), too large (size), "
            "or under a foreign name (host).",
            ["reason"],
            registry=registry,
        )

    def is_busy(self) -> bool:
        """Whether this process is answering a request."""
        return self._now > 0

    def begun(self) -> None:
        """Count a request that came."""
        self._now += 1
        self._in_flight.inc()

    def ended(self, route: str, status: int, seconds: float) -> None:
        """Count a request that was answered; `route` is a template such as /watch/{slug}."""
        self._now -= 1
        self._in_flight.dec()
        self._requests.labels(route or NO_ROUTE, str(status)).inc()
        self._seconds.labels(route or NO_ROUTE).observe(seconds)

    def searched(self, answer: Answer) -> None:
        """Count a search."""
        found = {"answered": "answered", "perhaps": "perhaps", "none": "mentioned"}
        outcome = found[answer.confidence] if answer.hits else "nothing"
        self._searches.labels(outcome, "yes" if answer.meaning else "no").inc()
        if answer.partial:
            self._partial.inc()

    def turned_away(self, reason: str) -> None:
        """Count a request that was not answered, and why."""
        self._turned_away.labels(reason).inc()

    def text(self, shelf: Shelf, now: datetime) -> bytes:
        """All of it, as Prometheus reads it."""
        counted = self._registry
        if self._folder:
            counted = CollectorRegistry()
            MultiProcessCollector(counted, path=self._folder)  # type: ignore[no-untyped-call]
        served = CollectorRegistry()
        served.register(_Served(shelf, now))
        return generate_latest(counted) + generate_latest(served)


class _Served:
    """The generation that is served when Prometheus asks."""

    def __init__(self, shelf: Shelf, now: datetime) -> None:
        self._shelf = shelf
        self._now = now

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield what Prometheus collects."""
        try:
            generation = self._shelf.current()
            whole = generation.whole()
        except NoIndex:
            yield GaugeMetricFamily("hope_ready", _READY, value=0)
            return
        yield GaugeMetricFamily("hope_ready", _READY, value=1)
        yield GaugeMetricFamily(
            "hope_generation_age_seconds",
            "Since the served index was built.",
            value=age_seconds(generation, self._now),
        )
        yield GaugeMetricFamily(
            "hope_generation_newest",
            "Whether the served index is the one that was meant; 0 when an older one stands in.",
            value=0 if self._shelf.trouble else 1,
        )
        yield GaugeMetricFamily(
            "hope_whole",
            "Whether all of it can be searched; 0 when an engine cannot reach a part.",
            value=1 if whole else 0,
        )
        yield GaugeMetricFamily(
            "hope_meaning",
            "Whether questions are read by their meaning as well.",
            value=0 if generation.meaning_off else 1,
        )


def age_seconds(generation: Generation, now: datetime) -> int:
    """Whole seconds since a generation was built; 0 when the clock says that it is not yet."""
    built = datetime.fromisoformat(generation.built_at)
    if built.tzinfo is None:
        built = built.replace(tzinfo=UTC)
    return max(0, int((now - built).total_seconds()))
