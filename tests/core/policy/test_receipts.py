"""Receipts lead from the blank case to the stored one, and say where they do not."""

from datetime import date

import msgspec
import pytest

from core.kernel.codec import decode, digest, encode
from core.policy.judging.receipts import Receipt, ReplayFailedError, replay
from tests.core.policy.playing import REGISTRY, Played


def _life() -> Played:
    case = Played().to_works(secret=False)
    case.act("submit", "works", on=date(2025, 9, 10))
    case.act("lodge", "closing")
    case.act("decide", "inspection", "data_bureau", outcome="pass")
    case.act("lodge", "closing")
    case.act("lodge", "report", on=date(2025, 10, 10))
    return case


def test_a_whole_life_replays_to_the_state_it_ended_in() -> None:
    case = _life()
    assert case.state.end is not None
    assert replay(case.rules, case.receipts, case.blank) == case.state


def test_a_refused_act_is_proved_to_have_moved_nothing() -> None:
    case = _life()
    refused = [r for r in case.receipts if not r.decision.accepted]
    assert len(refused) == 1
    assert refused[0].before == refused[0].after


def test_receipts_replay_after_they_were_stored_as_json() -> None:
    case = _life()
    stored = [decode(encode(receipt), Receipt) for receipt in case.receipts]
    assert digest(replay(case.rules, stored, case.blank)) == digest(case.state)


def test_surroundings_changed_after_the_fact_are_found_at_their_receipt() -> None:
    case = _life()
    receipt = case.receipts[2]
    forged = msgspec.structs.replace(receipt.context, today=date(2025, 9, 30))
    case.receipts[2] = msgspec.structs.replace(receipt, context=forged)
    with pytest.raises(ReplayFailedError, match="surroundings") as failure:
        replay(case.rules, case.receipts, case.blank)
    assert failure.value.number == 3


def test_a_receipt_left_out_is_found_at_the_next_one() -> None:
    case = _life()
    del case.receipts[1]
    with pytest.raises(ReplayFailedError, match="before") as failure:
        replay(case.rules, case.receipts, case.blank)
    assert failure.value.number == 2


def test_a_decision_or_a_state_written_over_is_found() -> None:
    case = _life()
    last = case.receipts[-1]
    decision = msgspec.structs.replace(last.decision, findings=())
    with pytest.raises(ReplayFailedError, match="otherwise"):
        replay(case.rules, [*case.receipts[:-1], msgspec.structs.replace(last, decision=decision)], case.blank)
    with pytest.raises(ReplayFailedError, match="after"):
        replay(case.rules, [*case.receipts[:-1], msgspec.structs.replace(last, after="0")], case.blank)


def test_another_rulebook_is_not_taken_for_the_one_decided_under() -> None:
    case = _life()
    other = REGISTRY.place("toytown").rulebook({"severity_overrides": {"late": "block"}})
    with pytest.raises(ReplayFailedError, match="rulebook"):
        replay(other, case.receipts, case.blank)
