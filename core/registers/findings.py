"""What an office records about a unit, and lifts again (单位记录): rules read it, units may not write it."""

import re
from collections.abc import Mapping
from datetime import date
from uuid import UUID

import msgspec

from core import journal
from core.kernel.database import UnitOfWork
from core.kernel.identity import new_id
from core.kernel.tenancy import Actor
from core.people import get_organisation
from core.people.permissions import REGISTERS_READ, require
from core.policy.cases import context as seen
from core.policy.rulebooks.rulebook import Rulebook
from core.projects import get_project
from core.registers import repository
from core.registers.keeping import office_roles, require_roles
from core.registers.model import Finding, FindingMissing, NotKeeper, refuse, required

_KIND = re.compile(r"[a-z][a-z0-9_]{0,63}")


class NewFinding(msgspec.Struct, frozen=True, kw_only=True):
    """What is recorded: of which unit, of which kind (as the regulation's rules name it), why, from which day."""

    organisation_id: UUID
    kind: str
    reason: str
    on: date
    project_code: str = ""


async def record_finding(uow: UnitOfWork, rulebook: Rulebook, actor: Actor, new: NewFinding) -> Finding:
    """Record something about a unit.

    Raises: NotAllowed, NotKeeper, OrganisationNotFound, ProjectMissing, Invalid without reason or with a wrong kind.
    """
    require_roles(actor, rulebook, office_roles(rulebook), "单位记录")
    if _KIND.fullmatch(new.kind) is None:
        raise refuse("记录类型应为小写字母、数字和下划线", "kind")
    reason = required(new.reason, "reason", "记录的原因")
    body = await get_organisation(uow, new.organisation_id, new.on)
    if new.project_code:
        await get_project(uow, new.project_code)
    finding = Finding(
        id=new_id(),
        organisation_id=new.organisation_id,
        kind=new.kind,
        on=new.on,
        reason=reason,
        project_code=new.project_code,
        recorded_by_name=actor.name,
        lifted_on=None,
        lifted_reason="",
        lifted_by_name="",
    )
    await repository.insert_finding(uow, finding, actor)
    detail = {"kind": new.kind, "reason": reason, "project": new.project_code, "organisation": body.name}
    await _record(uow, "recorded", actor, finding=finding, on=new.on, detail=detail)
    return finding


async def lift_finding(
    uow: UnitOfWork, rulebook: Rulebook, actor: Actor, *, finding_id: UUID, on: date, reason: str
) -> Finding:
    """Lift a finding from a day on; what it caused until then stays as it was.

    Raises: NotAllowed, NotKeeper, FindingMissing, Invalid without reason.
    """
    require_roles(actor, rulebook, office_roles(rulebook), "单位记录的解除")
    why = required(reason, "reason", "解除原因")
    lifted = await repository.lift_finding(uow, finding_id, on=on, reason=why, by=actor.name)
    if lifted is None:
        raise FindingMissing
    await _record(uow, "lifted", actor, finding=lifted, on=on, detail={"kind": lifted.kind, "reason": why})
    return lifted


async def list_findings(
    uow: UnitOfWork, rulebook: Rulebook, actor: Actor, *, organisation_id: UUID
) -> tuple[Finding, ...]:
    """Everything recorded about a unit, lifted or not, oldest first; the unit reads its own.

    Raises: NotAllowed, NotKeeper.
    """
    if not actor.is_system:
        require(actor, REGISTERS_READ)
        wide = office_roles(rulebook) | {role.key for role in rulebook.roles.values() if role.reads_all}
        if actor.organisation_id != organisation_id and actor.roles.isdisjoint(wide):
            raise NotKeeper("您只能查阅本单位的记录")
    return await repository.list_findings(uow, organisation_id)


async def unit_findings(uow: UnitOfWork, organisation_id: UUID) -> tuple[seen.UnitFinding, ...]:
    """What rules see of a unit's findings (for `UnitRecord.findings`)."""
    return tuple(
        seen.UnitFinding(kind=f.kind, on=f.on, reason=f.reason, project=f.project_code, lifted_on=f.lifted_on)
        for f in await repository.list_findings(uow, organisation_id)
    )


async def _record(
    uow: UnitOfWork, verb: str, actor: Actor, *, finding: Finding, on: date, detail: Mapping[str, object]
) -> None:
    named = {"finding_id": finding.id, "organisation_id": finding.organisation_id}
    entry = journal.Entry(
        kind=f"finding:{verb}", actor=actor, on=on, subject=f"finding:{finding.id}", detail=named | dict(detail)
    )
    await journal.append(uow, chain=None, entries=[entry])
