"""How often an act and a read go to the database; the figures of design.md, counted rather than timed."""

from core.kernel.database import UnitOfWork
from core.stages import ActRequest, IdempotentKey, act, desk, open_case
from tests.core.stages.conftest import DAY, FORM, Village

# What the unit of work counts before its body and after it: BEGIN with the tenant's setting, and COMMIT.
_COMMIT = 1
# Who is asking is one query of `core.people`, counted here though these tests bring their own actor.
_SESSION = 1


async def _warm(village: Village) -> None:
    """Let the venue be known, as it is in a process that has served a request in the last second."""
    async with village.database.unit_of_work(village.tenant.id) as uow:
        await village.venues.of(uow, village.tenant, DAY)


def _total(uow: UnitOfWork) -> int:
    return uow.round_trips + _COMMIT + _SESSION


async def test_a_decision_with_its_journal_and_key_takes_at_most_eight_round_trips(village: Village) -> None:
    code = await village.submitted()
    request = ActRequest(act="decide", stage="review", outcome="pass", items={"need": "pass"})
    key = IdempotentKey(key="trip", request_hash=b"x" * 32)
    await _warm(village)
    async with village.database.unit_of_work(village.tenant.id) as uow:
        venue = await village.venues.of(uow, village.tenant, DAY)
        await act(uow, venue, actor=village.officer("bureau", "data_bureau"), code=code, request=request, key=key)
        assert _total(uow) <= 8


async def test_an_act_that_looks_at_the_units_record_takes_one_more_query_and_its_papers_three(
    village: Village,
) -> None:
    begun = await village.begin()
    facts = {"project_kind": "build", "declared": 100}
    request = ActRequest(act="submit", stage="apply", facts=facts, papers=(FORM,))
    await _warm(village)
    async with village.database.unit_of_work(village.tenant.id) as uow:
        venue = await village.venues.of(uow, village.tenant, DAY)
        await act(uow, venue, actor=village.officer("school", "project_unit"), code=begun.code, request=request)
        assert _total(uow) <= 6 + 1 + 3


async def test_reading_a_project_takes_one_query_besides_begin_session_and_commit(village: Village) -> None:
    begun = await village.begin()
    await _warm(village)
    async with village.database.unit_of_work(village.tenant.id, read_only=True) as uow:
        venue = await village.venues.of(uow, village.tenant, DAY)
        await open_case(uow, venue, village.officer("school", "project_unit"), begun.code)
        assert uow.round_trips == 2
    async with village.database.unit_of_work(village.tenant.id, read_only=True) as uow:
        venue = await village.venues.of(uow, village.tenant, DAY)
        await desk(uow, venue, village.officer("school", "project_unit"))
        assert uow.round_trips == 2
