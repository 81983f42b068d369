"""Administration of accounts (三员分立): the system administrator proposes, the security administrator lets in."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Controller, delete, get, post

from core import people
from core.api.organisations import LastDayBody
from core.api.words import Login, Name, Reason
from core.entrance import Asking
from core.kernel.errors import Forbidden
from core.kernel.tenancy import Actor
from core.people import Account, AccountKind, Function, Membership, NewAccount, NewPost, access, may
from core.people.access import ApiToken, SessionSeen
from core.people.permissions import ADMIN_ACCOUNTS, ADMIN_ACTIVATE


class PostBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A post in an organisation: reader, handler or head, from a day on."""

    organisation_id: UUID
    functions: Annotated[frozenset[Function], msgspec.Meta(min_length=1)]
    from_on: date
    to_on: date | None = None
    is_primary: bool = True


class AccountBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """An account to be: login, name, kind, and the posts it is to hold. Administrators need a person code.

    An outside party names the one project it may touch (`bound_case_id`), its roles there and, if the project has
    entries, its own (`bound_entry`).
    """

    login: Login
    name: Name
    kind: AccountKind = AccountKind.OFFICER
    person_code: str | None = None
    bound_case_id: UUID | None = None
    bound_entry: str = ""
    bound_roles: tuple[str, ...] = ()
    posts: list[PostBody] = []


class WhyBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Why."""

    reason: Reason


class Accounts(Controller):
    """Accounts, posts, passwords and whatever somebody is signed in with."""

    path = "/accounts"
    tags = ("账号",)

    @get(operation_id="list_accounts", summary="账号列表")
    async def rows(self, asking: Asking) -> dict[str, tuple[Account, ...]]:
        """All accounts; for the system and the security administrator."""
        async with asking.office() as office:
            _require_either(office.actor)
            return {"rows": await people.list_accounts(office.uow)}

    @get("/{account_id:uuid}", operation_id="get_account", summary="账号详情")
    async def one(self, asking: Asking, account_id: UUID) -> dict[str, Any]:
        """One account with its posts, proposals included."""
        async with asking.office() as office:
            _require_either(office.actor)
            account = await people.get_account(office.uow, account_id)
            return {"account": account, "posts": await people.posts_of(office.uow, account_id)}

    @post(operation_id="propose_account", summary="申报账号", status_code=201)
    async def propose(self, asking: Asking, data: AccountBody) -> Account:
        """Enter an account that can do nothing until the security administrator activates it."""
        new = NewAccount(
            login=data.login,
            name=data.name,
            kind=data.kind,
            person_code=data.person_code,
            bound_case_id=data.bound_case_id,
            bound_entry=data.bound_entry,
            bound_roles=frozenset(data.bound_roles),
            posts=tuple(_post(post) for post in data.posts),
        )
        async with asking.office(write=True) as office:
            return await people.propose_account(office.uow, actor=office.actor, clock=asking.clock, new=new)

    @post("/{account_id:uuid}/activation", operation_id="activate_account", summary="启用账号", status_code=200)
    async def activate(self, asking: Asking, account_id: UUID) -> dict[str, Any]:
        """Let an account in and confirm its proposed posts; the initial password is shown this once."""
        async with asking.office(write=True) as office:
            account, password = await people.activate_account(
                office.uow, actor=office.actor, clock=asking.clock, account_id=account_id
            )
        return {"account": account, "initial_password": password}

    @post("/{account_id:uuid}/suspension", operation_id="suspend_account", summary="停用账号", status_code=204)
    async def suspend(self, asking: Asking, account_id: UUID, data: WhyBody) -> None:
        """Keep an account out until it is activated again; its sessions end at once."""
        async with asking.office(write=True) as office:
            await people.suspend_account(
                office.uow, actor=office.actor, clock=asking.clock, account_id=account_id, reason=data.reason
            )

    @post("/{account_id:uuid}/closure", operation_id="close_account", summary="注销账号", status_code=204)
    async def close(self, asking: Asking, account_id: UUID, data: WhyBody) -> None:
        """End an account for good; its acts keep its name."""
        async with asking.office(write=True) as office:
            await people.close_account(
                office.uow, actor=office.actor, clock=asking.clock, account_id=account_id, reason=data.reason
            )

    @post("/{account_id:uuid}/posts", operation_id="propose_post", summary="申报岗位", status_code=201)
    async def propose_post(self, asking: Asking, account_id: UUID, data: PostBody) -> Membership:
        """Propose a further post."""
        async with asking.office(write=True) as office:
            return await people.propose_post(
                office.uow, actor=office.actor, clock=asking.clock, account_id=account_id, post=_post(data)
            )

    @post("/posts/{membership_id:uuid}/confirmation", operation_id="confirm_post", summary="授权岗位", status_code=200)
    async def confirm(self, asking: Asking, membership_id: UUID) -> Membership:
        """Grant a proposed post; whoever proposed it may not."""
        async with asking.office(write=True) as office:
            return await people.confirm_post(
                office.uow, actor=office.actor, clock=asking.clock, membership_id=membership_id
            )

    @post("/posts/{membership_id:uuid}/end", operation_id="end_post", summary="收回岗位", status_code=200)
    async def end_post(self, asking: Asking, membership_id: UUID, data: LastDayBody) -> Membership:
        """Take a post away after its last day."""
        async with asking.office(write=True) as office:
            return await people.end_post(
                office.uow, actor=office.actor, clock=asking.clock, membership_id=membership_id, last_on=data.last_on
            )

    @post("/{account_id:uuid}/password", operation_id="reset_password", summary="重置密码", status_code=200)
    async def password(self, asking: Asking, account_id: UUID) -> dict[str, str]:
        """Give an account a new initial password, shown this once; its sessions end."""
        async with asking.office(write=True) as office:
            made = await access.reset_password(
                office.uow, actor=office.actor, moment=asking.moment, account_id=account_id
            )
        return {"initial_password": made}

    @post("/{account_id:uuid}/unlock", operation_id="unlock_account", summary="解除锁定", status_code=204)
    async def unlock(self, asking: Asking, account_id: UUID) -> None:
        """Let somebody who mistyped too often try again."""
        async with asking.office(write=True) as office:
            await access.unlock(office.uow, actor=office.actor, moment=asking.moment, account_id=account_id)

    @delete("/{account_id:uuid}/authenticator", operation_id="reset_factor", summary="重置动态口令", status_code=204)
    async def factor(self, asking: Asking, account_id: UUID) -> None:
        """Remove the second factor of a lost device."""
        async with asking.office(write=True) as office:
            await access.reset_factor(office.uow, actor=office.actor, moment=asking.moment, account_id=account_id)

    @get("/sessions", operation_id="list_sessions", summary="全部会话")
    async def sessions(self, asking: Asking) -> dict[str, tuple[SessionSeen, ...]]:
        """Everybody's open sessions; for the security administrator, who ends one at `/session/open/{id}`."""
        async with asking.office() as office:
            rows = await access.list_sessions(office.uow, actor=office.actor, moment=asking.moment, everybody=True)
        return {"rows": rows}

    @get("/tokens", operation_id="list_tokens", summary="全部访问令牌")
    async def tokens(self, asking: Asking) -> dict[str, tuple[ApiToken, ...]]:
        """Everybody's API tokens; for the security administrator, who ends one at `/session/tokens/{id}`."""
        async with asking.office() as office:
            return {"rows": await access.list_tokens(office.uow, actor=office.actor, everybody=True)}


def _post(body: PostBody) -> NewPost:
    return NewPost(
        organisation_id=body.organisation_id,
        functions=body.functions,
        from_on=body.from_on,
        to_on=body.to_on,
        is_primary=body.is_primary,
    )


def _require_either(actor: Actor) -> None:
    """Let in both administrators who deal with accounts, each through his own power."""
    if not (may(actor, ADMIN_ACCOUNTS) or may(actor, ADMIN_ACTIVATE)):
        raise Forbidden("账号由系统管理员申报、安全管理员启用，其他人员不能查阅")
