"""References of limits that lapse, results that publish and rules that reach down: each must lead to something."""

from collections.abc import Iterator

from core.policy.rulebooks.answers import Answers
from core.policy.rules.flow import Stage


def unlinked(answers: Answers, stages: tuple[Stage, ...]) -> Iterator[str]:
    """Every result, stage, gate, fact and paper that such a rule names and the plugin does not have."""
    results = {(stage.key, outcome.key) for stage in stages for outcome in stage.outcomes}
    keys = {stage.key for stage in stages}
    yield from _limits(answers, results, keys)
    yield from _registers(answers, results)
    facts = {fact.key for fact in answers.facts}
    for gate in answers.gates:
        yield from (f"gate {gate.key}: reads unknown fact {key!r}" for key in gate.reads if key not in facts)
    papers = {paper.key for paper in answers.papers}
    for stage in stages:
        for outcome in stage.outcomes:
            for key in outcome.deems:
                if key not in papers:
                    yield f"stage {stage.key}: outcome {outcome.key} counts as unknown paper {key!r}"


def _limits(answers: Answers, results: set[tuple[str, str]], stages: set[str]) -> Iterator[str]:
    gates = {gate.key for gate in answers.gates}
    for limit in answers.limits:
        if limit.met_by is not None and limit.met_by not in results:
            yield f"limit {limit.key}: is met by unknown result {':'.join(limit.met_by)!r}"
        if limit.lapse is None:
            continue
        if limit.lapse.gate not in gates:
            yield f"limit {limit.key}: lapses through unknown gate {limit.lapse.gate!r}"
        for key in limit.lapse.nobody:
            if key not in stages:
                yield f"limit {limit.key}: its lapse opens unknown stage {key!r}"


def _registers(answers: Answers, results: set[tuple[str, str]]) -> Iterator[str]:
    facts = {fact.key for fact in answers.facts} | {amount.key for amount in answers.amounts}
    for register in answers.registers:
        admitting = (register.admits,) if register.admits is not None else ()
        for result in (*admitting, *register.renews):
            if result not in results:
                yield f"register {register.key}: admits by unknown result {':'.join(result)!r}"
        for key in register.carries:
            if key not in facts:
                yield f"register {register.key}: carries unknown fact {key!r}"
        if register.matched_on and register.matched_on not in register.carries:
            yield f"register {register.key}: is matched on {register.matched_on!r}, which it does not carry"
