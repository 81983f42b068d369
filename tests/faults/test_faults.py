"""The short form of `make faults`: a few strikes of each kind, and control runs that must find what they spoil."""

import pytest

from tests.faults.faults import FAULTS
from tests.faults.playing import Fault, play

pytestmark = pytest.mark.slow

SECONDS = 2.0
STRUCK = ("kill-web", "kill-postgres", "hang-up", "two-workers")
CONTROLLED = ("kill-postgres", "hang-up")


def chosen(*names: str) -> list[object]:
    return [pytest.param(fault, id=fault.name) for fault in FAULTS if fault.name in names]


@pytest.mark.parametrize("fault", chosen(*STRUCK))
def test_every_acknowledged_act_is_there_exactly_once_after(fault: Fault) -> None:
    outcome = play(fault, seed=20250902, seconds=SECONDS)
    assert outcome.wrong == ()
    assert outcome.strikes
    assert outcome.acknowledged >= 20


@pytest.mark.parametrize("fault", chosen(*CONTROLLED))
def test_without_its_safeguard_the_reckoning_finds_what_is_wrong_after(fault: Fault) -> None:
    assert fault.control is not None
    outcome = play(fault, seed=20250902, seconds=SECONDS, controlled=True)
    assert [sentence for sentence in outcome.wrong if sentence.startswith(fault.control.finds)]
