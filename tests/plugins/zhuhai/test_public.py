"""What of a challenge goes out: the demand with its papers, who is meant to be adopted, who is announced; no more."""

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from core.calls.deriving import Derived, derive
from core.kernel.codec import encode
from core.policy.rules.publicity import PostingKind
from tests.plugins.zhuhai.bidding import Challenge


def postings(challenge: Challenge) -> dict[PostingKind, Derived]:
    found = derive(challenge.case, UUID(int=1), unit="市卫生健康局", papers=())
    return {one.kind: one for one in found}


@pytest.fixture
def signed(tmp_path: Path) -> Challenge:
    """A challenge whose winner has been announced."""
    return Challenge(tmp_path, "jiebang_signed")


def test_the_call_tells_the_demand_and_takes_answers_where_bidders_meet_it(signed: Challenge) -> None:
    call = postings(signed)[PostingKind.CALL]
    assert {"研发任务", "技术指标", "最高研发费用"} <= {line.title for line in call.content.lines}
    assert call.article == "第八条"
    assert not call.takes_answers


def test_the_notice_runs_five_workdays_and_names_only_who_is_to_be_adopted(signed: Challenge) -> None:
    notice, announcement = postings(signed)[PostingKind.NOTICE], postings(signed)[PostingKind.PUBLICATION]
    assert (notice.opened_on, notice.closes_on) == (date(2025, 12, 24), date(2025, 12, 31))
    assert notice.content.names == announcement.content.names != ()
    assert announcement.opened_on > date(2025, 12, 31)


def test_nothing_a_bidder_has_said_of_itself_goes_out(signed: Challenge) -> None:
    whole = encode(tuple(postings(signed).values()))
    for secret in ("自筹", "预计补助", "方案评分", "own_funding", "planned_subsidy"):
        assert secret not in whole
