"""Drafts of listings: what is known of a finished project before anybody has written a line about it."""

from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec

from core.kernel.errors import NotFound
from core.policy.cases.state import CaseState
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.flow import Ends
from core.policy.rules.regulation import ListingForce, ListingRule


class DraftState(StrEnum):
    """Where a draft stands: open, declined by its unit, or published."""

    OPEN = "open"
    DECLINED = "declined"
    PUBLISHED = "published"


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """What the life of a project already says about its system; amounts in fen, facts by their titles."""

    name: str
    unit: str
    project_code: str
    project_kind: str
    vendors: tuple[str, ...] = ()
    amounts: dict[str, int] = msgspec.field(default_factory=dict)
    facts: dict[str, str | int | bool | list[str]] = msgspec.field(default_factory=dict)
    accepted_on: date | None = None
    owner: str = ""


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """One draft of a listing (上架草稿): by which rule, how strongly asked for, on which platform, filled with what."""

    id: UUID
    project_id: UUID
    rule: str
    unit_id: UUID
    system_id: UUID | None
    title: str
    force: ListingForce
    platform: str
    article: str
    content: Content
    state: DraftState
    opened_on: date


class DraftMissing(NotFound):
    """No such draft of this unit."""

    default_message = "没有该上架草稿"


def rules_met(rules: Rulebook, state: CaseState, *, closed: frozenset[str], outcome: str) -> tuple[ListingRule, ...]:
    """The listing rules that an act meets which closed these stages with this outcome.

    A text that says nothing of listing opens nothing; neither does a case that ended otherwise than completed.
    """
    if state.end is not None and state.end.kind != Ends.COMPLETED:
        return ()
    kind = state.facts.get("project_kind", "")
    return tuple(
        rule
        for rule in rules.listing_rules.values()
        if rule.force is not ListingForce.NONE
        and rule.after_stage in closed
        and rule.after_outcome == outcome
        and (not rule.project_kinds or kind in rule.project_kinds)
        and (not rule.tracks or state.track in rule.tracks)
    )


def prefilled(rules: Rulebook, rule: ListingRule, state: CaseState, *, unit: str, on: date) -> Content:
    """The content of a draft out of the case."""
    known = {
        fact.title: state.facts[key]
        for key, fact in rules.facts.items()
        if key in state.facts and isinstance(state.facts[key], str | int | bool | list)
    }
    return Content(
        name=state.title,
        unit=unit,
        project_code=state.code,
        project_kind=str(state.facts.get("project_kind", "")),
        vendors=tuple(dict.fromkeys(c.supplier for c in state.contracts if c.supplier)),
        amounts={key: state.facts[key] for key in rules.amounts if isinstance(state.facts.get(key), int)},
        facts=known,
        accepted_on=on,
        owner=str(state.facts.get(rule.owner_fact, "")) if rule.owner_fact else "",
    )
