"""`lixiang tenant`: begin to serve a place, with its three administrators, and list who is served."""

import asyncio
from typing import Annotated, Any

import typer

from core.cli import Installation, installation
from core.cli.context import at_tenant
from core.kernel.errors import Invalid, Problem
from core.kernel.tenancy import EditionPolicy, Level, Tenant
from core.people import AccountKind
from core.people.seeding import AccountPlan, found_administrators
from core.policy.rulebooks.registry import installed
from tenants.provisioning import change_tenant, opening_tenant

app = typer.Typer(help="租户。 Tenants.", no_args_is_help=True, rich_markup_mode=None)
LOGINS = {
    AccountKind.SYSTEM: "system_admin",
    AccountKind.SECURITY: "security_admin",
    AccountKind.AUDIT: "audit_admin",
}


class CannotOpen(Invalid):
    """The place is not installed, or one person is to hold two of the three offices."""

    default_message = "租户不能开通"


@app.command("open")
def open_one(
    context: typer.Context,
    code: Annotated[str, typer.Argument(help="租户代码，小写。 Code.", show_default=False)],
    name: Annotated[str, typer.Argument(help="名称。 Name.", show_default=False)],
    *,
    place: Annotated[str, typer.Option(help="所依办法的地区代码（policy list）。 Regulation.", show_default=False)],
    system: Annotated[str, typer.Option(help="系统管理员姓名。 System administrator.", show_default=False)],
    security: Annotated[str, typer.Option(help="安全管理员姓名。 Security administrator.", show_default=False)],
    audit: Annotated[str, typer.Option(help="审计管理员姓名。 Audit administrator.", show_default=False)],
    level: Annotated[Level, typer.Option(help="层级。 Level of government.")] = Level.DISTRICT,
    parent: Annotated[str, typer.Option(help="上级租户代码。 Code of the tenant above.")] = "",
    takes_part: Annotated[
        bool, typer.Option("--takes-part", help="只参与办理下级项目，不自行立项。 Only acts in others' projects.")
    ] = False,
) -> None:
    """开通租户并设立三员；初始口令只显示一次。 Open a tenant; prints three initial passwords, once."""
    names = {AccountKind.SYSTEM: system, AccountKind.SECURITY: security, AccountKind.AUDIT: audit}
    if problems := list(_problems(place, names)):
        raise CannotOpen("；".join(p.message for p in problems), details=problems)
    passwords = asyncio.run(_open(installation(context), (code, name, place, level, parent, takes_part), names))
    for login, password in passwords.items():
        typer.echo(f"{login}  {password}")


@app.command("edition")
def choose_edition(
    context: typer.Context,
    code: Annotated[str, typer.Argument(help="租户代码。 Code.", show_default=False)],
    *,
    hold: Annotated[str, typer.Option(help="新项目固定按此版本。 New projects stay with this edition.")] = "",
    follow: Annotated[bool, typer.Option("--follow", help="新项目按当日施行的版本。 The edition of the day.")] = False,
) -> None:
    """新项目按哪一版本办理；在办项目不变。 Which edition new projects get; running ones stay."""
    if bool(hold) == follow:
        raise CannotOpen("请以 --hold 指明版本，或以 --follow 随当日施行的版本")
    typer.echo(asyncio.run(_choose(installation(context), code, hold)))


@app.command("list")
def list_all(context: typer.Context) -> None:
    """列出租户。 List tenants."""
    for tenant in asyncio.run(_list(installation(context))):
        typer.echo(f"{tenant.code}  {tenant.name}  {tenant.level}  {tenant.jurisdiction}  {tenant.status}")


def _problems(place: str, names: dict[AccountKind, str]) -> list[Problem]:
    found = []
    if place not in installed().places():
        found.append(Problem(field="place", message=f"没有安装“{place}”的办法"))
    people = [name.strip() for name in names.values()]
    if not all(people):
        found.append(Problem(field="administrators", message="三名管理员都须有姓名"))
    elif len(set(people)) < len(people):
        found.append(Problem(field="administrators", message="系统、安全、审计三员须由三人分别担任"))
    return found


async def _open(
    at: Installation, what: tuple[str, str, str, Level, str, bool], names: dict[AccountKind, str]
) -> dict[str, str]:
    code, name, place, level, parent, takes_part = what
    plans = tuple(AccountPlan(login=LOGINS[kind], name=who.strip(), kind=kind) for kind, who in names.items())
    with at.servers() as settings:
        async with at.services(settings) as services:
            opening = opening_tenant(
                services.database,
                code=code,
                name=name,
                level=level,
                jurisdiction=place,
                parent_code=parent or None,
                takes_part=takes_part,
                clock=services.clock,
            )
            async with opening as (uow, _):
                return (await found_administrators(uow, clock=services.clock, plans=plans)).passwords


async def _choose(at: Installation, code: str, hold: str) -> str:
    async with at_tenant(at, code) as (services, tenant):
        changes: dict[str, Any] = {"edition": None, "edition_policy": EditionPolicy.FOLLOW}
        if hold:
            edition = installed().edition_of(tenant.jurisdiction, hold, {}).edition
            changes = {"edition": edition, "edition_policy": EditionPolicy.HOLD}
        after = await change_tenant(services.database, code, clock=services.clock, **changes)
        return f"{after.code}  {after.edition_policy}  {after.edition or ''}".rstrip()


async def _list(at: Installation) -> tuple[Tenant, ...]:
    with at.servers() as settings:
        async with at.services(settings) as services:
            return await services.directory.all()
