"""What a command receives from the floor above: core commands never assemble anything themselves."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AbstractContextManager, asynccontextmanager
from dataclasses import dataclass

import typer

from core.cli.officers import Cast
from core.kernel.errors import NotFound
from core.kernel.services import Services
from core.kernel.settings import Settings
from core.kernel.tenancy import Tenant
from core.policy.scenarios import Scenario


class TenantUnknown(NotFound):
    """No tenant has this code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """The ways into one installation of Lixiang.

    `settings` reads the environment only. `servers` also makes sure that database, queue and file store are
    there, embedded ones if none are set. `services` opens the pool on them, inside a running loop. `stage` prepares
    what scenarios are given and serves them over HTTP: for each scenario, who acts there in a role.
    """

    settings: Callable[[], Settings]
    servers: Callable[[], AbstractContextManager[Settings]]
    services: Callable[[Settings], AbstractAsyncContextManager[Services]]
    stage: Callable[[Sequence[Scenario]], AbstractContextManager[Sequence[Cast]]]


def installation(context: typer.Context) -> Installation:
    """The installation this command works on."""
    found: Installation = context.obj
    return found


@asynccontextmanager
async def at_tenant(place: Installation, code: str) -> AsyncIterator[tuple[Services, Tenant]]:
    """The open services of an installation and one of its tenants.

    Raises: TenantUnknown.
    """
    with place.servers() as settings:
        async with place.services(settings) as services:
            tenant = await services.directory.by_code(code)
            if tenant is None:
                raise TenantUnknown(f"没有代码为“{code}”的租户")
            yield services, tenant
