"""Signing in and out, and who one is: sessions for browsers, tokens for other systems."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Controller, Response, delete, get, post
from litestar.params import Body

from core.entrance import Asking, Opened, empty_cookies, open_door
from core.entrance.opening import entered, give_factor, renewed
from core.kernel.errors import Invalid, NotFound, Problem
from core.people import access
from core.people.access import Door, SignIn


class SignInBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Who wants in: login and password, the tenant's code (or its own host), and the six digits where asked."""

    login: str
    password: str
    tenant: str = ""
    code: str = ""


class FactorBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The six digits that the authenticator shows now."""

    code: str


class PasswordBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The password now and the one wanted."""

    present: str
    wanted: str


class TenantBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The code of the tenant to go to."""

    tenant: str


class SeatBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Where to sit from now on: another of one's organisations, or a delegation; neither means one's own powers."""

    organisation_id: UUID | None = None
    delegation_id: UUID | None = None


class Sessions(Controller):
    """Sign-in, sign-out, me, passwords, second factor."""

    path = "/session"
    tags = ("登录",)

    @post(operation_id="sign_in", summary="登录", status_code=200)
    async def sign_in(
        self, asking: Asking, data: Annotated[SignInBody, Body(title="登录信息")]
    ) -> Response[dict[str, Any]]:
        """Sign in to a tenant. The answer is the same for an unknown account and a wrong password."""
        tenant = await asking.named_tenant(data.tenant)
        opened = await open_door(asking, tenant, login=data.login, password=data.password, code=data.code)
        return _at_the_door(opened, tenant.code)

    @post("/factor", operation_id="give_factor", summary="输入动态口令", status_code=200)
    async def factor(self, asking: Asking, data: FactorBody) -> Response[dict[str, Any]]:
        """Give the second factor after a sign-in that answered `factor_needed`; the session's secret changes."""
        tenant = await asking.tenant()
        return _at_the_door(await give_factor(asking, code=data.code), tenant.code)

    @get(operation_id="who_am_i", summary="我是谁")
    async def me(self, asking: Asking) -> dict[str, Any]:
        """Who is signed in: name, organisation, roles, what must be done first."""
        async with asking.office(unready=True) as office:
            actor = office.actor
            titles = office.titles.roles
            return {
                "name": actor.name,
                "tenant": {"code": office.venue.tenant.code, "name": office.venue.tenant.name},
                "organisation": actor.organisation,
                "organisation_id": actor.organisation_id,
                "roles": [
                    {"key": role, "title": titles[role].title if role in titles else role}
                    for role in sorted(actor.roles)
                ],
                "administrator": actor.admin,
                "scopes": sorted(actor.scopes),
                "acting_for": office.signed_in.acting_for_name,
                "must": [str(m) for m in office.signed_in.must],
                "today": office.venue.today,
            }

    @post("/end", operation_id="sign_out", summary="退出", status_code=204)
    async def sign_out(self, asking: Asking) -> Response[None]:
        """End this session and take its cookies back; doing it twice is no error."""
        async with asking.office(write=True, unready=True) as office:
            await access.sign_out(office.uow, token=asking.session, moment=asking.moment)
        return Response(None, status_code=204, cookies=list(empty_cookies(asking.services.settings)))

    @post("/password", operation_id="change_password", summary="修改密码", status_code=200)
    async def password(self, asking: Asking, data: PasswordBody) -> Response[dict[str, Any]]:
        """Change one's password; every other session ends and this one goes on under a new cookie."""
        async with asking.office(write=True, unready=True) as office:
            tenant = office.venue.tenant
        token = await access.change_password(
            asking.services.database,
            token=asking.session,
            present=data.present,
            wanted=data.wanted,
            moment=asking.moment,
            address=asking.address,
        )
        csrf, cookies = await renewed(asking, tenant, token)
        return Response({"changed": True, "csrf": csrf}, cookies=list(cookies))

    @post("/tenant", operation_id="switch_tenant", summary="切换地区", status_code=200)
    async def switch(self, asking: Asking, data: TenantBody) -> Response[dict[str, Any]]:
        """Go to another tenant where one has a linked account; the session here ends."""
        async with asking.office(write=True) as office:
            signed_in = office.signed_in
        other = await asking.services.directory.by_code(data.tenant)
        if other is None or not other.is_open:
            raise NotFound("没有该地区，请核对地区代码")
        token = await access.switch_tenant(
            asking.services.database,
            signed_in=signed_in,
            to_tenant_id=other.id,
            moment=asking.moment,
            address=asking.address,
        )
        answer = SignIn(door=Door.OPEN, message=f"已切换至{other.name}", token=token)
        return _at_the_door(await entered(asking, other, answer), other.code)

    @post("/seat", operation_id="choose_seat", summary="选择单位或受托身份", status_code=200)
    async def seat(self, asking: Asking, data: SeatBody) -> dict[str, Any]:
        """Work in another of one's organisations, or under a delegation, until chosen otherwise."""
        if data.organisation_id is not None and data.delegation_id is not None:
            message = "单位和委托只能选择一项"
            raise Invalid(message, details=(Problem(field="delegation_id", message=message),))
        async with asking.office(write=True) as office:
            token, moment = asking.session, asking.moment
            if data.organisation_id is not None:
                after = await access.choose_organisation(
                    office.uow, token=token, organisation_id=data.organisation_id, moment=moment
                )
            else:
                after = await access.act_for(office.uow, token=token, delegation_id=data.delegation_id, moment=moment)
        return {
            "organisation": after.actor.organisation,
            "roles": sorted(after.actor.roles),
            "acting_for": after.acting_for_name,
        }

    @post("/authenticator", operation_id="begin_factor", summary="启用动态口令", status_code=201)
    async def begin(self, asking: Asking) -> dict[str, str]:
        """Begin a second factor; the answer is the `otpauth:` address an authenticator reads as a QR code."""
        async with asking.office(write=True, unready=True) as office:
            issuer = f"立项 {office.venue.tenant.name}"
            address = await access.begin_factor(office.uow, actor=office.actor, vault=asking.vault, issuer=issuer)
        return {"otpauth": address}

    @post("/authenticator/confirmation", operation_id="confirm_factor", summary="确认动态口令", status_code=204)
    async def confirm(self, asking: Asking, data: FactorBody) -> None:
        """Finish setting up the second factor with its first code."""
        async with asking.office(write=True, unready=True) as office:
            await access.confirm_factor(
                office.uow, actor=office.actor, moment=asking.moment, vault=asking.vault, code=data.code
            )

    @get("/open", operation_id="list_own_sessions", summary="本人会话")
    async def sessions(self, asking: Asking) -> dict[str, Any]:
        """One's own open sessions, on this machine and others."""
        async with asking.office(outside=True) as office:
            return {"rows": await access.list_sessions(office.uow, actor=office.actor, moment=asking.moment)}

    @delete("/open/{session_id:uuid}", operation_id="end_own_session", summary="结束本人其他会话", status_code=204)
    async def end(self, asking: Asking, session_id: UUID) -> None:
        """End one of one's own sessions, or anybody's as security administrator."""
        async with asking.office(write=True, outside=True) as office:
            await access.end_session(office.uow, actor=office.actor, moment=asking.moment, session_id=session_id)


def _at_the_door(opened: Opened, tenant: str) -> Response[dict[str, Any]]:
    answer = opened.answer
    status = {Door.OPEN: 200, Door.FACTOR_NEEDED: 200, Door.REFUSED: 401, Door.LOCKED: 429}[answer.door]
    body: dict[str, Any] = {"door": str(answer.door), "message": answer.message, "tenant": tenant}
    if answer.token is None:
        return _refused(answer, body, status)
    return Response(body | {"csrf": opened.csrf}, status_code=status, cookies=list(opened.cookies))


def _refused(answer: SignIn, body: dict[str, Any], status: int) -> Response[dict[str, Any]]:
    """A shut door as a problem document that keeps the words of the door."""
    code = "sign_in_locked" if answer.door is Door.LOCKED else "sign_in_refused"
    problem = {
        "type": f"urn:lixiang:problem:{code}",
        "title": "登录未成功",
        "status": status,
        "detail": answer.message,
        "code": code,
        "remaining": answer.remaining,
    }
    return Response(body | problem, status_code=status, media_type="application/problem+json")
