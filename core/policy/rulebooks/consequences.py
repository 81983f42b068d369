"""Effects that fall upon one entry of a case alone, and whether an effect runs on a day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from core.policy.rules.gating import Effect, EffectHit

if TYPE_CHECKING:
    from core.policy.cases.case import Case


def effects_on_entries(effect: Effect, case: "Case") -> Iterator[EffectHit]:
    """What an effect says of each entry of the case, ended ones included, with the entry it falls upon."""
    if effect.from_entry is None:
        return
    for entry in case.state.entries:
        hit = effect.from_entry(case.at(entry.id))
        if hit is not None:
            yield replace(hit, ref=entry.id, party=entry.party)


def runs_on(hit: EffectHit, day: date) -> bool:
    """Whether an effect runs on a day; both its ends belong to it."""
    return hit.since <= day and (hit.until is None or day <= hit.until)
