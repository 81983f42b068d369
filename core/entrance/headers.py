"""Headers on every response, errors included: set outside the framework, which skips its hooks for errors."""

from typing import Any
from uuid import uuid4

from litestar import Litestar
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

_CONTENT = (
    b"default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; "
    b"object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
SECURITY = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (b"content-security-policy", _CONTENT),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)


class Headers:
    """Wraps the application: a request id in, security headers and the id out.

    `app` is the application inside, for tests that equip it themselves.
    """

    def __init__(self, wrapped: ASGIApp, *, app: Litestar, https: bool) -> None:
        self.wrapped = wrapped
        self.app = app
        self.https = https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self.wrapped(scope, receive, send)
            return
        request_id = uuid4().hex
        state: dict[str, Any] = scope.setdefault("state", {})
        state["request_id"] = request_id

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message["headers"])
                have = {name.lower() for name, _ in headers}
                headers += [pair for pair in SECURITY if pair[0] not in have]
                if b"cache-control" not in have:
                    headers.append((b"cache-control", b"no-store"))
                if self.https:
                    headers.append((b"strict-transport-security", b"max-age=31536000; includeSubDomains"))
                headers.append((b"x-request-id", request_id.encode()))
                if (trips := state.get("round_trips")) is not None and not self.https:
                    headers.append((b"x-lixiang-round-trips", str(trips).encode()))
                message["headers"] = headers
            await send(message)

        await self.wrapped(scope, receive, sending)
