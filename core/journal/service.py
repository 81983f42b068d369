"""Writing the journal, reading it, sealing it, checking it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from core.journal import repository
from core.journal.hashing import GENESIS, digest, pack_heads, root_of
from core.journal.model import TENANT_CHAIN, Entry, Flaw, Recorded, Root, Verification
from core.journal.verifying import Checker, check_roots, sealed_by
from core.kernel.codec import canonical
from core.kernel.database import UnitOfWork
from core.kernel.errors import Invalid
from core.kernel.identity import new_id

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
# A transaction that began before a seal may commit after it; its chain is looked at again in the next one.
_OVERLAP = timedelta(hours=1)
_PAGE = 200


async def append(uow: UnitOfWork, *, chain: UUID | None, entries: Sequence[Entry]) -> tuple[UUID, ...]:
    """Write what happened, to a project's chain or (None) the tenant's; the answer is the entries' ids.

    It takes the chain's lock, so it comes last before the commit: whoever waits for it waits for the rest of the
    transaction too. It is one round trip for up to `repository.AT_ONCE` entries.
    """
    chain_id = chain or TENANT_CHAIN
    ids: list[UUID] = []
    for start in range(0, len(entries), repository.AT_ONCE):
        some = entries[start : start + repository.AT_ONCE]
        # The instant of writing, whatever day a demonstration's clock shows: an audit trail must not be told the time.
        recorded_at = datetime.now(UTC)
        rows = [_row(entry) for entry in some]
        digests = [_digest(uow.require_tenant(), chain_id, row, recorded_at) for row in rows]
        await repository.append(
            uow, chain_id, recorded_at, digests=digests, columns=[list(column) for column in zip(*rows, strict=True)]
        )
        ids.extend(row[0] for row in rows)
    return tuple(ids)


async def timeline(
    uow: UnitOfWork, project_id: UUID | None, *, after: int | None = None, limit: int = 50, newest_first: bool = False
) -> tuple[Recorded, ...]:
    """A page of a project's history (None: the tenant's), beyond the number `after`, in the order of writing.

    Raises: Invalid for a page that is empty or too long.
    """
    if not 1 <= limit <= _PAGE:
        raise Invalid(f"每页条数应为 1 至 {_PAGE}")
    start = after if after is not None else (2**62 if newest_first else 0)
    rows = await repository.list_chain(uow, project_id or TENANT_CHAIN, start, limit, newest_first=newest_first)
    return tuple(rows)


async def daily_root(uow: UnitOfWork, *, on: date) -> Root:
    """Seal the day, once; a second call, or one for an earlier day, gets the seal that is there."""
    before = await repository.latest_root(uow, date.max)
    if before is not None and before.day_on >= on:
        return before
    moved = await repository.moved_heads(uow, before.made_at - _OVERLAP if before else None)
    packed, previous = pack_heads(moved), before.root if before else GENESIS
    root = Root(
        day_on=on,
        made_at=datetime.now(UTC),
        chains=len(moved),
        previous=previous,
        root=root_of(previous, on.isoformat(), packed),
        heads=packed,
    )
    if await repository.add_root(uow, root):
        return root
    return await repository.latest_root(uow, on) or root


async def roots(uow: UnitOfWork) -> tuple[Root, ...]:
    """All seals, oldest first, for keeping elsewhere."""
    return tuple(await repository.list_roots(uow))


async def verify(uow: UnitOfWork, chain: UUID | None) -> Verification:
    """Check one chain against itself, its head and the seals."""
    chain_id = chain or TENANT_CHAIN
    sealed = {key: value for key, value in sealed_by(await repository.list_roots(uow)).items() if key[0] == chain_id}
    checker = Checker(await repository.heads(uow, chain_id), sealed)
    async for rows in repository.verifiable_rows(uow, chain_id):
        checker.feed(rows)
    return checker.result()


async def verify_tenant(uow: UnitOfWork, *, kept_elsewhere: Mapping[str, bytes] | None = None) -> Verification:
    """Check every chain of the tenant, and the seals against those kept outside (day → root).

    Without an outside seal a rewriting of everything, seals included, cannot be seen; nothing inside could show it.
    """
    seals = await repository.list_roots(uow)
    flaws: tuple[Flaw, ...] = check_roots(seals, kept_elsewhere or {})
    checker = Checker(await repository.heads(uow), sealed_by(seals))
    async for rows in repository.verifiable_rows(uow):
        checker.feed(rows)
    found = checker.result()
    return Verification(chains=found.chains, entries=found.entries, flaws=flaws + found.flaws)


_Row = tuple[
    UUID, str, str, date, UUID, str, UUID | None, str, UUID, UUID | None, str, str
]  # the columns of the statement's `row`


def _row(entry: Entry) -> _Row:
    actor, detail = entry.actor, dict(entry.detail)
    if entry.before is not None:
        detail["before"] = entry.before
    if entry.after is not None:
        detail["after"] = entry.after
    return (
        new_id(),
        entry.kind,
        entry.subject,
        entry.on,
        actor.user_id,
        actor.name,
        actor.organisation_id,
        actor.organisation,
        actor.tenant_id,
        actor.acting_for,
        str(actor.channel),
        canonical(detail).decode(),
    )


def _digest(tenant_id: UUID, chain_id: UUID, row: _Row, recorded_at: datetime) -> bytes:
    """Hash the content in the order of `repository.FIELDS`."""
    (
        entry_id,
        kind,
        subject,
        on,
        actor_id,
        name,
        organisation_id,
        organisation,
        acting_tenant,
        acting_for,
        channel,
        text,
    ) = row
    return digest(
        (
            str(tenant_id),
            str(chain_id),
            str(entry_id),
            kind,
            subject,
            on.isoformat(),
            (recorded_at - _EPOCH) // _MICROSECOND,
            str(actor_id),
            name,
            str(organisation_id or ""),
            organisation,
            str(acting_tenant),
            str(acting_for or ""),
            channel,
        ),
        text,
    )
