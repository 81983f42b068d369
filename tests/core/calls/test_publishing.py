"""What a stage says is public stands at one address for good; what it does not say never leaves the tenant."""

from datetime import date

import msgspec
import pytest

from core import journal
from core.calls import PostingMissing, PostingState, publish_cases, repository
from core.calls.model import Posting
from core.kernel.codec import encode
from core.kernel.database import Database
from core.kernel.identity import new_id
from core.policy.cases.state import Entry, Member
from core.policy.rulebooks.registry import Registry
from core.projects import get_project
from tests.core.calls.conftest import CODE, DAY, OTHER_CODE, Fairground
from tests.core.stages.village import REGISTRY as VILLAGE


def lines(posting: Posting) -> dict[str, str]:
    return {line.title: line.value for line in posting.content.lines}


def what(posting: Posting) -> list[str]:
    return [happening.what for happening in posting.history]


async def _in_notice(fair: Fairground, on: date = DAY) -> str:
    code = await fair.called()
    party = Entry(id="e1", title="甲公司", kind="enterprise", party=CODE)
    await fair.act(code, "submit", "matching", entries=(party,))
    await fair.act(code, "publish", "notice", on=on)
    return code


async def test_a_call_goes_out_with_the_facts_and_papers_named_for_it_and_no_others(fair: Fairground) -> None:
    await fair.called()
    (call,) = await fair.postings("call")
    assert call.title == "发榜公告：手术机器人攻关"
    assert lines(call) == {"攻关方向": "手术机器人", "最高研发费用": "2,000,000.00 元"}
    assert [paper.type for paper in call.content.papers] == ["brief"]
    assert (call.article, call.closes_on, call.takes_answers) == ("第二条", date(2025, 9, 30), True)
    everything = encode(call)
    for secret in ("1,500,000", "memo", "内部", "集市医院", "经办"):
        assert secret not in everything


async def test_nothing_is_public_before_it_is_published(fair: Fairground) -> None:
    code = await fair.begin()
    await fair.act(code, "submit", "propose", by=fair.unit, facts={"topic": "甲", "ceiling": 1})
    assert await fair.postings() == ()


@pytest.mark.parametrize(("day", "is_open"), [(29, True), (30, True), (31, False)])
async def test_the_last_day_of_a_call_belongs_to_it(fair: Fairground, day: int, is_open: bool) -> None:
    await fair.called()
    (call,) = await fair.postings("call")
    today = date(2025, 9, 30) if day == 30 else date(2025, 9, 29) if day == 29 else date(2025, 10, 1)
    assert call.is_open(today) is is_open
    assert bool(await fair.postings("call", open_on=today)) is is_open


async def test_a_call_closes_when_its_stage_takes_no_more_answers(fair: Fairground) -> None:
    code = await fair.called()
    await fair.act(code, "submit", "matching", on=date(2025, 9, 5))
    (call,) = await fair.postings("call")
    assert (call.state, call.takes_answers) == (PostingState.CLOSED, False)
    assert what(call) == ["published", "closed"]


async def test_a_notice_names_the_parties_and_its_last_day(fair: Fairground) -> None:
    await _in_notice(fair)
    (notice,) = await fair.postings("notice")
    assert notice.title == "拟揭榜单位公示：手术机器人攻关"
    assert (notice.content.names, lines(notice)) == (("甲公司",), {"项目单位": "集市医院"})
    assert (notice.opened_on, notice.closes_on) == (DAY, date(2025, 9, 8))
    assert notice.takes_objections


async def test_a_consortium_is_published_with_everybody_in_it(fair: Fairground) -> None:
    code = await fair.called()
    members = (Member(title="甲公司", party=CODE), Member(title="乙大学", party=OTHER_CODE))
    await fair.act(code, "submit", "matching", entries=(Entry(id="e1", title="智慧联合体", members=members),))
    await fair.act(code, "publish", "notice")
    (notice,) = await fair.postings("notice")
    assert notice.content.names == ("智慧联合体（联合体成员：甲公司、乙大学）",)


