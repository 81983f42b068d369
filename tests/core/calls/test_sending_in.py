"""People without an account object to notices and answer calls; the office handles what came in."""

from datetime import date

import pytest

from core.calls import (
    Admission,
    NotTaken,
    Posting,
    Submission,
    SubmissionKind,
    SubmissionState,
    SubmissionWrong,
    TooManySubmissions,
    WrongState,
    admit,
    list_submissions,
    refuse,
)
from core.kernel.clock import FixedClock
from core.notices import list_notices
from core.people import AccountKind, get_account
from core.policy.cases.state import Entry, Member, Objection
from core.policy.rulebooks.registry import Registry
from core.projects import get_project
from core.registers.model import NotKeeper
from core.stages import ActRefused, Venues
from tests.core.calls.conftest import CODE, DAY, OTHER_CODE, Fairground

LAST = date(2025, 9, 8)


async def noticed(fair: Fairground) -> tuple[str, Posting]:
    """A demand with one party, in its notice."""
    code = await fair.called()
    await fair.act(code, "submit", "matching", entries=(Entry(id="e1", title="甲公司", party=CODE),))
    await fair.act(code, "publish", "notice")
    (notice,) = await fair.postings("notice")
    return code, notice


async def received(fair: Fairground, kind: SubmissionKind) -> tuple[Submission, ...]:
    async with fair.database.unit_of_work(fair.tenant.id) as uow:
        return await list_submissions(uow, fair.rules, fair.bureau, kind=kind)


async def admitted(fair: Fairground, answer: Submission, **values: str) -> Submission:
    async with fair.database.unit_of_work(fair.tenant.id) as uow:
        venue = await fair.venues.of(uow, fair.tenant, DAY)
        return await admit(
            uow, venue, fair.bureau, submission_id=answer.id, admission=Admission(**values), clock=FixedClock(DAY)
        )


async def _complete(fair: Fairground, code: str, on: date) -> None:
    await fair.act(code, "complete", "notice", on=on)


async def test_an_objection_in_time_holds_the_next_step_until_the_office_has_settled_it(fair: Fairground) -> None:
    code, notice = await noticed(fair)
    sent = await fair.object_to(notice, on=LAST, body="资质不符")
    after = date(2025, 9, 9)
    with pytest.raises(ActRefused, match="异议"):
        await _complete(fair, code, after)
    settled = Objection(id=str(sent.id), state="dismissed", reason="经核实资质相符")
    await fair.act(code, "settle", "notice", on=after, objections=(settled,))
    await _complete(fair, code, after)
    (told,) = await received(fair, SubmissionKind.OBJECTION)
    assert (told.state, told.reason) == (SubmissionState.DECLINED, "经核实资质相符")


@pytest.mark.parametrize(
    ("on", "late"), [(date(2025, 9, 7), False), (LAST, False), (date(2025, 9, 9), True)], ids=["前一日", "末日", "次日"]
)
async def test_the_last_day_of_a_notice_is_in_time_for_objections(fair: Fairground, on: date, late: bool) -> None:
    code, notice = await noticed(fair)
    sent = await fair.object_to(notice, on=on)
    assert sent.late is late
    async with fair.database.unit_of_work(fair.tenant.id) as uow:
        run = next(r for r in (await get_project(uow, code)).state.runs if r.stage == "notice")
    assert [(o.id, o.late) for o in run.objections] == [(str(sent.id), late)]


async def test_nothing_of_who_objected_is_public(fair: Fairground) -> None:
    _, notice = await noticed(fair)
    await fair.object_to(notice, name="李四")
    assert await fair.posting(notice.id) == notice
    (told,) = await received(fair, SubmissionKind.OBJECTION)
    assert (told.name, told.contact) == ("李四", "13800000000")


async def test_an_objection_is_kept_even_where_the_regulation_is_not_installed_any_more(fair: Fairground) -> None:
    _, notice = await noticed(fair)
    fair.venues = Venues(Registry({}))
    await fair.object_to(notice)
    (told,) = await received(fair, SubmissionKind.OBJECTION)
    assert (told.state, "不可用" in told.reason) == (SubmissionState.RECEIVED, True)


async def test_a_call_takes_no_objections_and_a_notice_no_answers(fair: Fairground) -> None:
    await fair.called()
    (call,) = await fair.postings("call")
    with pytest.raises(NotTaken):
        await fair.object_to(call)
    _, notice = await noticed(fair)
    with pytest.raises(NotTaken):
        await fair.answer(notice, code=CODE)


async def test_everything_wrong_with_what_is_sent_in_is_told_at_once(fair: Fairground) -> None:
    await fair.called()
    (call,) = await fair.postings("call")
    members = (Member(title="乙大学", party=CODE), Member(title="", party="123"))
    with pytest.raises(SubmissionWrong) as wrong:
        await fair.answer(call, name=" ", contact="", body="x" * 5001, code=CODE, members=members)
    fields = [problem.field for problem in wrong.value.details]
    assert fields == ["name", "contact", "body", "members.0.party", "members.1.title", "members.1.party"]


