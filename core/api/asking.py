"""Who is asking, where, and on which day: the context every handler opens its one unit of work from."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from litestar import Request

from core.documents import FileStore
from core.kernel.clock import FixedClock
from core.kernel.database import UnitOfWork
from core.kernel.errors import Forbidden, Invalid, NotFound, Problem
from core.kernel.services import Services
from core.kernel.tenancy import Actor, Channel, Tenant
from core.people import Moment, SignedIn, access
from core.policy.rulebook import Rulebook
from core.stages import Venue, Venues

SESSION_COOKIE = "lixiang_session"
CSRF_COOKIE = "lixiang_csrf"
CSRF_HEADER = "x-csrf-token"
DAY_HEADER = "x-lixiang-date"


class SignInNeeded(Exception):
    """Nobody stands behind the request, or the session has ended."""


class MustFirst(Forbidden):
    """The person must change the password or give the second factor before anything else."""


class CsrfMissing(Forbidden):
    """A change that a page of ours did not ask for."""

    default_message = "请求来源校验未通过，请刷新页面后重试"


@dataclass(frozen=True, slots=True)
class Office:
    """What a handler works with: the unit of work, the venue, and who acts."""

    uow: UnitOfWork
    venue: Venue
    signed_in: SignedIn

    @property
    def actor(self) -> Actor:
        """Who acts."""
        return self.signed_in.actor

    @property
    def rules(self) -> Rulebook:
        """The rulebook of new projects here."""
        return self.venue.rulebook()


class Asking:
    """One request: made by the application for every handler, without touching the database."""

    __slots__ = ("request", "services", "store", "venues")

    def __init__(self, request: Request[Any, Any, Any], services: Services, venues: Venues, store: FileStore) -> None:
        self.request = request
        self.services = services
        self.venues = venues
        self.store = store

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
        return Moment.of(FixedClock(self.today))

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
        found = await self.services.directory.by_id(claimed) if claimed is not None else None
        if found is None:
            raise SignInNeeded
        return found

    async def named_tenant(self, code: str) -> Tenant:
        """The tenant named by code, or by the host of the request.

        Raises: NotFound.
        """
        directory = self.services.directory
        found = await directory.by_code(code) if code else await directory.by_host(self.request.url.hostname or "")
        if found is None or not found.is_open:
            raise NotFound("没有该租户，请核对代码")
        return found

    @asynccontextmanager
    async def office(self, *, write: bool = False, unready: bool = False) -> AsyncIterator[Office]:
        """The unit of work of this request, with who acts in it; committed when the handler is done.

        `unready` lets in a session that must first change its password. Raises: SignInNeeded, MustFirst, CsrfMissing.
        """
        tenant = await self.tenant()
        async with self.services.database.unit_of_work(tenant.id, read_only=not write) as uow:
            signed_in = await self._who(uow)
            if write:
                self._check_csrf(signed_in)
            if signed_in.must and not unready:
                raise MustFirst(f"请先完成：{'、'.join(str(m) for m in signed_in.must)}")
            venue = await self.venues.of(uow, tenant, self.today)
            yield Office(uow=uow, venue=venue, signed_in=signed_in)

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
        secret = self.services.settings.secret_key.get_secret_value()
        sent = self.request.headers.get(CSRF_HEADER, "")
        cookie = self.request.cookies.get(CSRF_COOKIE, "")
        if not access.check_csrf(secret, signed_in.access_id, sent=sent, cookie=cookie):
            raise CsrfMissing
