"""The web application: API, plain pages, health, one set of headers and one format of errors."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from litestar import Litestar, Request, Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig

from core.api.asking import Asking
from core.api.files import Files
from core.api.headers import Headers
from core.api.health import healthz, readyz
from core.api.problems import HANDLERS
from core.api.projects import Desks, Projects
from core.api.registers import Registers
from core.api.rules import Rules
from core.api.sessions import Sessions
from core.documents import open_store
from core.kernel.services import Services
from core.kernel.settings import Settings
from core.policy.registry import installed
from core.stages import Venues

VERSION = "1.0.0"


def create_app(*, settings: Settings, services: Callable[[], AbstractAsyncContextManager[Services]]) -> Headers:
    """Build the application. `services` opens pool and directory; they live as long as the process."""

    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncIterator[None]:
        async with services() as opened:
            equip(app, opened)
            yield

    api = Router(path="/api/v1", route_handlers=[Sessions, Projects, Desks, Files, Registers, Rules])
    app = Litestar(
        route_handlers=[api, healthz, readyz],
        lifespan=[lifespan],
        dependencies={"asking": Provide(_asking, sync_to_thread=False)},
        exception_handlers=HANDLERS,
        path=settings.path_prefix or None,
        openapi_config=OpenAPIConfig(
            title="立项 Lixiang",
            version=VERSION,
            path="/api",
            description="政务信息化项目全过程接口。金额以分为单位；日期为北京日期；每次办理须带幂等键和项目版本。",
        ),
        request_max_body_size=settings.request_limit_mb * 1024 * 1024,
        type_encoders={},
        debug=False,
    )
    return Headers(app, https=settings.base_url.startswith("https://"))


def equip(app: Litestar, services: Services) -> None:
    """Hand the application what its handlers work with."""
    app.state.services = services
    app.state.venues = Venues(installed())
    app.state.store = open_store(services.settings.storage_url)


def _asking(request: Request[Any, Any, Any], state: State) -> Asking:
    return Asking(request, state.services, state.venues, state.store)
