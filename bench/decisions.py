"""How many decisions a second one core makes, for each place: every step of every scenario, replayed in a loop.

The judgements are recorded while the scenarios are played, then judged again without loading or comparing. Prints one
line per place; nothing is asserted, since machines differ.
"""

import time
from statistics import median

from core.policy.cases.acts import Act, Ruling
from core.policy.cases.context import Context
from core.policy.cases.state import CaseState
from core.policy.coverage import run_all
from core.policy.judging import deciding
from core.policy.rulebooks.registry import installed
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.scenarios import running

ROUNDS = 5


def recorded(place: str) -> list[tuple[Rulebook, CaseState, Context, Act]]:
    """Every judgement the scenarios of a place ask for."""
    seen: list[tuple[Rulebook, CaseState, Context, Act]] = []
    honest = running.decide

    def listening(rules: Rulebook, state: CaseState, context: Context, act: Act) -> Ruling:
        seen.append((rules, state, context, act))
        return honest(rules, state, context, act)

    running.decide = listening
    try:
        run_all(installed().place(place), installed())
    finally:
        running.decide = honest
    return seen


def main() -> None:
    """Measure every installed place."""
    print("decisions per second on one core (median of five rounds)")
    for place in installed().places():
        asked = recorded(place)
        rates = []
        for _ in range(ROUNDS):
            begun = time.perf_counter()
            for rules, state, context, act in asked:
                deciding.decide(rules, state, context, act)
            rates.append(len(asked) / (time.perf_counter() - begun))
        spread = f"{min(rates):,.0f} to {max(rates):,.0f}"
        print(f"  {place:12} {median(rates):>9,.0f}/s   ({len(asked)} judgements, {spread})")


if __name__ == "__main__":
    main()
