"""From entries to messages owed, and from there to their receivers."""

import asyncio
import time
from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby
from uuid import UUID

import msgspec
import structlog

from core import journal
from core.journal import Recorded
from core.kernel.clock import Clock
from core.kernel.codec import encode
from core.kernel.database import Database, UnitOfWork
from core.kernel.tenancy import Tenant, system_actor
from core.notices.model import Message, Subscription
from core.notices.webhooks import repository
from core.notices.webhooks.posting import NotDelivered, Poster
from core.notices.webhooks.repository import NewMessage
from core.people.access import Vault

_log = structlog.get_logger(__name__)

ATTEMPTS = 12
FAILURES = 10
_AT_A_TIME = 100
_SECONDS = 15.0
_FIRST_PAUSE = timedelta(seconds=5)
_LONGEST_PAUSE = timedelta(hours=1)


async def write_messages(uow: UnitOfWork, entries: Sequence[Recorded]) -> int:
    """Write down what the subscriptions of this tenant are owed of a batch; only projects are told of, never people."""
    some = [entry for entry in entries if entry.project_id is not None]
    subscriptions = await repository.list_subscriptions(uow, active_only=True) if some else ()
    messages = [
        NewMessage(subscription_id=s.id, chain_id=e.chain_id, seq=e.seq, entry_id=e.id, body=body_of(e))
        for s in subscriptions
        for e in some
        if wants(s, e.kind)
    ]
    return await repository.insert_messages(uow, messages)


def wants(subscription: Subscription, kind: str) -> bool:
    """Whether a subscription names a kind, its family or everything."""
    return not {"*", kind, f"{kind.partition(':')[0]}:*"}.isdisjoint(subscription.events)


def body_of(entry: Recorded) -> str:
    """What a receiver gets: the entry's id to tell repetitions, its number to see the order, and its detail."""
    return encode(
        {
            "id": entry.id,
            "kind": entry.kind,
            "code": entry.detail.get("code", ""),
            "project_id": entry.project_id,
            "on": entry.on,
            "seq": entry.seq,
            "detail": entry.detail,
        }
    )


class _Result(msgspec.Struct, kw_only=True):
    """What became of one subscription's part of a batch."""

    sent: list[Message] = msgspec.field(default_factory=list)
    left: list[Message] = msgspec.field(default_factory=list)
    failed: Message | None = None
    error: str = ""


async def send_due(database: Database, tenant: Tenant, poster: Poster, vault: Vault, clock: Clock) -> int:
    """Send one batch, each subscription on its own and in order; the answer is how many messages arrived."""
    async with database.unit_of_work(tenant.id) as uow:
        leased = await repository.lease_messages(uow, _AT_A_TIME)
    if not leased:
        return 0
    parts = [list(part) for _, part in groupby(leased, key=lambda message: message.subscription_id)]
    until = time.monotonic() + _SECONDS
    results = await asyncio.gather(*(_send(poster, vault, part, until) for part in parts))
    async with database.unit_of_work(tenant.id) as uow:
        await repository.mark_sent(uow, [message for result in results for message in result.sent])
        await repository.give_back(uow, [message for result in results for message in result.left])
        disabled = [await _note_failure(uow, result) for result in results if result.failed is not None]
        entries = [_disabled(tenant.id, found, clock) for found in disabled if found is not None]
        if entries:
            await journal.append(uow, chain=None, entries=entries)
    return sum(len(result.sent) for result in results)


async def _send(poster: Poster, vault: Vault, messages: Sequence[Message], until: float) -> _Result:
    """Send one subscription's messages until one fails or time is up; the rest is left for later."""
    result = _Result()
    for number, message in enumerate(messages):
        secret = vault.unseal(message.secret, message.subscription_id)
        if time.monotonic() > until:
            result.left = list(messages[number:])
            return result
        if secret is None:
            result.failed, result.error = message, "签名密钥无法读取：部署密钥已更换，请重新订阅。"
            result.left = list(messages[number + 1 :])
            return result
        try:
            await poster.post(message.url, secret, message.body.encode())
        except NotDelivered as error:
            result.failed, result.error = message, str(error)
            result.left = list(messages[number + 1 :])
            return result
        result.sent.append(message)
    return result


async def _note_failure(uow: UnitOfWork, result: _Result) -> Subscription | None:
    message = result.failed
    if message is None:
        return None
    pause = min(_FIRST_PAUSE * 2 ** min(message.attempts - 1, 20), _LONGEST_PAUSE)
    _log.warning("webhook_not_delivered", subscription=str(message.subscription_id), reason=result.error)
    await repository.mark_failed(uow, message, result.error, pause=pause, give_up=message.attempts >= ATTEMPTS)
    return await repository.count_failure(uow, message.subscription_id, result.error, limit=FAILURES)


def _disabled(tenant_id: UUID, found: Subscription, clock: Clock) -> journal.Entry:
    return journal.Entry(
        kind="webhook:disabled",
        actor=system_actor(tenant_id),
        on=clock.today(),
        detail={
            "subscription_id": found.id,
            "title": found.title,
            "failures": found.failures,
            "last_error": found.last_error,
        },
    )
