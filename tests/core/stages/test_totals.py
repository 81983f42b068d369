"""A year's total holds even where two act at once: the act that reaches the limit is itself judged."""

import asyncio
from datetime import date

import pytest

from core.policy.cases.state import Defect
from core.stages import ActRefused, ActRequest, preview
from tests.core.stages.conftest import DAY, Village
from tests.core.stages.village import QUOTA

NEXT_YEAR = date(2026, 1, 5)


async def sent_back(village: Village, unit: str) -> str:
    """A project whose unit has to say its figure anew."""
    code = await village.submitted(unit)
    defect = Defect(id="d1", item="need", text="金额不清")
    await village.act(
        village.officer("bureau", "data_bureau"),
        code,
        act="decide",
        stage="review",
        outcome="not_pass",
        reason="金额不清",
        items={"need": "not_pass"},
        defects=(defect,),
    )
    return code


async def says_anew(village: Village, unit: str, code: str, amount: int, on: date = DAY) -> str:
    """What comes of declaring an amount: nothing, or the gate that stops it."""
    try:
        await village.act(
            village.officer(unit, "project_unit"),
            code,
            on=on,
            act="submit",
            stage="revise",
            facts={"declared": amount},
            answers={"d1": "已更正"},
        )
    except ActRefused as refused:
        return refused.decision.blocked_by[0].gate
    return ""


async def test_of_two_acts_at_once_that_together_pass_the_limit_one_is_refused(village: Village) -> None:
    codes = {unit: await sent_back(village, unit) for unit in ("school", "clinic")}
    came = await asyncio.gather(*(says_anew(village, unit, code, 600) for unit, code in codes.items()))
    assert sorted(came) == ["", "over_quota"]


@pytest.mark.parametrize(("second", "came"), [(399, ""), (400, ""), (401, "over_quota")])
async def test_the_limit_itself_may_be_reached(village: Village, second: int, came: str) -> None:
    school, clinic = await sent_back(village, "school"), await sent_back(village, "clinic")
    assert await says_anew(village, "school", school, QUOTA - 400) == ""
    assert await says_anew(village, "clinic", clinic, second) == came


async def test_a_refused_act_adds_nothing_and_a_new_year_begins_at_nothing(village: Village) -> None:
    school, clinic = await sent_back(village, "school"), await sent_back(village, "clinic")
    assert await says_anew(village, "school", school, QUOTA + 1) == "over_quota"
    assert await says_anew(village, "school", school, QUOTA) == ""
    assert await says_anew(village, "clinic", clinic, 1) == "over_quota"
    assert await says_anew(village, "clinic", clinic, QUOTA, on=NEXT_YEAR) == ""


async def test_looking_ahead_counts_nothing(village: Village) -> None:
    school = await sent_back(village, "school")
    request = ActRequest(act="submit", stage="revise", facts={"declared": QUOTA}, answers={"d1": "已更正"})
    for _ in range(2):
        async with village.database.unit_of_work(village.tenant.id, read_only=True) as uow:
            venue = await village.venues.of(uow, village.tenant, DAY)
            actor = village.officer("school", "project_unit")
            decision, _ = await preview(uow, venue, actor=actor, code=school, request=request)
        assert decision.accepted
    assert await says_anew(village, "school", school, QUOTA) == ""
