"""Opening drafts of listings as projects pass what their regulation names, and reading them."""

from uuid import UUID

from core import journal
from core.journal import Recorded
from core.kernel.database import UnitOfWork
from core.kernel.identity import new_id
from core.kernel.tenancy import Actor, system_actor
from core.market import repository
from core.market.model import Draft, DraftState, prefilled, rules_met
from core.people.organisations import get_organisation
from core.people.permissions import MARKET_READ, require
from core.policy.rulebooks.registry import Registry, RulesMissing
from core.projects import get_project


async def open_drafts(uow: UnitOfWork, registry: Registry, entry: Recorded) -> tuple[Draft, ...]:
    """Open what an entry makes due to be listed, once; the journal says so, and notices go from there.

    A text that commands or invites is told to the unit; one that merely allows opens the draft in silence.
    """
    closed, code = frozenset(entry.detail.get("closed", ())), entry.detail.get("code")
    if not closed or not code or entry.project_id is None:
        return ()
    project = await get_project(uow, code)
    try:
        rules = registry.pinned(project.jurisdiction, project.edition, project.options)
    except RulesMissing:
        return ()  # What is due to be listed can be said again by nobody.
    met = rules_met(rules, project.state, closed=closed, outcome=entry.detail.get("outcome", ""))
    if not met:
        return ()
    unit = await get_organisation(uow, project.unit_id, entry.on)
    opened = []
    for rule in met:
        draft = Draft(
            id=new_id(),
            project_id=project.id,
            rule=rule.key,
            unit_id=project.unit_id,
            system_id=project.system_id,
            title=project.state.title,
            force=rule.force,
            platform=rule.platform,
            article=rules.article(rule.citation.rows),
            content=prefilled(rules, rule, project.state, unit=unit.name, on=entry.on),
            state=DraftState.OPEN,
            opened_on=entry.on,
        )
        if await repository.insert_draft(uow, draft, entry_id=entry.id):
            opened.append(draft)
    await _record(uow, entry, code, opened)
    return tuple(opened)


async def _record(uow: UnitOfWork, entry: Recorded, code: str, opened: list[Draft]) -> None:
    actor = system_actor(uow.require_tenant())
    entries = [
        journal.Entry(
            kind="market:draft_opened",
            actor=actor,
            on=entry.on,
            subject=f"listing_draft:{draft.id}",
            detail={
                "code": code,
                "title": draft.title,
                "rule": draft.rule,
                "force": str(draft.force),
                "platform": draft.platform,
                "article": draft.article,
            },
        )
        for draft in opened
    ]
    if entries:
        await journal.append(uow, chain=entry.project_id, entries=entries)


async def list_drafts(uow: UnitOfWork, actor: Actor) -> tuple[Draft, ...]:
    """The drafts of somebody's own unit.

    Raises: NotAllowed.
    """
    require(actor, MARKET_READ)
    return await repository.list_drafts(uow, actor.organisation_id) if actor.organisation_id is not None else ()


async def find_drafts(uow: UnitOfWork, project_id: UUID) -> tuple[Draft, ...]:
    """The drafts of one project, for a page whose reader may see the project."""
    return await repository.find_drafts(uow, project_id)
