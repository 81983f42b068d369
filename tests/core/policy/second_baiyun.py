"""A second edition of Baiyun's measures that exists in the tests only: the micro limit rises from 500,000 to 800,000.

It is written as a plugin's author would write an amendment: an overlay that receives the older answers and changes
what the new text changes.
"""

from collections.abc import Generator
from dataclasses import replace
from datetime import date

from core.policy.hookspecs import hookimpl
from core.policy.rules.regulation import Regulation
from core.policy.rules.values import Dated, Threshold

EFFECTIVE_ON = date(2026, 1, 1)
MICRO_MAX_FEN = 800_000_00


@hookimpl(wrapper=True)
def regulations() -> Generator[None, tuple[Regulation, ...], tuple[Regulation, ...]]:
    """The amending notice."""
    first, *others = yield
    told = replace(first, number="云府办〔2025〕99号", edition="2026", effective_on=EFFECTIVE_ON)
    return (told, *others)


@hookimpl(wrapper=True)
def thresholds() -> Generator[None, tuple[Threshold, ...], tuple[Threshold, ...]]:
    """One figure."""
    raised = (Dated(EFFECTIVE_ON, MICRO_MAX_FEN),)
    return tuple(replace(t, values=raised) if t.key == "micro_max" else t for t in (yield))
