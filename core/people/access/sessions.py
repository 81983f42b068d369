"""Sessions (会话): resolved anew on each request, ended on the server, never taken over from a cookie."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from core.journal import Entry, append
from core.kernel.database import UnitOfWork
from core.kernel.identity import new_id
from core.kernel.tenancy import Actor, Channel
from core.people.access import repository
from core.people.access.model import Moment, Must, SessionNotFound, SessionSeen, SignedIn, SignInPolicy
from core.people.access.sealing import digest, new_session_token
from core.people.model import AccountKind
from core.people.permissions import ADMIN_SCOPES, ADMIN_SESSIONS, narrowed, require, scopes_of

_TOUCH_EVERY: Final = timedelta(minutes=1)
_FACTOR_MINUTES: Final = 5


async def resolve_session(
    uow: UnitOfWork, token: str, *, moment: Moment, channel: str = Channel.WEB
) -> SignedIn | None:
    """Who stands behind a session token now; None when it has ended. One query, and it may be read only."""
    row = await repository.find_standing(uow, repository.SESSION_STANDING, digest(token), (moment.at, moment.on))
    return None if row is None else standing(uow.require_tenant(), row, moment, channel)


async def touch_session(uow: UnitOfWork, session_id: UUID, *, at: datetime) -> None:
    """Note that a session is in use; call it when `is_touch_due` says so."""
    await repository.touch_session(uow, session_id, at=at, default_minutes=SignInPolicy().idle_minutes)


async def open_session(
    uow: UnitOfWork, *, account_id: UUID, policy: SignInPolicy, at: datetime, address: str, awaits_factor: bool = False
) -> str:
    """Make a session and give its secret, of which only the digest is stored; rotation is revoking and this."""
    token = new_session_token(uow.require_tenant())
    await repository.insert_session(
        uow,
        id=new_id(),
        token_hash=digest(token),
        account_id=account_id,
        awaits_factor=awaits_factor,
        address=address,
        at=at,
        idle_until_at=at + timedelta(minutes=_FACTOR_MINUTES if awaits_factor else policy.idle_minutes),
        ends_at=at + timedelta(hours=policy.session_hours),
    )
    return token


async def sign_out(uow: UnitOfWork, *, token: str, moment: Moment) -> None:
    """End the session of a token; one that has ended already stays so."""
    signed_in = await resolve_session(uow, token, moment=moment)
    await repository.revoke_session(uow, token_hash=digest(token), at=moment.at)
    if signed_in is not None:
        await _record(uow, "signed_out", signed_in.actor, moment, {})


async def end_session(uow: UnitOfWork, *, actor: Actor, moment: Moment, session_id: UUID) -> None:
    """End a session by force: one's own on another machine, or anybody's as security administrator.

    Raises: SessionNotFound, NotAllowed.
    """
    owner = await repository.revoke_session(uow, session_id=session_id, at=moment.at)
    if owner is None:
        raise SessionNotFound
    if owner != actor.user_id:
        require(actor, ADMIN_SESSIONS)
    await _record(uow, "session_ended", actor, moment, {"session_id": session_id, "account_id": owner})


async def list_sessions(
    uow: UnitOfWork, *, actor: Actor, moment: Moment, everybody: bool = False
) -> tuple[SessionSeen, ...]:
    """One's own open sessions, or everybody's for the security administrator.

    Raises: NotAllowed.
    """
    if everybody:
        require(actor, ADMIN_SESSIONS)
    return await repository.list_sessions(uow, None if everybody else actor.user_id, at=moment.at)


async def choose_organisation(uow: UnitOfWork, *, token: str, organisation_id: UUID, moment: Moment) -> SignedIn:
    """Work in another of one's organisations from now on, with one's own powers.

    Raises: SessionNotFound, when the account has no post there.
    """
    return await _choose(uow, token, moment, organisation_id=organisation_id, delegation_id=None)


async def act_for(uow: UnitOfWork, *, token: str, delegation_id: UUID | None, moment: Moment) -> SignedIn:
    """Act under a delegation from now on (None: for oneself again).

    Raises: SessionNotFound, when the delegation is not open to this account today.
    """
    return await _choose(uow, token, moment, organisation_id=None, delegation_id=delegation_id)


async def forget_ended_sessions(uow: UnitOfWork, *, before: datetime) -> None:
    """Remove sessions that ended long ago; the journal keeps the sign-ins."""
    await repository.delete_ended_sessions(uow, before=before)


async def end_all_access(uow: UnitOfWork, *, account_id: UUID, at: datetime) -> None:
    """End every session and token of an account at once."""
    await repository.revoke_sessions(uow, account_id, at=at)
    await repository.revoke_tokens(uow, [account_id], by=None, at=at)


def standing(tenant_id: UUID, row: Any, moment: Moment, channel: str) -> SignedIn:
    """Turn the one row into an actor; somebody who must do something first gets no rights until it is done."""
    must = () if row["scopes"] is not None else _must(row)
    roles, scopes = _rights(row)
    actor = Actor(
        user_id=row["account_id"],
        name=row["name"],
        tenant_id=tenant_id,
        organisation_id=row["organisation_id"],
        organisation=row["organisation"],
        roles=frozenset() if must else roles,
        admin=row["kind"] if row["kind"] in ADMIN_SCOPES else None,
        scopes=frozenset() if must else scopes,
        acting_for=row["acting_for"],
        case_id=row["bound_case_id"],
        entry=row["bound_entry"] if row["kind"] == AccountKind.OUTSIDE else None,
        channel=channel,
    )
    return SignedIn(
        actor=actor,
        access_id=row["id"],
        must=must,
        is_touch_due=row["seen_at"] is None or moment.at - row["seen_at"] >= _TOUCH_EVERY,
        ends_at=row["ends_at"],
        bound_case_id=row["bound_case_id"],
        acting_for_name=row["acting_for_name"],
        has_lost_delegation=row["has_lost_delegation"],
    )


def _rights(row: Any) -> tuple[frozenset[str], frozenset[str]]:
    roles = frozenset(row["bound_roles"] if row["kind"] == AccountKind.OUTSIDE else row["roles"])
    if row["acting_for"] is not None:
        roles &= frozenset(row["delegated_roles"])
    scopes = scopes_of(row["kind"], row["functions"])
    if row["scopes"] is not None:
        scopes = narrowed(scopes, row["scopes"])
    return roles, scopes


def _must(row: Any) -> tuple[Must, ...]:
    if row["awaits_factor"]:
        return (Must.GIVE_FACTOR,)
    enrols = row["kind"] in ADMIN_SCOPES and row["factor_for_administrators"] and not row["has_factor"]
    wanted = ((Must.CHANGE_PASSWORD, row["must_change"]), (Must.ENROL_FACTOR, enrols))
    return tuple(must for must, is_so in wanted if is_so)


async def _choose(
    uow: UnitOfWork, token: str, moment: Moment, *, organisation_id: UUID | None, delegation_id: UUID | None
) -> SignedIn:
    before = await resolve_session(uow, token, moment=moment)
    if before is None:
        raise SessionNotFound
    await repository.choose(uow, before.access_id, organisation_id=organisation_id, delegation_id=delegation_id)
    after = await resolve_session(uow, token, moment=moment)
    if after is None or after.has_lost_delegation or after.actor.organisation_id is None:
        raise SessionNotFound("您在该单位没有有效岗位，或委托已失效，请重新选择。")
    detail = {"acting_for": after.actor.acting_for, "acting_for_name": after.acting_for_name}
    await _record(uow, "seat_chosen", after.actor, moment, detail)
    return after


async def _record(uow: UnitOfWork, verb: str, actor: Actor, moment: Moment, detail: Mapping[str, object]) -> None:
    await append(uow, chain=None, entries=[Entry(kind=f"people:{verb}", actor=actor, on=moment.on, detail=detail)])
