"""What a tenant governs itself by: options, parameters, calendar, sign-in policy; and the trail of all that is done."""

from datetime import date
from typing import Any

import msgspec
from litestar import Controller, get, post, put

from core import journal, projects, registers
from core.entrance import Asking
from core.journal import Recorded, Verification
from core.kernel.choices import Choice, list_choices
from core.people import access, require
from core.people.access import SignInPolicy
from core.people.permissions import ADMIN_JOURNAL, ADMIN_OPTIONS, ADMIN_SIGN_INS
from core.policy.cases.context import Renewal
from core.registers import CalendarPreview, DayChange, NewRenewal, Setting

_SIGN_INS = ("people:sign", "people:tenant_", "people:password_", "people:factor_", "people:session_", "people:token_")


class SettingBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What is settled: the key as the rulebook names it, the value, why or by which paper, from which day."""

    key: str
    value: Any
    reason: str
    from_on: date


class RenewalBody(NewRenewal, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which text goes on, by the document of which number, for which days; `title` names a successor."""


class CalendarBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Days that count otherwise than announced, as one notice says."""

    changes: list[DayChange]
    source: str


class YearBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A year that has been entered completely, and by which notice."""

    year: int
    source: str


class Choices(Controller):
    """Options, parameters and the calendar."""

    path = "/choices"
    tags = ("本地设置",)

    @get(operation_id="list_choices", summary="已作出的选择")
    async def rows(self, asking: Asking) -> dict[str, tuple[Choice, ...]]:
        """Every option, parameter and calendar decision ever taken, in the order in which later ones rule."""
        async with asking.office() as office:
            return {"rows": await list_choices(office.uow)}

    @post("/options", operation_id="choose_option", summary="设置解释选项", status_code=201)
    async def option(self, asking: Asking, data: SettingBody) -> Choice:
        """Settle an open reading for projects created from a day on; running projects keep theirs."""
        async with asking.office(write=True) as office:
            made = await registers.choose_option(
                office.uow, office.rules, office.actor, setting=_setting(data), on=office.venue.today
            )
        asking.venues.forget(office.venue.tenant.id)
        return made

    @post("/parameters", operation_id="set_parameter", summary="设置参数", status_code=201)
    async def parameter(self, asking: Asking, data: SettingBody) -> Choice:
        """Set a dated value outside the text; it acts at once."""
        async with asking.office(write=True) as office:
            made = await registers.set_parameter(
                office.uow, office.rules, office.actor, setting=_setting(data), on=office.venue.today
            )
        asking.venues.forget(office.venue.tenant.id)
        return made

    @post("/renewals", operation_id="record_renewal", summary="登记办法续期或替代", status_code=201)
    async def renewal(self, asking: Asking, data: RenewalBody) -> Renewal:
        """Record that a regulation was renewed or replaced; new cases are taken in again for the days it covers."""
        async with asking.office(write=True) as office:
            made = await registers.record_renewal(
                office.uow, office.rules, office.actor, new=data, on=office.venue.today
            )
        asking.venues.forget(office.venue.tenant.id)
        return made

    @post("/calendar/preview", operation_id="preview_calendar", summary="试算日历更正", status_code=200)
    async def preview(self, asking: Asking, data: CalendarBody) -> CalendarPreview:
        """Which open deadlines and windows these days would move; nothing is written."""
        async with asking.office() as office:
            require(office.actor, ADMIN_OPTIONS)
            return await registers.preview_amendment(
                office.uow, asking.venues.registry, changes=data.changes, on=office.venue.today
            )

    @post("/calendar", operation_id="amend_calendar", summary="更正日历", status_code=201)
    async def calendar(self, asking: Asking, data: CalendarBody) -> dict[str, str]:
        """Record days that count otherwise; open deadlines are reckoned again and people are told."""
        async with asking.office(write=True) as office:
            after = await registers.amend_calendar(
                office.uow, office.actor, changes=data.changes, source=data.source, on=office.venue.today
            )
        asking.venues.forget(office.venue.tenant.id)
        return {"calendar": after.version}

    @post("/calendar/years", operation_id="confirm_year", summary="确认年度日历", status_code=201)
    async def year(self, asking: Asking, data: YearBody) -> dict[str, str]:
        """Record that a year beyond the announced ones is entered completely, so that its dates are firm."""
        async with asking.office(write=True) as office:
            after = await registers.confirm_year(
                office.uow, office.actor, year=data.year, source=data.source, on=office.venue.today
            )
        asking.venues.forget(office.venue.tenant.id)
        return {"calendar": after.version}

    @get("/sign-in-policy", operation_id="get_sign_in_policy", summary="登录安全策略")
    async def policy(self, asking: Asking) -> SignInPolicy:
        """What the tenant demands of passwords and sessions."""
        async with asking.office() as office:
            return await access.get_policy(office.uow)

    @put("/sign-in-policy", operation_id="set_sign_in_policy", summary="设置登录安全策略", status_code=204)
    async def set_policy(self, asking: Asking, data: SignInPolicy) -> None:
        """Set it; not below the floor of 等保 level 3."""
        async with asking.office(write=True) as office:
            await access.set_policy(office.uow, actor=office.actor, moment=asking.moment, policy=data)


class Trail(Controller):
    """The journal as the audit administrator reads and checks it."""

    path = "/journal"
    tags = ("审计",)

    @get(operation_id="read_journal", summary="审计日志")
    async def rows(
        self, asking: Asking, project: str = "", after: int | None = None, limit: int = 50
    ) -> dict[str, Any]:
        """The tenant's journal, or one project's, newest first; `after` is the number to go on from."""
        async with asking.office() as office:
            require(office.actor, ADMIN_JOURNAL)
            chain = (await projects.get_project(office.uow, project)).id if project else None
            rows = await journal.timeline(office.uow, chain, after=after, limit=limit, newest_first=True)
        return {"rows": rows, "after": rows[-1].seq if len(rows) == limit else None}

    @get("/sign-ins", operation_id="read_sign_ins", summary="登录记录")
    async def sign_ins(self, asking: Asking, after: int | None = None, limit: int = 200) -> dict[str, Any]:
        """Who signed in, failed to, was locked out or changed secrets, newest first."""
        async with asking.office() as office:
            require(office.actor, ADMIN_SIGN_INS)
            rows = await journal.timeline(office.uow, None, after=after, limit=limit, newest_first=True)
        found: list[Recorded] = [row for row in rows if row.kind.startswith(_SIGN_INS)]
        return {"rows": found, "after": rows[-1].seq if len(rows) == limit else None}

    @get("/verification", operation_id="verify_journal", summary="校验审计日志")
    async def verify(self, asking: Asking) -> Verification:
        """Check every chain of the tenant against itself and the daily seals; every flaw is named."""
        async with asking.office() as office:
            require(office.actor, ADMIN_JOURNAL)
            return await journal.verify_tenant(office.uow)

    @get("/roots", operation_id="list_roots", summary="每日封存")
    async def roots(self, asking: Asking) -> dict[str, Any]:
        """The daily seals, oldest first, to be kept where this database's administrators cannot write."""
        async with asking.office() as office:
            require(office.actor, ADMIN_JOURNAL)
            found = await journal.roots(office.uow)
        return {"rows": [{"day_on": r.day_on, "chains": r.chains, "root": r.root.hex()} for r in found]}


def _setting(body: SettingBody) -> Setting:
    return Setting(key=body.key, value=body.value, reason=body.reason, from_on=body.from_on)
