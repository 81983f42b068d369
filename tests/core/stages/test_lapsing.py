"""What a date has ended is written down by a job, once, and holds just as well where the job never ran."""

from dataclasses import replace
from datetime import date

import pytest

from core.kernel.database import Database
from core.kernel.tenancy import Level
from core.policy.cases.state import Entry
from core.policy.hookspecs import hookimpl
from core.policy.rulebooks.registry import Registry
from core.policy.rules.limits import OnLate, TimeLimit
from core.projects import get_project
from core.stages import ActRefused, Venues, lapsing, replay_project
from core.stages.lapsing import let_lapse
from tests.core.policy.pier import Upper
from tests.core.stages.conftest import Village, settle
from tests.core.stages.test_sharing import HARBOUR, REGISTRY

LAST = date(2026, 1, 15)


@pytest.fixture
async def harbour(database: Database) -> Village:
    return await settle(database, Venues(REGISTRY), plan=HARBOUR, jurisdiction="pier", level=Level.PROVINCE)


async def begun(harbour: Village) -> str:
    """A pier whose only builder must be done three months after 15 October."""
    office = harbour.officer("harbour", "harbour")
    code = (await harbour.begin("ferry", facts={"bay": "东港"})).code
    await harbour.act(office, code, act="record", stage="call", entries=(Entry(id="a", title="甲", party="firm"),))
    await harbour.act(office, code, act="record", stage="call", ref="a", facts={"until": "2025-10-15"})
    await harbour.act(office, code, act="submit", stage="call")
    return code


async def lapse(harbour: Village, on: date) -> int:
    return await let_lapse(harbour.database, harbour.venues, harbour.tenant, today=on)


async def test_the_job_writes_nothing_on_the_last_day_and_once_after_it(harbour: Village) -> None:
    code = await begun(harbour)
    assert [await lapse(harbour, day) for day in (LAST, date(2026, 1, 16), date(2026, 1, 17))] == [0, 1, 0]
    async with harbour.database.unit_of_work(harbour.tenant.id) as uow:
        project = await get_project(uow, code)
        venue = await harbour.venues.of(uow, harbour.tenant, date(2026, 1, 17))
        again = await replay_project(uow, venue, project)
    (entry,) = project.state.entries
    assert entry.end is not None
    assert (entry.end.kind, entry.end.on) == ("lapsed", date(2026, 1, 16))
    assert [run.stage for run in project.state.runs if run.is_open] == ["again"]
    assert again.problem == ""


class _Reminding(Upper):
    """The harbour's text with a second limit beside the first, which ends nothing."""

    @hookimpl
    def limits(self) -> tuple[TimeLimit, ...]:
        (grace,) = super().limits()
        return (grace, replace(grace, key="any", code="P-L2", on_late=OnLate.WARN, late_gate="", lapse=None))


async def test_a_project_with_several_limits_run_out_is_looked_at_whole_wherever_a_page_ends(
    harbour: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    harbour.venues = Venues(Registry({"pier": _Reminding()}))
    for _ in range(2):
        await begun(harbour)
    monkeypatch.setattr(lapsing, "_AT_A_TIME", 1)
    assert await lapse(harbour, date(2026, 1, 16)) == 2


async def test_without_the_job_the_act_that_comes_too_late_is_refused_all_the_same(harbour: Village) -> None:
    code = await begun(harbour)
    builder = harbour.officer("ferry", "builder")
    with pytest.raises(ActRefused):
        await harbour.act(builder, code, on=date(2026, 1, 16), act="submit", stage="build", ref="a")


async def test_a_limit_that_changes_nothing_by_itself_is_left_alone(village: Village) -> None:
    await village.submitted()
    assert await lapse(village, date(2026, 12, 31)) == 0
