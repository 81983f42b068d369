"""What a decision sees of registers: the unit's own, and those one office keeps for everybody."""

import pytest

from core.kernel.database import Database
from core.policy.cases.case import Case
from core.policy.hookspecs import hookimpl
from core.policy.rulebooks.registry import Registry
from core.policy.rules.gating import Effect, Gate, Hit, at
from core.policy.rules.papers import Severity
from core.policy.rules.regulation import ListingRule, Register
from core.projects import get_project
from core.registers import Lodging, lodge_entry, withdraw_entry
from core.stages import ActRefused, Venues, replay_project
from tests.core.stages.conftest import DAY, Village, settle
from tests.core.stages.village import C, _Village


def _unlisted(case: Case) -> list[Hit]:
    listed = case.register("agencies")
    return [] if listed is not None else [Hit(message="咨询机构名录尚未建立。")]


class _Listed(_Village):
    @hookimpl
    def registers(self) -> tuple[tuple[Register, ...], tuple[ListingRule, ...]]:
        return (Register(key="agencies", title="咨询机构名录", kept_by=("data_bureau",), per="tenant", citation=C),), ()

    @hookimpl
    def gates(self) -> tuple[tuple[Gate, ...], tuple[Effect, ...]]:
        gates, effects = super().gates()
        listed = Gate(
            key="unlisted",
            code="G9",
            title="名录",
            severity=Severity.BLOCK,
            citation=C,
            points=at("apply", "submit"),
            check=_unlisted,
            needs=("unit",),
        )
        return (*gates, listed), effects


REGISTRY = Registry({"village": _Listed()})


@pytest.fixture
async def listed(database: Database) -> Village:
    return await settle(database, Venues(REGISTRY))


async def test_a_list_one_office_keeps_counts_for_every_units_project(listed: Village) -> None:
    with pytest.raises(ActRefused) as refused:
        await listed.submitted("school")
    assert "unlisted" in {finding.gate for finding in refused.value.decision.blocked_by}
    bureau, rules = listed.officer("bureau", "data_bureau"), REGISTRY.place("village").rulebook()
    body = listed.people.organisations["bureau"].id
    entry = Lodging(register="agencies", organisation_id=body, on=DAY, content={"agencies": ["某咨询公司"]})
    async with listed.database.unit_of_work(listed.tenant.id) as uow:
        await lodge_entry(uow, rules, bureau, entry)
    codes = [await listed.submitted(unit) for unit in ("school", "clinic")]
    async with listed.database.unit_of_work(listed.tenant.id) as uow:
        venue = await listed.venues.of(uow, listed.tenant, DAY)
        for code in codes:
            assert (await replay_project(uow, venue, await get_project(uow, code))).problem == ""
        await withdraw_entry(uow, rules, bureau, register="agencies", organisation_id=body, on=DAY, reason="停用")
    with pytest.raises(ActRefused):
        await listed.submitted("school")
