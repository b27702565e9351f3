"""Counts for Prometheus: requests by route and status, events by what became of them. Never an id or a name."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """The counters of one server process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        labels = ("method", "route", "status")
        self.requests = Counter("sf_requests", "Requests answered", labels, registry=self.registry)
        self.seconds = Histogram(
            "sf_request_seconds", "Time to answer", ("method", "route"), buckets=_SECONDS, registry=self.registry
        )
        self.events = Counter("sf_events", "Events by outcome", ("result", "code"), registry=self.registry)
        self._of_route: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}
        self.declined = Counter("sf_declined", "Requests declined, by code", ("code",), registry=self.registry)

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request that was answered."""
        found = self._of_route.get((method, route, status))
        if found is None:  # once for each: to look its labels up costs as much as to count
            count, took = self.requests.labels(method, route, str(status)), self.seconds.labels(method, route)
            found = self._of_route[method, route, status] = (count, took)
        found[0].inc()
        found[1].observe(seconds)

    def text(self) -> bytes:
        """Return everything in Prometheus's text format."""
        return generate_latest(self.registry)
