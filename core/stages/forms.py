"""What somebody can do on a case now: every act open to their roles, the fields it asks, the papers it needs."""

from typing import Any

import msgspec

from core.policy.cases.case import Case, UnknownFactError
from core.policy.cases.state import Run
from core.policy.judging.reviewing import reviewers_of
from core.policy.rules.flow import CLOSING_ACT, OutcomeKind, Stage
from core.policy.rules.papers import PaperDemand


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One field of a form: a fact or an amount, with what is known of it already."""

    key: str
    title: str
    type: str
    required: bool
    choices: tuple[tuple[str, str], ...] = ()
    value: Any = None
    article: str = ""


class PaperNeed(msgspec.Struct, frozen=True, kw_only=True):
    """One paper an act needs: whether it is there, and what is wrong if not."""

    type: str
    title: str
    sealed: bool
    act: str
    here: bool
    article: str
    form_missing: bool


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """One result an act can have."""

    key: str
    title: str
    forward: bool
    reason_required: bool
    leads_to: tuple[str, ...]


class Possible(msgspec.Struct, frozen=True, kw_only=True):
    """One act open to somebody now."""

    act: str
    role: str
    stage: str = ""
    side: str = ""
    ref: str = ""
    title: str
    outcomes: tuple[Option, ...] = ()
    fields: tuple[Field, ...] = ()
    items: tuple[tuple[str, str], ...] = ()
    papers: tuple[PaperNeed, ...] = ()


def possible_acts(case: Case, roles: frozenset[str]) -> tuple[Possible, ...]:
    """Every act of these roles: closing or opining on open stages, opening side processes, withdrawing."""
    found: list[Possible] = []
    for run in case.state.runs:
        located = case.rules.stage(run.stage, case.track) if run.is_open else None
        if located is not None:
            found += _of_stage(case, located[1], run, roles)
    found += _of_sides(case, roles)
    track = case.rules.tracks.get(case.track)
    leaves = track is not None and track.withdrawable is not None and track.withdrawable(case)
    first = case.rules.line(case.track)[0][1]
    for role in roles & set(first.actors):
        if leaves and case.end is None:
            found.append(Possible(act="withdraw", role=role, title="撤回项目"))
    return tuple(found)


def _of_stage(case: Case, stage: Stage, run: Run, roles: frozenset[str]) -> list[Possible]:
    found = [
        Possible(
            act=CLOSING_ACT[stage.kind],
            role=role,
            stage=stage.key,
            ref=run.ref,
            title=stage.title,
            outcomes=tuple(
                Option(
                    key=o.key,
                    title=o.title,
                    forward=o.kind is OutcomeKind.FORWARD,
                    reason_required=o.reason_required,
                    leads_to=tuple(case.rules.title_of(t) for t in o.next.targets if t),
                )
                for o in stage.outcomes
            ),
            fields=tuple(field_of(case, key) for key in (*stage.asks, *stage.records)),
            items=tuple((key, title) for key, title, _ in stage.review.items) if stage.review is not None else (),
            papers=tuple(need for d in stage.papers if (need := paper_need(case, d, run)) is not None),
        )
        for role in sorted(roles & set(stage.actors))
    ]
    heard = {o.role for o in run.opinions}
    joint = {r.role for r in reviewers_of(case, stage, run)} - heard - set(stage.actors)
    found += [
        Possible(act="opine", role=role, stage=stage.key, ref=run.ref, title=f"{stage.title}：出具意见")
        for role in sorted(roles & joint)
    ]
    return found


def _of_sides(case: Case, roles: frozenset[str]) -> list[Possible]:
    found = []
    for side in case.rules.sides.values():
        try:
            holds = (case.end is None or side.after_end) and (side.when is None or side.when(case))
        except UnknownFactError:
            holds = False
        if holds:
            found += [
                Possible(act="open", role=role, side=side.key, title=side.title)
                for role in sorted(roles & set(side.opened_by))
            ]
    return found


def field_of(case: Case, key: str) -> Field:
    """One fact or amount as a form field."""
    rules = case.rules
    fact = rules.facts.get(key)
    value = case.find(key)
    if fact is None:
        amount = rules.amounts[key]
        article = rules.article(amount.citation.rows)
        return Field(key=key, title=amount.title, type="money", required=True, value=value, article=article)
    return Field(
        key=key,
        title=fact.title,
        type=fact.type.value,
        required=fact.required,
        choices=tuple(zip(fact.choices, fact.labels or fact.choices, strict=True)),
        value=value,
        article=rules.article(fact.citation.rows),
    )


def paper_need(case: Case, demand: PaperDemand, run: Run) -> PaperNeed | None:
    """A stage's demand for a paper as it stands, or None while it does not apply."""
    try:
        applies = demand.when is None or demand.when(case)
    except UnknownFactError:
        applies = True
    if not applies:
        return None
    kind = case.rules.papers[demand.paper]
    paper = case.paper(demand.paper, run.ref if demand.per_ref else None)
    sealed = kind.sealed or demand.sealed
    fresh = demand.freshness.value == "any" or (paper is not None and paper.seq > run.opened_seq)
    return PaperNeed(
        type=demand.paper,
        title=kind.title,
        sealed=sealed,
        act=demand.act,
        here=paper is not None and fresh and (paper.sealed or not sealed),
        article=case.rules.article(demand.citation.rows),
        form_missing=kind.form_missing,
    )