@pytest.mark.parametrize("code", ["", "91350100M000100Y44", "123"], ids=["没有", "校验码不对", "太短"])
async def test_an_answer_needs_a_credit_code_that_holds(fair: Fairground, code: str) -> None:
    await fair.called()
    (call,) = await fair.postings("call")
    with pytest.raises(SubmissionWrong) as wrong:
        await fair.answer(call, code=code)
    assert [problem.field for problem in wrong.value.details] == ["credit_code"]


async def test_answers_end_with_the_last_day(fair: Fairground) -> None:
    await fair.called()
    (call,) = await fair.postings("call")
    await fair.answer(call, on=date(2025, 9, 30), code=CODE)
    with pytest.raises(NotTaken):
        await fair.answer(call, on=date(2025, 10, 1), code=CODE)


@pytest.mark.parametrize("count", [9, 10, 11])
async def test_one_address_sends_in_ten_an_hour(fair: Fairground, count: int) -> None:
    await fair.called()
    (call,) = await fair.postings("call")
    for _ in range(min(count, 10)):
        await fair.answer(call, code=CODE)
    if count > 10:
        with pytest.raises(TooManySubmissions):
            await fair.answer(call, code=CODE)
        await fair.answer(call, code=CODE, address="198.51.100.7")


async def test_who_is_admitted_enters_the_case_with_the_consortium_and_gets_an_account_for_that_entry(
    fair: Fairground,
) -> None:
    code = await fair.called()
    (call,) = await fair.postings("call")
    members = (Member(title="乙大学", party=OTHER_CODE, kind="university"),)
    answer = await fair.answer(call, name="甲公司", code=CODE.lower(), members=members)
    done = await admitted(fair, answer, kind="enterprise", login="jia")
    assert (done.state, done.entry) == (SubmissionState.ACCEPTED, CODE)
    async with fair.database.unit_of_work(fair.tenant.id) as uow:
        project = await get_project(uow, code)
        assert done.account_id is not None
        account = await get_account(uow, done.account_id)
    (entry,) = project.state.entries
    assert (entry.id, entry.title, entry.kind, entry.members[0].party) == (CODE, "甲公司", "enterprise", OTHER_CODE)
    assert (account.kind, account.state) == (AccountKind.OUTSIDE, "proposed")
    assert (account.bound_case_id, account.bound_entry, account.bound_roles) == (
        project.id,
        CODE,
        frozenset({"bidder"}),
    )


async def test_an_answer_is_handled_once(fair: Fairground) -> None:
    await fair.called()
    (call,) = await fair.postings("call")
    answer = await fair.answer(call, code=CODE)
    await admitted(fair, answer)
    with pytest.raises(WrongState):
        await admitted(fair, answer)


async def test_a_refusal_needs_its_reason_and_an_objection_to_a_case_is_settled_in_the_case(fair: Fairground) -> None:
    _, notice = await noticed(fair)
    objection = await fair.object_to(notice)
    clock = FixedClock(DAY)
    async with fair.database.unit_of_work(fair.tenant.id) as uow:
        with pytest.raises(WrongState, match="公示环节"):
            await refuse(uow, fair.rules, fair.bureau, submission_id=objection.id, reason="不成立", clock=clock)
    await fair.called()
    call = next(posting for posting in await fair.postings("call") if posting.takes_answers)
    answer = await fair.answer(call, code=CODE)
    async with fair.database.unit_of_work(fair.tenant.id) as uow:
        with pytest.raises(SubmissionWrong):
            await refuse(uow, fair.rules, fair.bureau, submission_id=answer.id, reason=" ", clock=clock)
        done = await refuse(uow, fair.rules, fair.bureau, submission_id=answer.id, reason="材料不全", clock=clock)
    assert (done.state, done.reason) == (SubmissionState.DECLINED, "材料不全")


async def test_only_the_office_reads_what_came_in(fair: Fairground) -> None:
    async with fair.database.unit_of_work(fair.tenant.id) as uow:
        with pytest.raises(NotKeeper):
            await list_submissions(uow, fair.rules, fair.unit, kind=SubmissionKind.OBJECTION)


async def test_the_office_is_told_of_what_came_in_and_not_by_whom(fair: Fairground) -> None:
    _, notice = await noticed(fair)
    await fair.object_to(notice, on=date(2025, 9, 9), name="李四")
    await fair.toolbox.consume(fair.tenant, "desk")
    async with fair.database.unit_of_work(fair.tenant.id) as uow:
        told = [one for one in await list_notices(uow, fair.bureau) if "异议" in one.subject]
        other = [one for one in await list_notices(uow, fair.unit) if "异议" in one.subject]
    assert [one.body for one in told] == [
        "《手术机器人攻关》（F-2026-0001）“公示”收到异议（已逾公示期），请核实并作出处理。依据：第一条。"
    ]
    assert other == []
