"""A regulation whose validity is over takes in nothing new until somebody entitled records its renewal."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from core import journal
from core.kernel.errors import Invalid
from core.people import NotAllowed
from core.policy.hookspecs import hookimpl
from core.policy.rulebooks.registry import Registry
from core.policy.rules.regulation import OnExpiry, Regulation
from core.registers import NewRenewal, RegulationUnknown, record_renewal
from core.stages import ActRefused, NewProject, Venues, begin
from tests.core.registers.conftest import DAY, Parish
from tests.core.registers.parish import _Parish

LAST = DAY - timedelta(days=1)
UNTIL = DAY + timedelta(days=30)


class _Trial(_Parish):
    """The parish under a trial measure that ended yesterday."""

    @hookimpl
    def regulations(self) -> tuple[Regulation, ...]:
        return tuple(replace(r, expires_on=LAST, on_expiry=OnExpiry.REFUSE_NEW) for r in super().regulations())


REGISTRY = Registry({"village": _Trial()})
RULEBOOK = REGISTRY.place("village").rulebook()
RENEWAL = NewRenewal(regulation="v", number="村发〔2025〕9号", from_on=DAY, until_on=UNTIL)


async def _begin(parish: Parish, day: date) -> str:
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        venue = await Venues(REGISTRY).of(uow, parish.tenant, day)
        return (await begin(uow, venue, actor=parish.teacher, request=NewProject(title="平台"))).code


async def _record(parish: Parish, renewal: NewRenewal = RENEWAL) -> None:
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        await record_renewal(uow, RULEBOOK, parish.administrator, new=renewal, on=DAY)


async def test_an_expired_text_refuses_and_says_the_way_out(parish: Parish) -> None:
    with pytest.raises(ActRefused) as refused:
        await _begin(parish, DAY)
    (finding,) = refused.value.decision.blocked_by
    assert finding.gate == "rulebook_not_in_force"
    assert "登记续期或替代文件的文号" in finding.message


@pytest.mark.parametrize(("step", "taken"), [(-1, True), (0, True), (1, False)])
async def test_a_recorded_renewal_takes_cases_in_until_its_last_day(parish: Parish, step: int, *, taken: bool) -> None:
    await _record(parish)
    if taken:
        assert await _begin(parish, UNTIL + timedelta(days=step))
    else:
        with pytest.raises(ActRefused):
            await _begin(parish, UNTIL + timedelta(days=step))


async def test_the_record_is_journalled_with_number_and_days(parish: Parish) -> None:
    await _record(parish)
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        entry = next(e for e in await journal.timeline(uow, None) if e.kind == "choice:renewal")
    assert entry.detail["reason"] == "村发〔2025〕9号"
    assert (entry.detail["before"], entry.detail["after"]) == (
        {"value": LAST.isoformat()},
        {"value": UNTIL.isoformat()},
    )


async def test_only_the_system_administrator_may_record_one(parish: Parish) -> None:
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        with pytest.raises(NotAllowed):
            await record_renewal(uow, RULEBOOK, parish.bureau, new=RENEWAL, on=DAY)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"regulation": "w"}, RegulationUnknown),
        ({"number": "  "}, Invalid),
        ({"until_on": DAY - timedelta(days=1)}, Invalid),
    ],
)
async def test_a_record_names_a_text_a_number_and_days_in_order(
    parish: Parish, change: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        await _record(parish, NewRenewal(**{**_fields(), **change}))  # type: ignore[arg-type]


def _fields() -> dict[str, object]:
    return {"regulation": "v", "number": "村发〔2025〕9号", "from_on": DAY, "until_on": UNTIL}
