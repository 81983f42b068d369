"""Subscribing another system, stopping it, and starting it again; done by the system administrator."""

import re
import secrets
from uuid import UUID

import msgspec

from core import journal
from core.kernel.clock import Clock
from core.kernel.database import UnitOfWork
from core.kernel.identity import new_id
from core.kernel.tenancy import Actor
from core.notices.model import Subscription, SubscriptionMissing, WrongAddress, WrongEvents
from core.notices.webhooks import repository
from core.notices.webhooks.posting import Poster
from core.people.access import Vault
from core.people.permissions import ADMIN_OPTIONS, require

_EVENT = re.compile(r"\*|[a-z_]+:(\*|[a-z_]+)")
_LONGEST_URL = 2000


class NewSubscription(msgspec.Struct, frozen=True, kw_only=True):
    """What another system wants to be told, and where: `*`, `stage:*` or kinds of entries."""

    title: str
    url: str
    events: tuple[str, ...] = ("*",)


async def subscribe(
    uow: UnitOfWork, *, actor: Actor, clock: Clock, poster: Poster, vault: Vault, new: NewSubscription
) -> tuple[Subscription, str]:
    """Add a subscription; the second part of the answer is its secret, which is shown this once.

    Raises: NotAllowed, WrongAddress, WrongEvents.
    """
    require(actor, ADMIN_OPTIONS)
    if not new.title.strip():
        raise WrongAddress("title", "请填写订阅名称。")
    if len(new.url) > _LONGEST_URL:
        raise WrongAddress("url", "推送地址过长。")
    poster.check(new.url)
    if not new.events or not all(_EVENT.fullmatch(event) for event in new.events):
        raise WrongEvents
    secret = f"lxwh_{secrets.token_urlsafe(32)}"
    made = Subscription(
        id=new_id(),
        title=new.title.strip(),
        url=new.url,
        events=new.events,
        active=True,
        failures=0,
        disabled_at=None,
        last_error=None,
        created_at=clock.now(),
    )
    sealed = vault.seal(secret, made.id)
    await repository.insert_subscription(uow, made, secret=sealed, created_by=actor.user_id)
    await _record(uow, "subscribed", actor, clock, made)
    return made, secret


async def list_subscriptions(uow: UnitOfWork, *, actor: Actor) -> tuple[Subscription, ...]:
    """Every subscription of the tenant, without secrets.

    Raises: NotAllowed.
    """
    require(actor, ADMIN_OPTIONS)
    return await repository.list_subscriptions(uow)


async def pause_subscription(uow: UnitOfWork, *, actor: Actor, clock: Clock, subscription_id: UUID) -> Subscription:
    """Stop telling another system; what happens meanwhile is not kept for it.

    Raises: NotAllowed, SubscriptionMissing.
    """
    return await _set_active(uow, actor, clock, subscription_id, active=False)


async def resume_subscription(uow: UnitOfWork, *, actor: Actor, clock: Clock, subscription_id: UUID) -> Subscription:
    """Go on, with what was still owed when it stopped.

    Raises: NotAllowed, SubscriptionMissing.
    """
    return await _set_active(uow, actor, clock, subscription_id, active=True)


async def _set_active(
    uow: UnitOfWork, actor: Actor, clock: Clock, subscription_id: UUID, *, active: bool
) -> Subscription:
    require(actor, ADMIN_OPTIONS)
    found = await repository.set_active(uow, subscription_id, active=active)
    if found is None:
        raise SubscriptionMissing
    await _record(uow, "resumed" if active else "paused", actor, clock, found)
    return found


async def _record(uow: UnitOfWork, verb: str, actor: Actor, clock: Clock, about: Subscription) -> None:
    detail = {"subscription_id": about.id, "title": about.title, "url": about.url, "events": list(about.events)}
    entry = journal.Entry(kind=f"webhook:{verb}", actor=actor, on=clock.today(), detail=detail)
    await journal.append(uow, chain=None, entries=[entry])
