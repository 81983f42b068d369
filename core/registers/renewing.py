"""The renewal of a regulation, or its successor (续期与替代), recorded with its number by an authorised person.

A text whose validity is over takes in no new case until then. Each record is kept; running cases are not touched.
"""

from datetime import date

import msgspec

from core import journal
from core.journal import Recorded
from core.kernel.choices import Choice, ChoiceKind, choose
from core.kernel.database import UnitOfWork
from core.kernel.errors import NotFound
from core.kernel.tenancy import Actor, Tenant, system_actor
from core.people.permissions import ADMIN_OPTIONS, require
from core.policy.cases.context import Renewal
from core.policy.rulebooks.rulebook import Rulebook
from core.registers.model import refuse, required

RENEWED = "choice:renewal"


class RegulationUnknown(NotFound):
    """The tenant lives by no text of that key."""

    def __init__(self, key: str) -> None:
        super().__init__(f"本地依据中没有“{key}”")


class NewRenewal(msgspec.Struct, frozen=True, kw_only=True):
    """What is recorded: which text, the number and title of the document that renews or replaces it, for which days."""

    regulation: str
    number: str
    title: str = ""
    from_on: date
    until_on: date | None = None


async def record_renewal(uow: UnitOfWork, rulebook: Rulebook, actor: Actor, *, new: NewRenewal, on: date) -> Renewal:
    """Record that a text goes on, or by what it was replaced; new cases are taken in again for the days it covers.

    Raises: RegulationUnknown; NotAllowed; Invalid for a missing number or days in the wrong order.
    """
    if not actor.is_system:
        require(actor, ADMIN_OPTIONS)
    regulation = rulebook.regulations.get(new.regulation)
    if regulation is None:
        raise RegulationUnknown(new.regulation)
    number = required(new.number, "number", "续期或替代文件的文号")
    if new.until_on is not None and new.until_on < new.from_on:
        raise refuse("续期的截止日期不能早于起始日期", "until_on")
    value = {"number": number, "title": new.title.strip(), "until_on": new.until_on}
    choice = Choice(kind=ChoiceKind.RENEWAL, key=regulation.key, from_on=new.from_on, value=value, source=number)
    await choose(uow, choice, actor=actor)
    entry = journal.Entry(
        kind=RENEWED,
        actor=actor,
        on=on,
        subject=f"renewal:{regulation.key}",
        detail={"key": regulation.key, "from_on": new.from_on, "reason": number, "title": new.title.strip()},
        before={"value": regulation.expires_on},
        after={"value": new.until_on},
    )
    await journal.append(uow, chain=None, entries=[entry])
    return renewal_of(choice)


async def adopt_renewal(uow: UnitOfWork, above: Tenant, entry: Recorded) -> None:
    """Let a renewal hold here that a tenant above, living by the same text, has recorded (`entry`)."""
    said = entry.detail
    choice = Choice(
        kind=ChoiceKind.RENEWAL,
        key=said["key"],
        from_on=date.fromisoformat(said["from_on"]),
        value={"number": said["reason"], "title": said["title"], "until_on": said["after"]["value"]},
        source=said["reason"],
    )
    actor = system_actor(uow.require_tenant(), name=above.name)
    await choose(uow, choice, actor=actor)
    detail = {key: said[key] for key in ("key", "from_on", "reason", "title", "after")} | {"entry": entry.id}
    adopted = journal.Entry(
        kind="choice:renewal_adopted", actor=actor, on=entry.on, subject=f"tenant:{above.code}", detail=detail
    )
    await journal.append(uow, chain=None, entries=[adopted])


def renewal_of(choice: Choice) -> Renewal:
    """The renewal a stored decision is."""
    return msgspec.convert(choice.value | {"regulation": choice.key, "from_on": choice.from_on}, Renewal)
