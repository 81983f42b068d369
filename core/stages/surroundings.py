"""Looking around before deciding: what the rules of an act need to see beyond the case."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from core.kernel.codec import decode
from core.kernel.database import UnitOfWork
from core.kernel.identity import parse_id
from core.policy.cases.context import Candidate, Context, RegisterEntry, Round, UnitFinding, UnitRecord
from core.policy.cases.standing import Standing
from core.policy.cases.state import Panel
from core.policy.rulebooks.rulebook import Rulebook
from core.projects import Project, similar_projects
from core.registers import panel_of, seen_from
from core.stages import repository
from core.stages.model import ActRequest
from core.stages.venue import Venue

ALWAYS_CREATED_WITH = frozenset({"unit", "round", "candidates"})


async def look_around(uow: UnitOfWork, venue: Venue, project: Project, needs: frozenset[str]) -> Context:
    """The context of a decision, holding what is needed and nothing else."""
    if not needs:
        return Context(today=venue.today, calendar=venue.calendar, parameters=venue.parameters, renewals=venue.renewals)
    kept = kept_for_all(venue.readable_of(project))
    found = await repository.surroundings(uow, project.unit_id, project.id, venue.today, needs=needs, kept=kept)
    candidates = await _candidates(uow, project, needs)
    return context_from(venue, project.unit_code, found, candidates)


async def look_up(
    uow: UnitOfWork, venue: Venue, rules: Rulebook, seen: Context, *, needs: frozenset[str], facts: Mapping[str, Any]
) -> Context:
    """The context together with what stands above: the rulebooks judged beside the own one, and what they publish."""
    above = tuple(upper.edition for upper in venue.above(rules.place))
    entries = await seen_from(uow, rules, venue.keepers, facts) if "shared" in needs else ()
    return msgspec.structs.replace(seen, above=above, shared=entries) if above or entries else seen


def kept_for_all(rules: Rulebook) -> tuple[str, ...]:
    """The registers somebody keeps once for the whole tenant, entry by entry."""
    registers = rules.registers.values()
    return tuple(r.key for r in registers if r.per == "tenant" and not r.derived and not r.library)


async def _candidates(uow: UnitOfWork, project: Project, needs: frozenset[str]) -> tuple[Candidate, ...]:
    if "candidates" not in needs:
        return ()
    found = await similar_projects(uow, project.unit_id, project.state.title, besides=project.id)
    return tuple(
        Candidate(title=s.title, owner=s.owner, overlap=s.overlap, source=s.source, id=str(s.id)) for s in found
    )


def context_from(
    venue: Venue, unit_code: str, found: dict[str, Any], candidates: tuple[Candidate, ...] = ()
) -> Context:
    """Turn what the database gave into the values rules read."""
    entries = decode(found["entries"], tuple[RegisterEntry, ...])
    unit = UnitRecord(
        key=unit_code,
        kind=found["unit_kind"] or "first_level_unit",
        registers={entry.register: entry for entry in entries},
        findings=decode(found["findings"], tuple[UnitFinding, ...]),
        projects=decode(found["projects"], tuple[Standing, ...]),
    )
    return Context(
        today=venue.today,
        calendar=venue.calendar,
        unit=unit,
        round=decode(found["round"], Round) if found["round"] else None,
        registers={entry.register: entry for entry in decode(found["kept"], tuple[RegisterEntry, ...])},
        parameters=venue.parameters,
        candidates=candidates,
        renewals=venue.renewals,
    )


async def panel_for(uow: UnitOfWork, project_id: UUID, request: ActRequest) -> Panel | None:
    """The panel of a review as it may be believed: random only when a recorded draw stands behind it."""
    panel = request.panel
    if panel is None:
        return None
    if not panel.draw_id:
        return Panel(form=panel.form, library=panel.library, random=False, size=panel.size)
    return await panel_of(
        uow, parse_id(panel.draw_id, field="panel.draw_id"), project_id=project_id, stage=request.stage
    )
