"""The parts of an act may come in any order: a store that sorts keys must not change what was decided."""

import msgspec
import pytest

from core.kernel.codec import digest
from core.policy.cases.acts import Act, Ruling
from core.policy.cases.context import Context
from core.policy.cases.state import CaseState
from core.policy.coverage import run_all
from core.policy.judging.deciding import decide
from core.policy.rulebooks.registry import installed
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.scenarios import running


def _turned(act: Act) -> Act:
    turned = {name: dict(reversed(getattr(act, name).items())) for name in ("facts", "items", "answers")}
    return msgspec.structs.replace(act, **turned)


def test_every_act_of_every_scenario_is_decided_the_same_in_any_order_of_its_parts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[bool] = []

    def both_ways(rules: Rulebook, state: CaseState, context: Context, act: Act) -> Ruling:
        ruling = decide(rules, state, context, act)
        if len(act.facts) > 1 or len(act.items) > 1:
            again = decide(rules, state, context, _turned(act))
            seen.append(digest([ruling.decision, ruling.after]) == digest([again.decision, again.after]))
        return ruling

    monkeypatch.setattr(running, "decide", both_ways)
    run_all(installed().place("baiyun"), installed())
    assert len(seen) > 100
    assert all(seen)
