"""Notices in the application: written by the consumer `desk`, read and marked as read by whoever they are for."""

from collections.abc import Sequence
from uuid import UUID

from core.journal import Recorded
from core.kernel.clock import Clock
from core.kernel.database import UnitOfWork
from core.kernel.errors import Invalid
from core.kernel.tenancy import Actor
from core.notices import repository
from core.notices.composing import compose, own_part
from core.notices.gathering import gather
from core.notices.model import ADMINISTRATION, MailMode, Notice, NoticeMissing, Preference, WrongAddress
from core.notices.repository import Reader
from core.policy.rulebooks.registry import Registry
from core.policy.rules.actors import PROJECT_UNIT, SUBORDINATE_UNIT

UNREAD_CAP = 100
_PAGE = 200


async def write_notices(uow: UnitOfWork, registry: Registry, clock: Clock, entries: Sequence[Recorded]) -> int:
    """Tell the people concerned of a batch of entries, once; the answer is how many notices are new."""
    matters = await gather(uow, registry, entries)
    return await repository.insert_notices(uow, [own_part(compose(matter)) for matter in matters], clock.now())


def reader_of(actor: Actor) -> Reader:
    """What somebody reads: as a body, in its roles, or as an administrator. A unit's own roles go by its body.

    An outside party reads what is addressed to its body alone: in its role there may be rivals.
    """
    roles = actor.roles - {PROJECT_UNIT, SUBORDINATE_UNIT} if not actor.is_outside else frozenset[str]()
    office = {f"{ADMINISTRATION}{actor.admin}"} if actor.admin is not None else set()
    return Reader(account_id=actor.user_id, organisation_id=actor.organisation_id, roles=tuple(sorted(roles | office)))


async def list_notices(
    uow: UnitOfWork, actor: Actor, *, before: UUID | None = None, unread_only: bool = False, limit: int = 50
) -> tuple[Notice, ...]:
    """A page of somebody's notices, newest first; the last one's id is where the next page goes on.

    Raises: Invalid for a page that is empty or too long.
    """
    if not 1 <= limit <= _PAGE:
        raise Invalid(f"每页条数应为 1 至 {_PAGE}")
    return await repository.list_notices(uow, reader_of(actor), before=before, unread_only=unread_only, limit=limit)


async def count_unread(uow: UnitOfWork, actor: Actor) -> int:
    """How many notices somebody has not read; `UNREAD_CAP` stands for that many or more."""
    return await repository.count_unread(uow, reader_of(actor), UNREAD_CAP)


async def mark_read(uow: UnitOfWork, actor: Actor, notice_id: UUID, *, clock: Clock) -> None:
    """Somebody has read a notice; again is harmless.

    Raises: NoticeMissing, also for one that is not theirs.
    """
    if not await repository.mark_read(uow, reader_of(actor), notice_id, clock.now()):
        raise NoticeMissing


async def mark_all_read(uow: UnitOfWork, actor: Actor, *, clock: Clock) -> None:
    """Somebody has read everything up to now."""
    await repository.mark_all_read(uow, actor.user_id, clock.now())


async def get_preference(uow: UnitOfWork, actor: Actor) -> Preference:
    """How somebody wants to be told; never, while nothing was chosen."""
    return await repository.find_preference(uow, actor.user_id)


async def choose_preference(uow: UnitOfWork, actor: Actor, preference: Preference, *, clock: Clock) -> None:
    """Choose how to be told.

    Raises: WrongAddress.
    """
    name, at, host = preference.email.partition("@")
    proper = bool(name and at and "." in host) and preference.email.isprintable() and " " not in preference.email
    if (preference.mode is not MailMode.NONE or preference.email) and not proper:
        raise WrongAddress("email", "电子邮箱格式不正确，请核对。")
    await repository.put_preference(uow, actor.user_id, preference, clock.now())
