"""What one tenant's journal means for others (跨租户转交): referrals, notices and echoes of acts, carried over.

One unit of work reads at the owner's, one writes at each tenant concerned; the delivery is confirmed afterwards. What
is carried twice changes nothing the second time, so a process may die between any two of these steps.
"""

from collections.abc import Sequence
from uuid import UUID

from core.journal import Recorded
from core.kernel.clock import Clock
from core.kernel.database import Database
from core.kernel.tenancy import Tenant, TenantDirectory
from core.notices import tell, told_elsewhere
from core.notices.model import Told
from core.policy.rulebooks.registry import Registry
from core.stages import Parcel, parcels_of, receive
from core.stages.seating import Tree


class Carrier:
    """Carries entries of a tenant to the tenants that act for it."""

    def __init__(
        self, database: Database, directory: TenantDirectory, registry: Registry, clock: Clock, *, by_mail: bool
    ) -> None:
        self._database, self._directory, self._registry = database, directory, registry
        self._clock, self._by_mail = clock, by_mail

    async def carry(self, owner: Tenant, entries: Sequence[Recorded]) -> None:
        """Let a batch of an owner's entries have its effect everywhere else."""
        tree = Tree(owner, {tenant.id: tenant for tenant in await self._directory.all()})
        if tree.is_alone:
            return
        async with self._database.unit_of_work(owner.id, read_only=True) as uow:
            parcels = await parcels_of(uow, self._registry, tree, entries)
            told = await told_elsewhere(uow, self._registry, owner, entries)
        for tenant_id in sorted(parcels.keys() | told.keys()):
            if tenant_id in tree.tenants:
                await self._deliver(tenant_id, owner, parcels.get(tenant_id), told.get(tenant_id, ()))

    async def _deliver(self, tenant_id: UUID, owner: Tenant, parcel: Parcel | None, told: Sequence[Told]) -> None:
        async with self._database.unit_of_work(tenant_id) as uow:
            if told:
                await tell(uow, self._clock, told, by_mail=self._by_mail)
            if parcel is not None:
                await receive(uow, owner, parcel)
