"""The web application: API, plain pages, health, one set of headers and one format of errors."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from litestar import Litestar, Request, Response, Router
from litestar.datastructures import State
from litestar.di import Provide

from core import web
from core.api import openapi
from core.api.accounts import Accounts
from core.api.comparing import Comparing
from core.api.exports import Exports
from core.api.files import Files
from core.api.forms import Forms
from core.api.governing import Choices, Trail
from core.api.health import healthz, metrics, readyz
from core.api.me import Delegations, OwnTokens
from core.api.moves import RuleMoves, suppose
from core.api.organisations import Organisations
from core.api.parts import Parts
from core.api.postings import Postings, Submissions
from core.api.problems import HANDLERS
from core.api.projects import Desks, Projects
from core.api.public import Public
from core.api.records import Records
from core.api.referrals import list_referrals
from core.api.registers import Registers
from core.api.rules import Rules, own_rulebook
from core.api.sessions import Sessions
from core.api.tenants import list_tenants
from core.api.webhooks import Webhooks
from core.documents import open_store
from core.entrance import Asking, Figures, Headers, Watch, configure_log
from core.kernel.services import Services
from core.kernel.settings import Settings
from core.policy.rulebooks.registry import installed
from core.stages import Venues

_RESOURCES = (
    *(
        list_tenants,
        Sessions,
        OwnTokens,
        Delegations,
        Projects,
        Parts,
        Forms,
        Exports,
        Desks,
        list_referrals,
        Files,
        Registers,
        Records,
    ),
    *(Public, Postings, Submissions),
    *(Rules, own_rulebook, Comparing, RuleMoves, suppose, Organisations, Accounts, Choices, Trail, Webhooks),
)
_MACHINE = ("/api", "/healthz", "/readyz", "/metrics")
_MIB = 1024 * 1024


def create_app(*, settings: Settings, services: Callable[[], AbstractAsyncContextManager[Services]]) -> Headers:
    """Build the application. `services` opens pool and directory; they live as long as the process."""

    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncIterator[None]:
        async with services() as opened:
            equip(app, opened)
            yield

    configure_log(settings)
    figures = Figures()
    app = Litestar(
        route_handlers=[
            Router(path="/api/v1", route_handlers=list(_RESOURCES)),
            *(openapi.reference_asset, healthz, readyz, metrics),
            *web.PAGES,
        ],
        lifespan=[lifespan],
        dependencies={
            "asking": Provide(_asking, sync_to_thread=False),
            "figures": Provide(lambda: figures, sync_to_thread=False),
        },
        exception_handlers={kind: _answering(handler, settings) for kind, handler in HANDLERS.items()},
        path=settings.path_prefix or None,
        openapi_config=openapi.config(),
        template_config=web.template_config(settings),
        request_max_body_size=settings.request_limit_mb * _MIB,
        debug=False,
    )
    return Headers(Watch(app, figures), app=app, https=settings.base_url.startswith("https://"))


def equip(app: Litestar, services: Services) -> None:
    """Hand the application what its handlers work with."""
    app.state.services = services
    app.state.venues = Venues(installed(), services.directory)
    app.state.store = open_store(services.settings.storage_url)


def _asking(request: Request[Any, Any, Any], state: State) -> Asking:
    return Asking(request, state.services, state.venues, state.store)


def _answering(handler: Callable[[Any, Any], Response[Any]], settings: Settings) -> Any:
    """One mapping of errors for both channels: programs get the document, people a page made from it."""

    def answer(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
        found = handler(request, error)
        path = request.url.path.removeprefix(settings.path_prefix)
        return found if path.startswith(_MACHINE) else web.error_page(request, found.content)

    return answer
