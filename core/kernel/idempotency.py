"""One act, done once, however often it is sent (幂等).

The key is stored in the transaction of the effect, so an answer is kept exactly when the effect is. A key belongs to
whoever sent it first: nobody else gets that answer.
"""

from datetime import datetime
from uuid import UUID

import msgspec

from core.kernel.database import UnitOfWork
from core.kernel.errors import Conflict, Invalid

KEEP_DAYS = 7
KEY_LENGTH = 255


class Replay(msgspec.Struct, frozen=True, kw_only=True):
    """The answer an earlier, identical request was given; to be sent again word for word."""

    status: int
    body: bytes


class IdempotencyKeyReused(Invalid):
    """The key came before with another request; answering either would be wrong (HTTP 422)."""

    def __init__(self, key: str) -> None:
        super().__init__("该幂等键已用于另一请求，请更换后重新提交")
        self.key = key


class IdempotencyKeyUnusable(Invalid):
    """Empty, or longer than is stored."""

    def __init__(self) -> None:
        super().__init__(f"幂等键应为 1 至 {KEY_LENGTH} 个字符")


class AnswerMissing(Conflict):
    """The act was done, but its answer was not kept: the caller reads the present state instead of repeating it."""

    def __init__(self, key: str) -> None:
        super().__init__("该请求已办理，请刷新后查看结果")
        self.key = key


async def claim(uow: UnitOfWork, key: str, actor_id: UUID, request_hash: bytes) -> Replay | None:
    """Take the key for this unit of work; a Replay means the act was done before and must not be done again.

    A duplicate sent at the same time waits here until the first one commits (then it replays) or fails (then it acts).
    Raises: IdempotencyKeyReused, IdempotencyKeyUnusable, AnswerMissing.
    """
    if not 1 <= len(key) <= KEY_LENGTH or "\x00" in key:
        raise IdempotencyKeyUnusable
    tenant_id = uow.require_tenant()
    taken = await uow.fetchval(
        "INSERT INTO idempotent_act (tenant_id, key, actor_id, request_hash) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (tenant_id, key) DO NOTHING RETURNING true",
        *(tenant_id, key, actor_id, request_hash),
    )
    if taken:
        return None
    row = await uow.fetchrow(
        "SELECT actor_id, request_hash, status, body FROM idempotent_act WHERE tenant_id = $1 AND key = $2",
        *(tenant_id, key),
    )
    if row is None or (row["status"] is None and row["actor_id"] == actor_id):
        raise AnswerMissing(key)
    if row["request_hash"] != request_hash or row["actor_id"] != actor_id:
        raise IdempotencyKeyReused(key)
    return Replay(status=row["status"], body=row["body"])


async def keep(uow: UnitOfWork, key: str, status: int, body: bytes) -> None:
    """Store the answer beside the effect, before the commit that makes both true."""
    await uow.execute(
        "UPDATE idempotent_act SET status = $3, body = $4 WHERE tenant_id = $1 AND key = $2",
        *(uow.require_tenant(), key, status, body),
    )


async def forget(uow: UnitOfWork, before: datetime) -> int:
    """Delete answers older than the instant; a client that retries after a week starts a new act."""
    tag = await uow.execute(
        "DELETE FROM idempotent_act WHERE tenant_id = $1 AND created_at < $2", uow.require_tenant(), before
    )
    return int(tag.split()[-1])
