"""Registers, records about units, rounds, expert libraries and draws (登记簿)."""

from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller, get, post

from core import registers
from core.entrance import Asking
from core.kernel.clock import FixedClock
from core.registers import Lodging, NewFinding, NewRound, experts


class EntryBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A new version of a register entry; one's own unit unless another is named."""

    content: dict[str, Any]
    organisation_id: UUID | None = None
    on: date | None = None


class FindingBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Something to record about a unit, with the reason."""

    organisation_id: UUID
    kind: str
    reason: str
    project_code: str = ""


class ReasonBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A reason."""

    reason: str


class Registers(Controller):
    """What units and offices keep."""

    tags = ("登记簿",)

    @get("/registers/{key:str}", operation_id="list_register", summary="登记簿")
    async def entries(self, asking: Asking, key: str, after: str = "", limit: int = 50) -> Any:
        """Current entries of a register, as far as one may read it."""
        async with asking.office() as office:
            return await registers.list_entries(
                office.uow, office.rules, office.actor, register=key, after=after, limit=limit
            )

    @post("/registers/{key:str}", operation_id="lodge_entry", summary="登记", status_code=201)
    async def lodge(self, asking: Asking, key: str, data: EntryBody) -> Any:
        """Lodge a new version; the old one stays on record."""
        async with asking.office(write=True) as office:
            own = office.actor.organisation_id
            lodging = Lodging(
                register=key,
                organisation_id=data.organisation_id or own or UUID(int=0),
                on=data.on or office.venue.today,
                content=data.content,
            )
            return await registers.lodge_entry(office.uow, office.rules, office.actor, lodging)

    @post("/findings", operation_id="record_finding", summary="登记单位记录", status_code=201)
    async def record(self, asking: Asking, data: FindingBody) -> Any:
        """Record something about a unit; it bars what the regulation says until it is lifted."""
        async with asking.office(write=True) as office:
            new = NewFinding(
                organisation_id=data.organisation_id,
                kind=data.kind,
                reason=data.reason,
                on=office.venue.today,
                project_code=data.project_code,
            )
            return await registers.record_finding(office.uow, office.rules, office.actor, new)

    @post("/findings/{finding_id:uuid}/lift", operation_id="lift_finding", summary="撤销单位记录", status_code=200)
    async def lift(self, asking: Asking, finding_id: UUID, data: ReasonBody) -> Any:
        """Lift a record; it stays visible as lifted."""
        async with asking.office(write=True) as office:
            return await registers.lift_finding(
                office.uow, office.rules, office.actor, finding_id=finding_id, reason=data.reason, on=office.venue.today
            )

    @get("/rounds", operation_id="list_rounds", summary="申报批次")
    async def rounds(self, asking: Asking) -> dict[str, Any]:
        """Yearly application rounds, newest first."""
        async with asking.office() as office:
            return {"rows": await registers.list_rounds(office.uow)}

    @post("/rounds", operation_id="open_round", summary="开启申报批次", status_code=201)
    async def open_round(self, asking: Asking, data: NewRound) -> Any:
        """Open the round of a plan year; the regulation's window decides when it closes."""
        async with asking.office(write=True) as office:
            return await registers.open_round(
                office.uow,
                office.rules,
                office.actor,
                calendar=office.venue.calendar,
                new=data,
                on=office.venue.today,
            )

    @post("/experts", operation_id="add_expert", summary="专家入库", status_code=201)
    async def add_expert(self, asking: Asking, data: experts.NewExpert) -> Any:
        """Enter an expert into a library."""
        async with asking.office(write=True) as office:
            return await experts.add_expert(office.uow, office.rules, office.actor, new=data, on=office.venue.today)

    @post("/draws", operation_id="prepare_draw", summary="准备随机抽取", status_code=201)
    async def prepare(self, asking: Asking, data: experts.NewDraw) -> Any:
        """Fix pool, exclusions and the hash of the seed; nobody is drawn yet."""
        async with asking.office(write=True) as office:
            clock = FixedClock(office.venue.today)
            return await experts.prepare_draw(office.uow, office.rules, office.actor, new=data, clock=clock)

    @post("/draws/{draw_id:uuid}/run", operation_id="run_draw", summary="随机抽取", status_code=200)
    async def run(self, asking: Asking, draw_id: UUID) -> Any:
        """Reveal the seed and draw; anybody with the record can replay it."""
        async with asking.office(write=True) as office:
            clock = FixedClock(office.venue.today)
            return await experts.run_draw(office.uow, office.rules, office.actor, draw_id=draw_id, clock=clock)
