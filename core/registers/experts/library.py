"""Keeping an expert library (专家库): entering experts, correcting them, letting them leave."""

from datetime import date
from uuid import UUID

import msgspec

from core import journal
from core.kernel.database import UnitOfWork
from core.kernel.errors import NotFound
from core.kernel.identity import new_id
from core.kernel.tenancy import Actor
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.regulation import Register
from core.registers.experts import repository
from core.registers.experts.model import Expert, Former
from core.registers.keeping import find_register, reads_everything, require_roles
from core.registers.model import NotKeeper, refuse, required

PAGE = 200


class ExpertMissing(NotFound):
    """No such expert in this tenant."""

    default_message = "未找到该专家"


class NewExpert(msgspec.Struct, frozen=True, kw_only=True):
    """An expert as the keeper enters them. An empty employer says that it is not known.

    Experts copied from a library that another body keeps name their `source`: where it was looked up, and when.
    """

    library: str
    name: str
    specialty: str
    employer: str = ""
    title: str = ""
    contact: str = ""
    source: str = ""
    former_employers: tuple[Former, ...] = ()
    active_from_on: date
    active_to_on: date | None = None


class ExpertPage(msgspec.Struct, frozen=True, kw_only=True):
    """One page of a library; `after` is the cursor of the next one, or None."""

    rows: tuple[Expert, ...]
    after: UUID | None


async def add_expert(uow: UnitOfWork, rulebook: Rulebook, actor: Actor, *, new: NewExpert, on: date) -> Expert:
    """Enter an expert.

    Raises: RegisterUnknown, NotAllowed, NotKeeper, Invalid.
    """
    library = _keep(rulebook, actor, new.library)
    expert = _checked(library, new, new_id())
    await repository.put_expert(uow, expert)
    await _record(uow, "added", actor, on, expert, before=None)
    return expert


async def change_expert(
    uow: UnitOfWork, rulebook: Rulebook, actor: Actor, *, expert_id: UUID, new: NewExpert, on: date
) -> Expert:
    """Correct an expert's particulars; draws already made keep what they saw.

    Raises: ExpertMissing, RegisterUnknown, NotAllowed, NotKeeper, Invalid.
    """
    before = await repository.find_expert(uow, expert_id, lock=True)
    if before is None:
        raise ExpertMissing
    library = _keep(rulebook, actor, before.library)
    expert = _checked(library, msgspec.structs.replace(new, library=before.library), expert_id)
    await repository.put_expert(uow, expert)
    await _record(uow, "changed", actor, on, expert, before=before)
    return expert


async def retire_expert(
    uow: UnitOfWork, rulebook: Rulebook, actor: Actor, *, expert_id: UUID, last_on: date, on: date
) -> Expert:
    """Let an expert leave the library (出库) after a last day.

    Raises: ExpertMissing, NotAllowed, NotKeeper, Invalid for a day before the first.
    """
    before = await repository.find_expert(uow, expert_id, lock=True)
    if before is None:
        raise ExpertMissing
    library = _keep(rulebook, actor, before.library)
    kept = msgspec.structs.asdict(before) | {"active_to_on": last_on}
    kept.pop("id")
    expert = _checked(library, NewExpert(**kept), expert_id)
    await repository.put_expert(uow, expert)
    await _record(uow, "retired", actor, on, expert, before=before)
    return expert


async def list_experts(
    uow: UnitOfWork,
    rulebook: Rulebook,
    actor: Actor,
    *,
    library: str,
    specialty: str = "",
    on: date | None = None,
    after: UUID | None = None,
    limit: int = 50,
) -> ExpertPage:
    """A page of a library, all or those active on a day; for its keepers and those who see everything.

    Raises: RegisterUnknown, NotAllowed, NotKeeper, Invalid for a wrong page.
    """
    kept = _library(rulebook, library)
    if not reads_everything(actor, rulebook, kept):
        raise NotKeeper("专家库由登记单位管理，您所在单位不能查阅")
    if not 1 <= limit <= PAGE:
        raise refuse(f"每页条数应为 1 至 {PAGE}", "limit")
    rows = await repository.page_of_experts(uow, kept.key, specialty=specialty, on=on, after=after, limit=limit + 1)
    return ExpertPage(rows=rows[:limit], after=rows[limit - 1].id if len(rows) > limit else None)


def _library(rulebook: Rulebook, key: str) -> Register:
    register = find_register(rulebook, key)
    if not register.library:
        raise refuse(f"“{register.title}”不是专家库", "library")
    return register


def _keep(rulebook: Rulebook, actor: Actor, key: str) -> Register:
    register = _library(rulebook, key)
    require_roles(actor, rulebook, frozenset(register.kept_by), f"“{register.title}”")
    return register


def _checked(library: Register, new: NewExpert, expert_id: UUID) -> Expert:
    if library.external and not new.source.strip():
        raise refuse(f"“{library.title}”由外部单位维护，请填写专家信息的来源和查询日期", "source")
    if new.active_to_on is not None and new.active_to_on < new.active_from_on:
        raise refuse("出库日期不能早于入库日期", "active_to_on")
    return Expert(
        id=expert_id,
        library=library.key,
        name=required(new.name, "name", "专家姓名"),
        specialty=required(new.specialty, "specialty", "专业"),
        employer=new.employer.strip(),
        title=new.title.strip(),
        contact=new.contact.strip(),
        source=new.source.strip(),
        former_employers=new.former_employers,
        active_from_on=new.active_from_on,
        active_to_on=new.active_to_on,
    )


async def _record(uow: UnitOfWork, verb: str, actor: Actor, on: date, expert: Expert, *, before: Expert | None) -> None:
    new = _told(expert)
    old = _told(before) if before is not None else {}
    entry = journal.Entry(
        kind=f"expert:{verb}",
        actor=actor,
        on=on,
        subject=f"expert:{expert.id}",
        detail={"library": expert.library, "name": expert.name},
        before={key: value for key, value in old.items() if new[key] != value} if before is not None else None,
        after={key: value for key, value in new.items() if old.get(key) != value},
    )
    await journal.append(uow, chain=None, entries=[entry])


def _told(expert: Expert) -> dict[str, object]:
    """What the journal repeats of an expert: never how to reach them."""
    told: dict[str, object] = msgspec.structs.asdict(expert)
    told.pop("contact")
    return told
