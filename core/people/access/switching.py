"""One person in several tenants (切换地区): finding the tenants of a login, linking accounts, going across.

The global directory holds digests and ids only. Two accounts are linked when somebody shows a live session of
both, which takes both passwords; nothing is linked because two logins are spelt alike.
"""

from collections.abc import Mapping
from uuid import UUID

from core.journal import Entry, append
from core.kernel.database import Database, UnitOfWork
from core.kernel.tenancy import Actor
from core.people.access import repository
from core.people.access.model import Moment, NotLinked, SignedIn
from core.people.access.sealing import login_digest
from core.people.access.sessions import open_session
from core.people.model import canonical_login

_OF_LOGIN = "SELECT tenant_id FROM login_directory WHERE login_digest = $1 ORDER BY tenant_id"
_OF_PERSON = """
SELECT other.tenant_id, other.account_id FROM login_directory own
JOIN login_directory other ON other.person_id = own.person_id
WHERE own.tenant_id = $1 AND own.account_id = $2 ORDER BY other.tenant_id
"""
_LINK = """
UPDATE login_directory SET person_id = (SELECT person_id FROM login_directory WHERE tenant_id = $1 AND account_id = $2)
WHERE tenant_id = $3 AND account_id = $4
"""


async def tenants_of_login(uow: UnitOfWork, login: str) -> tuple[UUID, ...]:
    """Which tenants know a login name, for a sign-in that names no tenant; never to be shown before a password fits."""
    rows = await uow.fetch(_OF_LOGIN, login_digest(canonical_login(login)))
    return tuple(row["tenant_id"] for row in rows)


async def tenants_of_person(uow: UnitOfWork, actor: Actor) -> tuple[tuple[UUID, UUID], ...]:
    """Tenant and account of everything linked with the actor's account, itself included."""
    rows = await uow.fetch(_OF_PERSON, actor.tenant_id, actor.user_id)
    return tuple((row["tenant_id"], row["account_id"]) for row in rows)


async def link_accounts(database: Database, *, here: SignedIn, there: SignedIn, moment: Moment) -> None:
    """Link two accounts of one person, both shown by a live session without open duties.

    Raises: NotLinked for administrators and outside parties, who are bound to one tenant on purpose.
    """
    for one in (here, there):
        if one.must or one.actor.admin is not None or one.bound_case_id is not None or one.actor.acting_for:
            raise NotLinked("管理员账号、外部账号不能关联；请先完成登录所需的全部步骤。")
    async with database.platform() as uow:
        await uow.execute(_LINK, here.actor.tenant_id, here.actor.user_id, there.actor.tenant_id, there.actor.user_id)
    for one, other in ((here, there), (there, here)):
        async with database.unit_of_work(one.actor.tenant_id) as uow:
            await _record(uow, "account_linked", one.actor, moment, {"tenant_id": other.actor.tenant_id})


async def switch_tenant(
    database: Database, *, signed_in: SignedIn, to_tenant_id: UUID, moment: Moment, address: str = ""
) -> str:
    """Go to another tenant of the same person; the old session ends and the answer is the new one's token.

    An account there with a second factor still asks for it.

    Raises: NotLinked.
    """
    actor = signed_in.actor
    if signed_in.must:
        raise NotLinked("请先完成登录所需的全部步骤。")
    async with database.platform(read_only=True) as uow:
        linked = dict(await tenants_of_person(uow, actor))
    account_id = linked.get(to_tenant_id)
    if account_id is None or to_tenant_id == actor.tenant_id:
        raise NotLinked
    async with database.unit_of_work(to_tenant_id) as uow:
        token = await _enter(uow, account_id, moment, (actor.tenant_id, address))
    async with database.unit_of_work(actor.tenant_id) as uow:
        await repository.revoke_session(uow, session_id=signed_in.access_id, at=moment.at)
        await _record(uow, "tenant_left", actor, moment, {"tenant_id": to_tenant_id})
    return token


async def _enter(uow: UnitOfWork, account_id: UUID, moment: Moment, origin: tuple[UUID, str]) -> str:
    from_tenant_id, address = origin
    credential = await repository.find_credential(uow, account_id)
    if credential is None or credential.state != "active":
        raise NotLinked
    token = await open_session(
        uow,
        account_id=account_id,
        policy=await repository.get_policy(uow),
        at=moment.at,
        address=address,
        awaits_factor=credential.factor_confirmed_at is not None,
    )
    actor = Actor(user_id=account_id, name=credential.name, tenant_id=uow.require_tenant())
    await _record(uow, "tenant_entered", actor, moment, {"tenant_id": from_tenant_id, "address": address})
    return token


async def _record(uow: UnitOfWork, verb: str, actor: Actor, moment: Moment, detail: Mapping[str, object]) -> None:
    await append(uow, chain=None, entries=[Entry(kind=f"people:{verb}", actor=actor, on=moment.on, detail=detail)])
