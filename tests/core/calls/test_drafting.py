"""An office publishes texts of its own: the notice of a round closes with the round, a correction says what and why."""

from datetime import date
from typing import Any

import pytest

from core.calls import (
    Correction,
    NewPosting,
    NotTaken,
    Posting,
    PostingDraft,
    PostingState,
    SubmissionWrong,
    WrongState,
    correct_posting,
    list_drafts,
    publish_draft,
    withdraw_posting,
    write_draft,
)
from core.kernel.clock import FixedClock
from core.policy.rules.publicity import PostingKind
from core.registers.model import NotKeeper
from core.registers.rounds import NewRound, change_round, open_round
from tests.core.calls.conftest import DAY, Fairground
from tests.core.calls.fair import REGISTRY

CLOCK = FixedClock(DAY)


async def written(fair: Fairground, **values: Any) -> PostingDraft:
    new = {"kind": PostingKind.PUBLICATION, "title": "关于专家库的公告", "body": "名单如下。"} | values
    async with fair.database.unit_of_work(fair.tenant.id) as uow:
        return await write_draft(uow, fair.rules, fair.bureau, new=NewPosting(**new), clock=CLOCK)


async def published(fair: Fairground, **values: Any) -> Posting:
    draft = await written(fair, **values)
    async with fair.database.unit_of_work(fair.tenant.id) as uow:
        return await publish_draft(uow, fair.rules, fair.tenant, fair.bureau, draft_id=draft.id, clock=CLOCK)


async def corrected(fair: Fairground, posting: Posting, **values: Any) -> Posting:
    async with fair.database.unit_of_work(fair.tenant.id) as uow:
        return await correct_posting(
            uow,
            REGISTRY,
            fair.rules,
            fair.bureau,
            posting_id=posting.id,
            change=Correction(**values),
            clock=CLOCK,
        )


async def _round(fair: Fairground, months: int, reason: str = "") -> None:
    async with fair.database.unit_of_work(fair.tenant.id) as uow:
        venue = await fair.venues.of(uow, fair.tenant, DAY)
        new = NewRound(plan_year=2026, issued_on=DAY, months=months)
        more: dict[str, Any] = {"calendar": venue.calendar, "new": new, "on": DAY}
        if reason:
            await change_round(uow, fair.rules, fair.bureau, reason=reason, **more)
        else:
            await open_round(uow, fair.rules, fair.bureau, **more)
    await fair.relay()


async def test_a_draft_is_for_the_office_until_it_is_published_at_the_id_it_has(fair: Fairground) -> None:
    draft = await written(fair)
    assert await fair.postings() == ()
    async with fair.database.unit_of_work(fair.tenant.id) as uow:
        posting = await publish_draft(uow, fair.rules, fair.tenant, fair.bureau, draft_id=draft.id, clock=CLOCK)
        with pytest.raises(WrongState):
            await publish_draft(uow, fair.rules, fair.tenant, fair.bureau, draft_id=draft.id, clock=CLOCK)
        (mine,) = await list_drafts(uow, fair.rules, fair.bureau)
    assert (posting.id, posting.state, mine.state) == (draft.id, PostingState.STANDING, "published")
    assert await fair.postings() == (posting,)


async def test_the_notice_of_a_round_closes_with_the_round_and_follows_it(fair: Fairground) -> None:
    await _round(fair, 1)
    posting = await published(fair, kind=PostingKind.CALL, title="2026 年度申报通知", plan_year=2026)
    assert (posting.closes_on, posting.content.lines[0].value) == (date(2025, 10, 9), "2026 年")
    await _round(fair, 2, reason="系统维护")
    moved = await fair.posting(posting.id)
    assert moved.closes_on == date(2025, 11, 3)
    assert (moved.history[-1].what, "系统维护" in moved.history[-1].reason) == ("corrected", True)


async def test_the_last_day_of_a_round_is_never_typed(fair: Fairground) -> None:
    await _round(fair, 1)
    with pytest.raises(SubmissionWrong, match="以申报批次为准"):
        await written(fair, kind=PostingKind.CALL, plan_year=2026, closes_on=date(2025, 12, 1))
    with pytest.raises(SubmissionWrong, match="没有该年度"):
        await written(fair, kind=PostingKind.CALL, plan_year=2027)


async def test_a_correction_keeps_the_address_and_says_why(fair: Fairground) -> None:
    posting = await published(fair)
    with pytest.raises(SubmissionWrong, match="原因"):
        await corrected(fair, posting, reason=" ", body="新名单")
    after = await corrected(fair, posting, reason="漏列一人", body="名单如下，共三人。")
    assert (after.id, after.version, after.content.body) == (posting.id, 2, "名单如下，共三人。")
    assert [(h.what, h.reason) for h in after.history] == [("published", ""), ("corrected", "漏列一人")]


async def test_a_posting_of_a_case_is_corrected_from_the_case_and_not_by_hand(fair: Fairground) -> None:
    code = await fair.called()
    await fair.act(code, "record", "matching", by=fair.unit, facts={"topic": "骨科机器人"})
    (call,) = await fair.postings("call")
    with pytest.raises(SubmissionWrong, match="按项目登记内容生成"):
        await corrected(fair, call, reason="改标题", title="别的")
    after = await corrected(fair, call, reason="攻关方向笔误")
    assert (after.content.lines[0].value, after.history[-1].reason) == ("骨科机器人", "攻关方向笔误")
    async with fair.database.unit_of_work(fair.tenant.id) as uow:
        with pytest.raises(WrongState, match="不能单独撤回"):
            await withdraw_posting(uow, fair.rules, fair.bureau, posting_id=call.id, reason="误", clock=CLOCK)


async def test_what_is_withdrawn_stays_at_its_address_with_the_reason(fair: Fairground) -> None:
    posting = await published(fair, kind=PostingKind.NOTICE, closes_on=date(2025, 9, 30))
    async with fair.database.unit_of_work(fair.tenant.id) as uow:
        await withdraw_posting(uow, fair.rules, fair.bureau, posting_id=posting.id, reason="发布有误", clock=CLOCK)
    after = await fair.posting(posting.id)
    assert (after.state, after.takes_objections) == (PostingState.WITHDRAWN, False)
    assert (after.content, after.history[-1].reason) == (posting.content, "发布有误")
    with pytest.raises(WrongState):
        await corrected(fair, posting, reason="再改", body="x")


@pytest.mark.parametrize(("day", "taken"), [(29, True), (30, True), (31, False)])
async def test_an_own_notice_takes_objections_to_its_last_day(fair: Fairground, day: int, taken: bool) -> None:
    posting = await published(fair, kind=PostingKind.NOTICE, closes_on=date(2025, 10, 30))
    if taken:
        assert (await fair.object_to(posting, on=date(2025, 10, day))).late is False
    else:
        with pytest.raises(NotTaken, match="公示期已满"):
            await fair.object_to(posting, on=date(2025, 10, day))


async def test_only_the_office_publishes(fair: Fairground) -> None:
    async with fair.database.unit_of_work(fair.tenant.id) as uow:
        new = NewPosting(kind=PostingKind.NOTICE, title="公示", body="内容")
        with pytest.raises(NotKeeper):
            await write_draft(uow, fair.rules, fair.unit, new=new, clock=CLOCK)
