"""Reading registers and draws, and the acts on them that end something: histories, withdrawals, retirements."""

from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller, get, post

from core import registers, stages
from core.api.organisations import LastDayBody
from core.api.registers import ReasonBody
from core.entrance import Asking
from core.kernel.errors import Invalid, Problem
from core.people.permissions import PROJECTS_READ
from core.registers import Entry, Finding, experts
from core.registers.experts import Draw, Expert, ExpertPage


class AdjustedBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The day on which the content changed; one's own unit unless another is named."""

    on: date
    organisation_id: UUID | None = None


class Records(Controller):
    """What has been entered, with its past."""

    tags = ("登记簿",)

    @get("/registers/{key:str}/history", operation_id="register_history", summary="登记沿革")
    async def history(self, asking: Asking, key: str, organisation_id: UUID | None = None) -> dict[str, Any]:
        """Every version of a unit's entry, the latest first; one's own unit unless another is named."""
        async with asking.office() as office:
            unit = _unit(office.actor.organisation_id, organisation_id)
            rows: tuple[Entry, ...] = await registers.history(
                office.uow, office.rules, office.actor, register=key, organisation_id=unit
            )
        return {"rows": rows}

    @post("/registers/{key:str}/adjusted", operation_id="mark_adjusted", summary="标记内容已变动", status_code=200)
    async def adjusted(self, asking: Asking, key: str, data: AdjustedBody) -> Entry:
        """Say that the content has changed and the new version is still to be lodged."""
        async with asking.office(write=True) as office:
            unit = _unit(office.actor.organisation_id, data.organisation_id)
            return await registers.mark_adjusted(
                office.uow, office.rules, office.actor, register=key, organisation_id=unit, on=data.on
            )

    @get("/findings", operation_id="list_findings", summary="单位记录")
    async def findings(self, asking: Asking, organisation_id: UUID | None = None) -> dict[str, tuple[Finding, ...]]:
        """What is recorded about a unit, lifted ones too; one's own unless another is named."""
        async with asking.office() as office:
            unit = _unit(office.actor.organisation_id, organisation_id)
            rows = await registers.list_findings(office.uow, office.rules, office.actor, organisation_id=unit)
        return {"rows": rows}

    @get("/experts", operation_id="list_experts", summary="专家库")
    async def experts(self, asking: Asking, library: str, specialty: str = "", after: UUID | None = None) -> ExpertPage:
        """The experts of a library, for its keeper."""
        async with asking.office() as office:
            return await experts.list_experts(
                office.uow, office.rules, office.actor, library=library, specialty=specialty, after=after
            )

    @post("/experts/{expert_id:uuid}/retirement", operation_id="retire_expert", summary="专家出库", status_code=200)
    async def retire(self, asking: Asking, expert_id: UUID, data: LastDayBody) -> Expert:
        """Let an expert leave the library after a last day; past draws keep them."""
        async with asking.office(write=True) as office:
            return await experts.retire_expert(
                office.uow,
                office.rules,
                office.actor,
                expert_id=expert_id,
                last_on=data.last_on,
                on=office.venue.today,
            )

    @get("/projects/{code:str}/draws", operation_id="project_draws", summary="项目的抽取记录")
    async def of_project(self, asking: Asking, code: str, stage: str = "") -> dict[str, tuple[Draw, ...]]:
        """Every draw for a project, cancelled ones too, with what anybody needs to repeat it."""
        async with asking.office(needs=PROJECTS_READ) as office:
            project, _ = await stages.open_case(office.uow, office.venue, office.actor, code)
            return {"rows": await experts.draws_of(office.uow, office.actor, project.id, stage=stage)}

    @get("/draws/{draw_id:uuid}", operation_id="get_draw", summary="抽取记录")
    async def draw(self, asking: Asking, draw_id: UUID) -> dict[str, Any]:
        """One draw with its record, and what a replay of it finds wrong: nothing, unless somebody changed it."""
        async with asking.office() as office:
            found = await experts.get_draw(office.uow, office.actor, draw_id)
            flaws = await experts.verify_stored(office.uow, office.actor, draw_id)
        return {"draw": found, "flaws": flaws}

    @post("/draws/{draw_id:uuid}/cancellation", operation_id="cancel_draw", summary="取消抽取", status_code=200)
    async def cancel(self, asking: Asking, draw_id: UUID, data: ReasonBody) -> Draw:
        """Give up a prepared draw, with the reason; it stays on record."""
        async with asking.office(write=True) as office:
            return await experts.cancel_draw(
                office.uow, office.rules, office.actor, draw_id=draw_id, reason=data.reason, clock=asking.clock
            )


def _unit(own: UUID | None, named: UUID | None) -> UUID:
    """The unit meant: the one named, or one's own.

    Raises: Invalid for somebody without a unit who names none.
    """
    unit = named or own
    if unit is None:
        raise Invalid("请指明单位", details=(Problem(field="organisation_id", message="请指明单位"),))
    return unit
