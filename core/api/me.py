"""What one arranges for oneself: delegations to colleagues, tokens for other systems."""

from datetime import date, timedelta
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Controller, delete, get, post

from core import people
from core.api.words import Name, Reason
from core.entrance import Asking
from core.people import NewDelegation, access
from core.people.access import ApiToken


class TokenBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A token for another system: its name, what it may do, how many days it lasts."""

    name: Name
    scopes: Annotated[list[str], msgspec.Meta(min_length=1)]
    days: Annotated[int, msgspec.Meta(ge=1, le=366)] = 90


class DelegationBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A delegation: to which colleague, which of one's roles, why, from and until which day (both included)."""

    to_account_id: UUID
    roles: Annotated[list[str], msgspec.Meta(min_length=1)]
    reason: Reason
    from_on: date
    to_on: date


class OwnTokens(Controller):
    """API tokens of oneself."""

    path = "/session/tokens"
    tags = ("登录",)

    @post(operation_id="create_token", summary="新建访问令牌", status_code=201)
    async def create(self, asking: Asking, data: TokenBody) -> dict[str, Any]:
        """Make an API token; its secret is shown this once."""
        async with asking.office(write=True) as office:
            made, secret = await access.create_token(
                office.uow,
                actor=office.actor,
                moment=asking.moment,
                name=data.name,
                scopes=frozenset(data.scopes),
                ends_at=asking.moment.at + timedelta(days=data.days),
            )
        return {"id": made.id, "secret": secret, "ends_at": made.ends_at}

    @get(operation_id="list_own_tokens", summary="本人访问令牌")
    async def rows(self, asking: Asking) -> dict[str, tuple[ApiToken, ...]]:
        """One's own tokens, without their secrets."""
        async with asking.office() as office:
            return {"rows": await access.list_tokens(office.uow, actor=office.actor)}

    @delete("/{token_id:uuid}", operation_id="revoke_token", summary="吊销访问令牌", status_code=204)
    async def revoke(self, asking: Asking, token_id: UUID) -> None:
        """End one of one's own tokens, or anybody's as security administrator."""
        async with asking.office(write=True) as office:
            await access.revoke_token(office.uow, actor=office.actor, moment=asking.moment, token_id=token_id)


class Delegations(Controller):
    """Acting in somebody's place for a time (委托代办)."""

    path = "/session/delegations"
    tags = ("登录",)

    @get(operation_id="list_delegations", summary="委托")
    async def rows(self, asking: Asking) -> dict[str, tuple[people.Delegation, ...]]:
        """Delegations given and received, ended ones too, the latest first."""
        async with asking.office() as office:
            return {"rows": await people.delegations_of(office.uow, office.actor.user_id)}

    @post(operation_id="delegate", summary="委托他人", status_code=201)
    async def give(self, asking: Asking, data: DelegationBody) -> people.Delegation:
        """Let a colleague act in one's place between two days; every act will show both names."""
        new = NewDelegation(
            to_account_id=data.to_account_id,
            roles=frozenset(data.roles),
            reason=data.reason,
            from_on=data.from_on,
            to_on=data.to_on,
        )
        async with asking.office(write=True) as office:
            return await people.delegate(office.uow, actor=office.actor, clock=asking.clock, new=new)

    @delete("/{delegation_id:uuid}", operation_id="revoke_delegation", summary="撤销委托", status_code=204)
    async def revoke(self, asking: Asking, delegation_id: UUID) -> None:
        """End a delegation before its day."""
        async with asking.office(write=True) as office:
            await people.revoke_delegation(
                office.uow, actor=office.actor, clock=asking.clock, delegation_id=delegation_id
            )
