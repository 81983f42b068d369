"""Opening and closing the door over HTTP: the sign-in of pages and API, and the two cookies it leaves."""

from collections.abc import Sequence

import msgspec
from litestar.datastructures import Cookie

from core.entrance.asking import CSRF_COOKIE, SESSION_COOKIE, Asking
from core.kernel.settings import Settings
from core.kernel.tenancy import Tenant
from core.people import SignedIn, access
from core.people.access import Attempt, Door, SignIn


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """How a sign-in ended: the answer at the door, and the cookies of whoever got in."""

    answer: SignIn
    csrf: str = ""
    cookies: Sequence[Cookie] = ()


async def open_door(asking: Asking, tenant: Tenant, *, login: str, password: str, code: str = "") -> Opened:
    """Try to enter; whatever session the browser had ends.

    Raises: ForeignOrigin.
    """
    asking.refuse_foreign_origin()
    attempt = Attempt(
        login=login, password=password, code=code, address=asking.address, former_token=asking.session or None
    )
    answer = await access.sign_in(
        asking.services.database, tenant_id=tenant.id, attempt=attempt, moment=asking.moment, vault=asking.vault
    )
    return await entered(asking, tenant, answer)


async def give_factor(asking: Asking, *, code: str) -> Opened:
    """Give the second factor for the session that waits for it.

    Raises: SignInNeeded, CsrfMissing, SessionNotFound.
    """
    tenant = await asking.tenant()
    async with asking.office(write=True, unready=True):
        pass
    attempt = Attempt(login="", password="", code=code, address=asking.address)
    answer = await access.give_factor(
        asking.services.database, token=asking.session, attempt=attempt, moment=asking.moment, vault=asking.vault
    )
    return await entered(asking, tenant, answer)


async def entered(asking: Asking, tenant: Tenant, answer: SignIn) -> Opened:
    """The cookies of an answer at the door."""
    if answer.token is None or answer.door not in {Door.OPEN, Door.FACTOR_NEEDED}:
        return Opened(answer=answer)
    csrf, cookies = await renewed(asking, tenant, answer.token)
    return Opened(answer=answer, csrf=csrf, cookies=cookies)


async def renewed(asking: Asking, tenant: Tenant, token: str) -> tuple[str, Sequence[Cookie]]:
    """CSRF token and cookies of a new session."""
    async with asking.services.database.unit_of_work(tenant.id, read_only=True) as uow:
        signed_in = await access.resolve_session(uow, token, moment=asking.moment)
    csrf = asking.new_csrf(signed_in) if signed_in is not None else ""
    return csrf, cookies_of(asking.services.settings, session=token, csrf=csrf)


def new_page_token(asking: Asking, signed_in: SignedIn) -> str:
    """The CSRF token a page puts into its forms: the one of the cookie, which the form must repeat."""
    return asking.request.cookies.get(CSRF_COOKIE, "") or asking.new_csrf(signed_in)


def cookies_of(settings: Settings, *, session: str, csrf: str) -> Sequence[Cookie]:
    """Both cookies; no script can read the session, while the CSRF token must be readable to be sent."""
    return (
        _cookie(settings, SESSION_COOKIE, session, script=False),
        _cookie(settings, CSRF_COOKIE, csrf, script=True),
    )


def empty_cookies(settings: Settings) -> Sequence[Cookie]:
    """Both cookies taken back, for whoever signs out."""
    return (
        _cookie(settings, SESSION_COOKIE, "", script=False, max_age=0),
        _cookie(settings, CSRF_COOKIE, "", script=True, max_age=0),
    )


def _cookie(settings: Settings, key: str, value: str, *, script: bool, max_age: int | None = None) -> Cookie:
    return Cookie(
        key=key,
        value=value,
        path=settings.path_prefix or "/",
        httponly=not script,
        secure=settings.cookies_are_secure,
        samesite="lax",
        max_age=max_age,
    )
