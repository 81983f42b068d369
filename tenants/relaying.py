"""Carrying between tenants on demand (转交): what a worker does all the time, done when a play asks for it."""

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import AsyncExitStack, contextmanager

from core.journal import outbox
from core.kernel.settings import Settings
from core.kernel.tenancy import Tenant
from core.worker.jobs import ACROSS, CONSUMERS, Toolbox
from tenants import assembly


class Messenger:
    """Lets what has happened in some tenants reach the others, now."""

    def __init__(self, runner: asyncio.Runner, toolbox: Toolbox) -> None:
        self._runner, self._toolbox = runner, toolbox

    def carry(self, tenants: Iterable[Tenant]) -> None:
        """Carry everything these tenants have to say to others; a worker beside may do the same."""
        self._runner.run(self._carry(tuple(tenants)))

    async def _carry(self, tenants: tuple[Tenant, ...]) -> None:
        for tenant in tenants:
            async with self._toolbox.database.unit_of_work(tenant.id) as uow:
                await outbox.fan_out(uow, CONSUMERS)
            await self._toolbox.consume(tenant, ACROSS)


@contextmanager
def messenger(settings: Settings) -> Iterator[Messenger]:
    """A messenger on these servers, for as long as the block."""
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        services = runner.run(stack.enter_async_context(assembly.services(settings)))
        toolbox = Toolbox(services)
        stack.push_async_callback(toolbox.close)
        try:
            yield Messenger(runner, toolbox)
        finally:
            runner.run(stack.aclose())
