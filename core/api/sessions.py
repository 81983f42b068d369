"""Signing in and out, and who one is: sessions for browsers, tokens for other systems."""

from datetime import timedelta
from typing import Annotated, Any

import msgspec
from litestar import Controller, Response, get, post
from litestar.datastructures import Cookie
from litestar.params import Body

from core.api.asking import CSRF_COOKIE, SESSION_COOKIE, Asking
from core.people import access
from core.people.access import Attempt, Door, Vault


class SignInBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Who wants in: login and password, the tenant's code (or its own host), and the six digits where asked."""

    login: str
    password: str
    tenant: str = ""
    code: str = ""


class PasswordBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The password now and the one wanted."""

    present: str
    wanted: str


class TokenBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A token for another system: its name, what it may do, how many days it lasts."""

    name: str
    scopes: list[str]
    days: int = 90


class Sessions(Controller):
    """Sign-in, sign-out, me, passwords and tokens."""

    path = "/session"
    tags = ("登录",)

    @post(operation_id="sign_in", summary="登录", status_code=200)
    async def sign_in(
        self, asking: Asking, data: Annotated[SignInBody, Body(title="登录信息")]
    ) -> Response[dict[str, Any]]:
        """Sign in to a tenant. The answer is the same for an unknown account and a wrong password."""
        tenant = await asking.named_tenant(data.tenant)
        settings = asking.services.settings
        secret = settings.secret_key.get_secret_value()
        client = asking.request.client
        attempt = Attempt(
            login=data.login,
            password=data.password,
            code=data.code,
            address=client.host if client is not None else "",
            former_token=asking.session or None,
        )
        answer = await access.sign_in(
            asking.services.database, tenant_id=tenant.id, attempt=attempt, moment=asking.moment, vault=Vault(secret)
        )
        status = {Door.OPEN: 200, Door.FACTOR_NEEDED: 200, Door.REFUSED: 401, Door.LOCKED: 429}[answer.door]
        body = {"door": str(answer.door), "message": answer.message, "tenant": tenant.code}
        if answer.token is None:
            return Response(body, status_code=status)
        async with asking.services.database.unit_of_work(tenant.id, read_only=True) as uow:
            signed_in = await access.resolve_session(uow, answer.token, moment=asking.moment)
        csrf = access.issue_csrf(secret, signed_in.access_id) if signed_in is not None else ""
        return Response(
            body | {"csrf": csrf},
            status_code=status,
            cookies=[
                _cookie(SESSION_COOKIE, answer.token, settings),
                _cookie(CSRF_COOKIE, csrf, settings, script=True),
            ],
        )

    @get(operation_id="who_am_i", summary="我是谁")
    async def me(self, asking: Asking) -> dict[str, Any]:
        """Who is signed in: name, organisation, roles, what must be done first."""
        async with asking.office(unready=True) as office:
            actor = office.actor
            titles = office.rules.roles
            return {
                "name": actor.name,
                "tenant": {"code": office.venue.tenant.code, "name": office.venue.tenant.name},
                "organisation": actor.organisation,
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
    async def sign_out(self, asking: Asking) -> None:
        """End this session; doing it twice is no error."""
        async with asking.office(write=True, unready=True) as office:
            await access.sign_out(office.uow, token=asking.session, moment=asking.moment)

    @post("/password", operation_id="change_password", summary="修改密码", status_code=200)
    async def password(self, asking: Asking, data: PasswordBody) -> Response[dict[str, Any]]:
        """Change one's password; every other session ends and this one goes on under a new cookie."""
        token = await access.change_password(
            asking.services.database,
            token=asking.session,
            present=data.present,
            wanted=data.wanted,
            moment=asking.moment,
            address="",
        )
        return Response({"changed": True}, cookies=[_cookie(SESSION_COOKIE, token, asking.services.settings)])

    @post("/tokens", operation_id="create_token", summary="新建访问令牌", status_code=201)
    async def token(self, asking: Asking, data: TokenBody) -> dict[str, Any]:
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
        return {"id": made.id, "secret": secret}


def _cookie(key: str, value: str, settings: Any, *, script: bool = False) -> Cookie:
    return Cookie(
        key=key,
        value=value,
        path=settings.path_prefix or "/",
        httponly=not script,
        secure=settings.cookies_are_secure,
        samesite="lax",
    )
