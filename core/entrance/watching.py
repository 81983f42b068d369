"""One log line and two figures per request, whoever answered it; never a query, body, cookie or token."""

import time
from typing import Any

import structlog
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

from core.stages.reporting import RULE_FAILURES

_log = structlog.get_logger("access")
_QUIET = frozenset({"/healthz", "/readyz", "/metrics"})


class Figures:
    """What one process counts for Prometheus; several processes are scraped one by one."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "lixiang_requests", "Requests answered", ("method", "route", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "lixiang_request_seconds", "Seconds until the answer began", ("method", "route"), registry=self.registry
        )

        self.registry.register(RULE_FAILURES)

    def as_text(self) -> bytes:
        """The figures in the text format of Prometheus."""
        return generate_latest(self.registry)


class Watch:
    """Wraps the application: counts and logs each answer by the pattern of its route."""

    def __init__(self, app: ASGIApp, figures: Figures) -> None:
        self.app = app
        self.figures = figures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._note(scope, message["status"], time.perf_counter() - began)
            await send(message)

        await self.app(scope, receive, sending)

    def _note(self, scope: Any, status: int, seconds: float) -> None:
        route = scope.get("path_template") or "unmatched"
        method = scope["method"] if scope["method"] in _METHODS else "OTHER"
        self.figures.requests.labels(method, route, str(status)).inc()
        self.figures.seconds.labels(method, route).observe(seconds)
        state = scope.get("state", {})
        if route not in _QUIET:
            _log.info(
                "request",
                method=method,
                route=route,
                status=status,
                milliseconds=round(seconds * 1000, 1),
                request_id=state.get("request_id"),
                tenant=state.get("tenant"),
                account=state.get("account"),
                round_trips=state.get("round_trips"),
            )


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
