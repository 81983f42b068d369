"""Who keeps a register: read from the rulebook, never decided here (登记职责)."""

from datetime import date
from uuid import UUID

from core.kernel.database import UnitOfWork
from core.kernel.tenancy import Actor
from core.people import get_organisation
from core.people.permissions import REGISTERS_READ, REGISTERS_WRITE, require
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.actors import PROJECT_UNIT, SUBORDINATE_UNIT
from core.policy.rules.regulation import Register
from core.registers.model import NotKeeper, RegisterDerived, RegisterUnknown

FINDINGS = "unit_findings"
_EVER = date(2100, 1, 1)
_OWN = frozenset({PROJECT_UNIT, SUBORDINATE_UNIT})


def find_register(rulebook: Rulebook, key: str) -> Register:
    """The register of that key or alias.

    Raises: RegisterUnknown.
    """
    found = rulebook.registers.get(key)
    if found is None:
        found = next((r for r in rulebook.registers.values() if key in r.aliases), None)
    if found is None:
        raise RegisterUnknown(key)
    return found


def writable(rulebook: Rulebook, key: str) -> Register:
    """A register somebody writes into, entry by entry.

    Raises: RegisterUnknown, RegisterDerived.
    """
    register = find_register(rulebook, key)
    if register.derived:
        raise RegisterDerived(f"“{register.title}”由系统根据办理记录生成，不能直接登记")
    if register.library:
        raise RegisterDerived(f"“{register.title}”是专家库，请在专家库中登记专家")
    if register.external:
        raise RegisterDerived(f"“{register.title}”由外部单位维护，本地不能登记")
    if register.key == FINDINGS:
        raise RegisterDerived(f"“{register.title}”逐条记录，请使用“记录单位情况”")
    return register


def office_roles(rulebook: Rulebook) -> frozenset[str]:
    """The roles of the office that records findings and opens rounds.

    Those that keep the register of unit findings; where the text names none, those that see all projects and act.
    """
    register = rulebook.registers.get(FINDINGS)
    if register is not None and register.kept_by and not register.derived:
        return frozenset(register.kept_by) - _OWN
    return frozenset(role.key for role in rulebook.roles.values() if role.reads_all and role.acts)


def require_roles(actor: Actor, rulebook: Rulebook, roles: frozenset[str], what: str) -> None:
    """Let only bodies with one of the roles write.

    Raises: NotAllowed without the permission, NotKeeper without the role.
    """
    if actor.is_system:
        return
    require(actor, REGISTERS_WRITE)
    if actor.roles.isdisjoint(roles):
        raise NotKeeper(f"{what}由{_titles(rulebook, roles)}办理，您所在单位未承担该职责")


async def require_keeper(
    uow: UnitOfWork, actor: Actor, rulebook: Rulebook, register: Register, organisation_id: UUID
) -> None:
    """Let a body write its own entries and those of bodies under it, or, as an office, everybody's.

    Raises: NotAllowed, NotKeeper.
    """
    roles = frozenset(register.kept_by)
    require_roles(actor, rulebook, roles, f"“{register.title}”")
    office = actor.is_system or bool(actor.roles & (roles - _OWN))
    if office and (register.per != "tenant" or actor.organisation_id in (None, organisation_id)):
        return
    if actor.organisation_id == organisation_id:
        return
    if register.per == "tenant":
        raise NotKeeper(f"“{register.title}”是全域登记簿，由登记单位以本单位名义登记")
    if actor.organisation_id is not None:
        body = await get_organisation(uow, organisation_id, _EVER)
        if body.parent_id == actor.organisation_id:
            return
    raise NotKeeper(f"“{register.title}”由各单位自行登记，您只能登记本单位及下属单位的内容")


def reads_everything(actor: Actor, rulebook: Rulebook, register: Register) -> bool:
    """Whether an actor sees every unit's entries; others see their own.

    Raises: NotAllowed without the permission to read registers.
    """
    if actor.is_system:
        return True
    require(actor, REGISTERS_READ)
    if register.per == "tenant" and not register.library:
        return True
    wide = (frozenset(register.kept_by) | frozenset(register.read_by)) - _OWN
    wide |= {role.key for role in rulebook.roles.values() if role.reads_all}
    return not actor.roles.isdisjoint(wide)


def _titles(rulebook: Rulebook, roles: frozenset[str]) -> str:
    titles = [role.title for role in rulebook.roles.values() if role.key in roles]
    return "、".join(titles) or "规定的单位"
