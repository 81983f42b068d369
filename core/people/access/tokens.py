"""API tokens (接口令牌): a narrower self for programs, shown once, ending on a day, revocable at any time."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from core.journal import Entry, append
from core.kernel.database import UnitOfWork
from core.kernel.identity import new_id
from core.kernel.tenancy import Actor, Channel
from core.people.access import repository
from core.people.access.model import ApiToken, Moment, SignedIn, TokenNotFound, WrongScopes
from core.people.access.sealing import digest, new_api_token, parts_of_api_token
from core.people.access.sessions import standing
from core.people.permissions import ADMIN_TOKENS, TOKEN_SCOPES, narrowed, require

LONGEST: Final = timedelta(days=366)


async def resolve_token(uow: UnitOfWork, token: str, *, moment: Moment) -> SignedIn | None:
    """Who stands behind an API token now; None when it has ended or belongs to another tenant. One query."""
    parts = parts_of_api_token(token)
    if parts is None or parts[0] != uow.require_tenant():
        return None
    times = (moment.at, moment.on)
    row = await repository.find_standing(uow, repository.TOKEN_STANDING, digest(token), times, parts[1])
    return None if row is None else standing(parts[0], row, moment, Channel.API)


async def create_token(
    uow: UnitOfWork, *, actor: Actor, moment: Moment, name: str, scopes: frozenset[str], ends_at: datetime
) -> tuple[ApiToken, str]:
    """Make a token for oneself; the second part of the answer is its secret, shown this once.

    Raises: WrongScopes when it asks for nothing, for more than its maker has, or for longer than a year.
    """
    if actor.acting_for is not None or actor.channel == Channel.API:
        raise WrongScopes("接口令牌须由本人登录后创建，受托期间或通过接口不得创建。")
    families = {scope for scope in scopes if scope.endswith(":*")}
    if not scopes or not (scopes - families) <= (actor.scopes & TOKEN_SCOPES):
        raise WrongScopes
    if any(not narrowed(actor.scopes & TOKEN_SCOPES, {family}) for family in families):
        raise WrongScopes
    if not moment.at < ends_at <= moment.at + LONGEST:
        raise WrongScopes("令牌有效期应在今天之后、一年以内。")
    token = ApiToken(
        id=new_id(), account_id=actor.user_id, name=name, scopes=scopes, created_at=moment.at, ends_at=ends_at
    )
    secret = new_api_token(uow.require_tenant(), token.id)
    await repository.insert_token(uow, token, secret_hash=digest(secret), organisation_id=actor.organisation_id)
    detail = {"token_id": token.id, "name": name, "scopes": sorted(scopes), "ends_at": ends_at}
    await append(
        uow, chain=None, entries=[Entry(kind="people:token_created", actor=actor, on=moment.on, detail=detail)]
    )
    return token, secret


async def revoke_token(uow: UnitOfWork, *, actor: Actor, moment: Moment, token_id: UUID) -> None:
    """End one's own token, or anybody's as security administrator (吊销).

    Raises: TokenNotFound, NotAllowed.
    """
    own = {token.id for token in await repository.list_tokens(uow, actor.user_id)}
    if token_id not in own:
        require(actor, ADMIN_TOKENS)
    if not await repository.revoke_tokens(uow, [token_id], by=actor.user_id, at=moment.at):
        raise TokenNotFound
    detail = {"token_id": token_id}
    await append(
        uow, chain=None, entries=[Entry(kind="people:token_revoked", actor=actor, on=moment.on, detail=detail)]
    )


async def list_tokens(uow: UnitOfWork, *, actor: Actor, everybody: bool = False) -> tuple[ApiToken, ...]:
    """One's own tokens, or everybody's for the security administrator.

    Raises: NotAllowed.
    """
    if everybody:
        require(actor, ADMIN_TOKENS)
    return await repository.list_tokens(uow, None if everybody else actor.user_id)


async def touch_token(uow: UnitOfWork, token_id: UUID, *, at: datetime) -> None:
    """Note that a token is in use, at most once a minute; call it when `is_touch_due` says so."""
    await repository.touch_token(uow, token_id, at=at)
