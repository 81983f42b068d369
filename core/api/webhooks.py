"""Subscriptions of other systems (事件订阅): who is told of what happens to projects, where, and whether it arrives."""

from uuid import UUID

import msgspec
from litestar import Controller, get, post

from core.entrance import Asking
from core.notices import Subscription
from core.notices.webhooks import (
    NewSubscription,
    Poster,
    list_subscriptions,
    pause_subscription,
    resume_subscription,
    subscribe,
)


class SubscriptionBody(NewSubscription, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What another system wants to be told, and where: `*`, `stage:*` or kinds of journal entries."""


class Subscribed(msgspec.Struct, frozen=True, kw_only=True):
    """A new subscription with its secret, which is shown this once."""

    subscription: Subscription
    secret: str


class Webhooks(Controller):
    """What the system administrator arranges with other systems."""

    path = "/webhooks"
    tags = ("事件订阅",)

    @get(operation_id="list_webhooks", summary="事件订阅")
    async def rows(self, asking: Asking) -> dict[str, tuple[Subscription, ...]]:
        """Every subscription, active or not, with its last failure."""
        async with asking.office() as office:
            return {"rows": await list_subscriptions(office.uow, actor=office.actor)}

    @post(operation_id="subscribe_webhook", summary="新增事件订阅", status_code=201)
    async def subscribe(self, asking: Asking, data: SubscriptionBody) -> Subscribed:
        """Tell another system from now on; the secret signs every message and is shown this once."""
        poster = Poster(asking.services.settings)
        try:
            async with asking.office(write=True) as office:
                made, secret = await subscribe(
                    office.uow,
                    actor=office.actor,
                    clock=asking.services.clock,
                    poster=poster,
                    vault=asking.vault,
                    new=data,
                )
        finally:
            await poster.close()
        return Subscribed(subscription=made, secret=secret)

    @post("/{subscription_id:uuid}/pause", operation_id="pause_webhook", summary="停用事件订阅", status_code=200)
    async def pause(self, asking: Asking, subscription_id: UUID) -> Subscription:
        """Stop telling another system; what happens meanwhile is not kept for it."""
        async with asking.office(write=True) as office:
            return await pause_subscription(
                office.uow, actor=office.actor, clock=asking.services.clock, subscription_id=subscription_id
            )

    @post("/{subscription_id:uuid}/resume", operation_id="resume_webhook", summary="恢复事件订阅", status_code=200)
    async def resume(self, asking: Asking, subscription_id: UUID) -> Subscription:
        """Go on, with what was still owed when it stopped."""
        async with asking.office(write=True) as office:
            return await resume_subscription(
                office.uow, actor=office.actor, clock=asking.services.clock, subscription_id=subscription_id
            )
