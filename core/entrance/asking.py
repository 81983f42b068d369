"""Who is asking, where, and on which day: the context every handler opens its one unit of work from."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from litestar import Request

from core.documents import FileStore
from core.kernel.clock import Clock, FixedClock
from core.kernel.database import UnitOfWork
from core.kernel.errors import Forbidden, Invalid, NotFound, Problem
from core.kernel.services import Services
from core.kernel.tenancy import Actor, Channel, Tenant
from core.people import Moment, SignedIn, access, require
from core.policy.rulebooks.rulebook import Rulebook
from core.projects import ProjectMissing
from core.stages import Venue, Venues
from core.stages.referring import enter, split_code

SESSION_COOKIE = "lixiang_session"
CSRF_COOKIE = "lixiang_csrf"
CSRF_HEADER = "x-csrf-token"
DAY_HEADER = "x-lixiang-date"
TENANT_HEADER = "x-lixiang-tenant"


class SignInNeeded(Exception):
    """Nobody stands behind the request, or the session has ended."""


_DUTIES = {
    access.Must.GIVE_FACTOR: "请先输入动态口令",
    access.Must.CHANGE_PASSWORD: "请先修改初始或已到期的密码",
    access.Must.ENROL_FACTOR: "请先启用动态口令",
}


class MustFirst(Forbidden):
    """The person must change the password or give the second factor before anything else."""

    def __init__(self, must: tuple[access.Must, ...]) -> None:
        super().__init__("；".join(_DUTIES[duty] for duty in must), code=f"must_{must[0]}")


class CsrfMissing(Forbidden):
    """A change that a page of ours did not ask for."""

    default_message = "请求来源校验未通过，请刷新页面后重试"


class OfficesOnly(Forbidden):
    """An outside party asked for what is not its own entry's."""

    default_message = "外部账号只能查看和办理本单位参与的事项"


class ForeignOrigin(Forbidden):
    """A change sent by a page of another site."""

    default_message = "请求来自其他网站，已拒绝"


@dataclass(frozen=True, slots=True)
class Office:
    """What a handler works with: the unit of work, the venue, who acts, and the number of the project asked about.

    Under a referral unit of work and venue are the owner's, and the actor has the roles of the referral alone.
    """

    uow: UnitOfWork
    venue: Venue
    signed_in: SignedIn
    actor: Actor
    code: str = ""

    @property
    def rules(self) -> Rulebook:
        """The rulebook of new projects here.

        Raises: RulesMissing.
        """
        return self.venue.rulebook()

    @property
    def titles(self) -> Rulebook:
        """The same for reading only; empty where the regulation is not installed any more."""
        return self.venue.readable()


