"""What a server counts: requests by page and answer, and how long they took (Prometheus)."""

from __future__ import annotations

from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """The counters of one server."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "duibiao_requests_total", "Requests answered.", ("page", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "duibiao_request_seconds",
            "Time to the last byte.",
            ("page",),
            buckets=_BOUNDS,
            registry=self.registry,
        )

    def text(self) -> bytes:
        """All of them, as Prometheus reads it."""
        return generate_latest(self.registry)


class Counted:
    """Counts each request by the page that answers it, never by the address: that has no end of values."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        self.app, self.metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        start, status = perf_counter(), 500

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, answer)
        finally:
            page = getattr(scope.get("route"), "path", "-")
            self.metrics.requests.labels(page, str(status)).inc()
            self.metrics.seconds.labels(page).observe(perf_counter() - start)