async def test_a_notice_that_is_completed_is_over_and_the_announcement_stands(fair: Fairground) -> None:
    code = await _in_notice(fair)
    await fair.act(code, "complete", "notice", on=date(2025, 9, 9))
    await fair.act(code, "publish", "announce", on=date(2025, 9, 9))
    (notice,) = await fair.postings("notice")
    (announcement,) = await fair.postings("publication")
    assert (notice.state, announcement.state) == (PostingState.CLOSED, PostingState.STANDING)
    assert announcement.content.names == ("甲公司",)
    assert announcement.content.lines == ()


async def test_a_notice_that_is_stopped_says_why_at_its_address_and_the_next_round_has_its_own(
    fair: Fairground,
) -> None:
    code = await _in_notice(fair)
    (first,) = await fair.postings("notice")
    await fair.act(code, "complete", "notice", on=date(2025, 9, 3), outcome="stop", reason="名称有误")
    await fair.act(code, "submit", "matching", on=date(2025, 9, 4))
    await fair.act(code, "publish", "notice", on=date(2025, 9, 4))
    stopped = await fair.posting(first.id)
    assert (stopped.state, stopped.history[-1].reason) == (PostingState.WITHDRAWN, "名称有误")
    again = next(posting for posting in await fair.postings("notice") if posting.id != first.id)
    assert again.title.endswith("（第 2 次）")
    assert (again.state, again.closes_on) == (PostingState.OPEN, date(2025, 9, 11))


async def test_a_withdrawn_demand_takes_its_open_call_back(fair: Fairground) -> None:
    code = await fair.called()
    await fair.act(code, "withdraw", "", by=fair.unit, reason="另有安排", on=date(2025, 9, 3))
    (call,) = await fair.postings("call")
    assert (call.state, call.takes_answers) == (PostingState.WITHDRAWN, False)
    assert call.history[-1].reason


async def test_what_went_out_stays_as_it_went_out_when_the_case_moves_on(fair: Fairground) -> None:
    code = await fair.called()
    (before,) = await fair.postings("call")
    await fair.act(code, "record", "matching", by=fair.unit, facts={"topic": "别的方向"})
    (after,) = await fair.postings("call")
    assert lines(after) == lines(before)
    assert after.version == before.version


async def test_repeating_the_news_changes_nothing(fair: Fairground) -> None:
    await _in_notice(fair)
    before = await fair.postings()
    async with fair.database.unit_of_work(fair.tenant.id) as uow:
        await uow.execute(
            "INSERT INTO outbox (tenant_id, chain_id, seq, entry_id, kind, created_at) "
            "SELECT tenant_id, chain_id, seq, id, kind, recorded_at FROM journal_entry WHERE tenant_id = $1",
            fair.tenant.id,
        )
    await fair.relay()
    assert await fair.postings() == before


async def test_one_tenant_cannot_write_at_anothers_address(fair: Fairground, database: Database) -> None:
    await fair.called()
    (call,) = await fair.postings("call")
    async with database.unit_of_work(new_id()) as uow:
        assert await repository.lock(uow, call.id) is None
        await repository.update(uow, msgspec.structs.replace(call, title="假"))
    assert (await fair.posting(call.id)).title == call.title


async def test_an_unknown_address_is_not_found(fair: Fairground) -> None:
    with pytest.raises(PostingMissing):
        await fair.posting(new_id())


async def test_where_nothing_is_made_public_no_case_is_looked_up(fair: Fairground) -> None:
    code = await fair.called()
    there = msgspec.structs.replace(fair.tenant, jurisdiction="village")
    async with fair.database.unit_of_work(fair.tenant.id) as uow:
        entries = await journal.timeline(uow, (await get_project(uow, code)).id)
        before = uow.round_trips
        for registry in (VILLAGE, Registry({})):
            assert await publish_cases(uow, registry, there, entries) == 0
        assert (entries != (), uow.round_trips) == (True, before)