class Asking:
    """One request: made by the application for every handler, without touching the database."""

    __slots__ = ("form_csrf", "request", "services", "store", "venues")

    def __init__(self, request: Request[Any, Any, Any], services: Services, venues: Venues, store: FileStore) -> None:
        self.request = request
        self.services = services
        self.venues = venues
        self.store = store
        self.form_csrf = ""  # a form without script sends its token as a field; the page puts it here

    @property
    def today(self) -> date:
        """The day of the request; development and tests may name one, production may not.

        Raises: Invalid for a day that is none, or that nobody may choose here.
        """
        asked = self.request.headers.get(DAY_HEADER)
        if asked is None:
            return self.services.clock.today()
        message = "" if not self.services.settings.in_production else "正式环境不能指定日期"
        try:
            day = date.fromisoformat(asked)
        except ValueError:
            message = message or "日期格式应为 年-月-日"
        if message:
            raise Invalid(message, details=(Problem(field=DAY_HEADER, message=message),))
        return day

    @property
    def moment(self) -> Moment:
        """The instant and the legal day."""
        return Moment.of(self.clock)

    @property
    def clock(self) -> Clock:
        """The clock of the request: the process's own, or one that stands on the day it names."""
        return FixedClock(self.today) if DAY_HEADER in self.request.headers else self.services.clock

    @property
    def address(self) -> str:
        """Where the request comes from: the peer, or what the trusted proxies in front of us were told."""
        proxies = self.services.settings.trusted_proxies
        hops = [hop.strip() for hop in self.request.headers.get("x-forwarded-for", "").split(",") if hop.strip()]
        if proxies and len(hops) >= proxies:
            return hops[-proxies]
        return self.request.client.host if self.request.client is not None else ""

    @property
    def vault(self) -> access.Vault:
        """What seals second factors."""
        return access.Vault(self.services.settings.secret_key.get_secret_value())

    @property
    def bearer(self) -> str:
        """The API token, if one was sent."""
        scheme, _, token = self.request.headers.get("authorization", "").partition(" ")
        return token.strip() if scheme.lower() == "bearer" else ""

    @property
    def session(self) -> str:
        """The session cookie, if one was sent."""
        return self.request.cookies.get(SESSION_COOKIE, "")

    def _claimed_tenant(self) -> UUID | None:
        if self.bearer:
            parts = access.parts_of_api_token(self.bearer)
            return parts[0] if parts is not None else None
        return access.tenant_of_session(self.session) if self.session else None

    async def tenant(self) -> Tenant:
        """The tenant the caller's session or token belongs to.

        Raises: SignInNeeded.
        """
        claimed = self._claimed_tenant()
        directory = self.services.directory
        found = await directory.by_id(claimed) if claimed is not None else None
        if found is None or not found.is_open:
            raise SignInNeeded
        header = self.request.headers.get(TENANT_HEADER, "")
        elsewhere = await directory.by_host(self.request.url.hostname or "")
        if (header and header != found.code) or (elsewhere is not None and elsewhere.id != found.id):
            raise SignInNeeded
        return found

    async def named_tenant(self, code: str) -> Tenant:
        """The tenant named by code, header or host; where only one is served it need not be named.

        Raises: NotFound.
        """
        directory = self.services.directory
        code = code or self.request.headers.get(TENANT_HEADER, "")
        found = await directory.by_code(code) if code else await directory.by_host(self.request.url.hostname or "")
        if found is None and not code:
            served = [tenant for tenant in await directory.all() if tenant.is_open]
            found = served[0] if len(served) == 1 else None
        if found is None or not found.is_open:
            raise NotFound("没有该地区，请核对地区代码" if code else "请选择地区（tenant）")
        return found

    @asynccontextmanager
    async def office(
        self, *, write: bool = False, unready: bool = False, needs: str = "", outside: bool = False
    ) -> AsyncIterator[Office]:
        """The unit of work of this request, with who acts in it; committed when the handler is done.

        `unready` lets in a session that must first change its password; `needs` is the permission without which
        nothing is shown, which is what narrows a token; `outside` lets in an outside party, whom every other handler
        refuses. Raises: SignInNeeded, MustFirst, CsrfMissing, NotAllowed.
        """
        tenant = await self.tenant()
        signed_in: SignedIn | None = None
        uow: UnitOfWork | None = None
        try:
            async with self.services.database.unit_of_work(tenant.id, read_only=not write) as uow:
                signed_in = await self._who(uow)
                if write:
                    self._check_csrf(signed_in)
                if signed_in.must and not unready:
                    raise MustFirst(signed_in.must)
                if signed_in.actor.is_outside and not (outside or unready):
                    raise OfficesOnly
                if needs:
                    require(signed_in.actor, needs)
                venue = await self.venues.of(uow, tenant, self.today)
                yield Office(uow=uow, venue=venue, signed_in=signed_in, actor=signed_in.actor)
        finally:
            self._note(tenant, signed_in, uow)
        if signed_in.is_touch_due:
            await self._touch(tenant, signed_in)

    @asynccontextmanager
    async def project(
        self, code: str, *, write: bool = False, needs: str = "", outside: bool = False
    ) -> AsyncIterator[Office]:
        """Where a project is read or acted on: one's own office, or under a referral (`owner:number`) its owner's.

        The referral is checked in one's own tenant first; then a unit of work of the owner's is opened, with the roles
        of the referral and for that project alone. Raises: as `office`; ProjectMissing without a referral.
        """
        owner_code, number = split_code(code)
        async with self.office(write=write, needs=needs, outside=outside) as office:
            if owner_code in ("", office.venue.tenant.code):
                yield replace(office, code=number)
                return
            owner = await self.services.directory.by_code(owner_code)
            actor = await enter(office.uow, office.actor, owner, code)
        if owner is None:  # pragma: no cover - `enter` has refused
            raise ProjectMissing(code)
        if actor.is_outside and not outside:
            raise OfficesOnly
        async with self.services.database.unit_of_work(owner.id, read_only=not write) as uow:
            venue = await self.venues.of(uow, owner, self.today)
            yield Office(uow=uow, venue=venue, signed_in=office.signed_in, actor=actor, code=number)

    def _note(self, tenant: Tenant, signed_in: SignedIn | None, uow: UnitOfWork | None) -> None:
        """Leave for the log who came and how often the database was asked."""
        state = self.request.scope["state"]
        state["tenant"] = tenant.code
        state["account"] = str(signed_in.actor.user_id) if signed_in is not None else None
        state["round_trips"] = uow.round_trips if uow is not None else 0

    async def _touch(self, tenant: Tenant, signed_in: SignedIn) -> None:
        """Note that the session or token is in use; in a transaction of its own, at most once a minute."""
        touch = access.touch_token if self.bearer else access.touch_session
        async with self.services.database.unit_of_work(tenant.id) as uow:
            await touch(uow, signed_in.access_id, at=self.moment.at)

    async def _who(self, uow: UnitOfWork) -> SignedIn:
        found = None
        if self.bearer:
            found = await access.resolve_token(uow, self.bearer, moment=self.moment)
        elif self.session:
            found = await access.resolve_session(uow, self.session, moment=self.moment, channel=Channel.WEB)
        if found is None:
            raise SignInNeeded
        return found

    def _check_csrf(self, signed_in: SignedIn) -> None:
        if self.bearer:
            return
        self.refuse_foreign_origin()
        secret = self.services.settings.secret_key.get_secret_value()
        sent = self.request.headers.get(CSRF_HEADER, "") or self.form_csrf
        cookie = self.request.cookies.get(CSRF_COOKIE, "")
        if not access.check_csrf(secret, signed_in.access_id, sent=sent, cookie=cookie):
            raise CsrfMissing

    def refuse_foreign_origin(self) -> None:
        """Refuse what a page of another site sent; programs send no Origin.

        Raises: ForeignOrigin.
        """
        origin = self.request.headers.get("origin")
        ours = {self.request.headers.get("host", ""), urlsplit(self.services.settings.base_url).netloc}
        if origin and urlsplit(origin).netloc not in ours:
            raise ForeignOrigin

    def new_csrf(self, signed_in: SignedIn) -> str:
        """A CSRF token for this session and no other."""
        return access.issue_csrf(self.services.settings.secret_key.get_secret_value(), signed_in.access_id)
