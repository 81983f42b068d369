"""`lixiang policy move`: running projects to another edition, shown first, by a person who proves who he is."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

import msgspec
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from core.cli.context import Installation, at_tenant, installation
from core.cli.policy import app
from core.cli.progress import spinning
from core.kernel.codec import encode
from core.kernel.database import UnitOfWork
from core.kernel.errors import Forbidden, Invalid, RuleViolated
from core.kernel.services import Services
from core.kernel.tenancy import Actor, Channel, Tenant
from core.people import Moment
from core.people.access import resolve_token
from core.policy.judging.repinning import Plan
from core.policy.rulebooks.registry import installed
from core.projects import get_project, projects_after
from core.stages import Venue, Venues
from core.stages.repinning import NotMovable, Target, move, plan_move, undo_move

_AT_A_TIME = 100


class WhoAsks(Forbidden):
    """Nobody stands behind the command."""

    default_message = "请以本人的接口令牌办理：设置环境变量 LIXIANG_TOKEN。 Set LIXIANG_TOKEN to your API token."


class WhatToMove(Invalid):
    """The command does not say which projects, or where to, or why."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one project."""

    code: str
    done: bool
    version: int | None = None
    plan: Plan | None = None
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    """What the command asks for."""

    target: Target
    codes: tuple[str, ...]
    everything: bool
    reason: str
    dry_run: bool
    undo: bool
    token: str


@app.command("move")
def move_projects(
    context: typer.Context,
    *,
    tenant: Annotated[str, typer.Option(help="租户代码。 Code of the tenant.", show_default=False)],
    to: Annotated[str, typer.Option(help="调整到的版本。 Label of the edition.")] = "",
    project: Annotated[list[str] | None, typer.Option(help="项目编号，可重复。 Code of a project.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="全部在办项目。 Every running project.")] = False,
    choices: Annotated[str, typer.Option(help="own 沿用项目登记时的选项，tenant 采用本地现行选项。")] = "own",
    reason: Annotated[str, typer.Option(help="调整的理由或依据。 Why: a paper or decision.")] = "",
    dry_run: Annotated[bool, typer.Option(help="只试算，不写入。 Show the plan, write nothing.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="撤销上一次调整。 Take the last move back.")] = False,
    token: Annotated[str, typer.Option(envvar="LIXIANG_TOKEN", help="本人的接口令牌。 Your API token.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出。 Report as JSON.")] = False,
) -> None:
    """将在办项目调整到另一版本：先试算，再逐个办理，可以撤销。 Move running projects to another edition."""
    if bool(project) == everything or (undo and everything):
        raise WhatToMove("请以 --project 指明项目，或以 --all 指全部在办项目（撤销时须逐个指明）")
    if not (to or undo) or choices not in ("own", "tenant"):
        raise WhatToMove("请以 --to 指明版本；--choices 只能是 own 或 tenant")
    if not (reason or dry_run):
        raise WhatToMove("请以 --reason 说明调整的理由或依据")
    if not token:
        raise WhoAsks
    wish = _Wish(
        target=Target(edition=to, choices=choices),
        codes=tuple(dict.fromkeys(project or ())),
        everything=everything,
        reason=reason,
        dry_run=dry_run,
        undo=undo,
        token=token,
    )
    found = asyncio.run(_run(installation(context), tenant, wish))
    if as_json:
        typer.echo(msgspec.json.format(encode({"dry_run": dry_run, "rows": found})))
    else:
        _show(found, dry_run=dry_run)
    if any(not row.done for row in found):
        raise typer.Exit(1)


async def _run(place: Installation, code: str, wish: _Wish) -> list[Outcome]:
    async with at_tenant(place, code) as (services, tenant):
        mover = _Mover(services, tenant, wish)
        codes = await mover.codes()
        with spinning("正在办理") as say:
            found = []
            for number, one in enumerate(codes, start=1):
                say(f"正在办理第 {number}/{len(codes)} 个：{one}")
                found.append(await mover.one(one))
            return found


class _Mover:
    """The projects of one command, one unit of work each."""

    def __init__(self, services: Services, tenant: Tenant, wish: _Wish) -> None:
        self.services, self.tenant, self.wish = services, tenant, wish
        self.venues = Venues(installed(), services.directory)

    @asynccontextmanager
    async def office(self, *, write: bool = False) -> AsyncIterator[tuple[UnitOfWork, Venue, Actor]]:
        moment = Moment.of(self.services.clock)
        async with self.services.database.unit_of_work(self.tenant.id, read_only=not write) as uow:
            found = await resolve_token(uow, self.wish.token, moment=moment)
            if found is None:
                raise WhoAsks
            venue = await self.venues.of(uow, self.tenant, self.services.clock.today())
            yield uow, venue, msgspec.structs.replace(found.actor, channel=Channel.CLI)

    async def codes(self) -> tuple[str, ...]:
        """The projects named, or every running one that is not there yet."""
        if not self.wish.everything:
            return self.wish.codes
        found: list[str] = []
        after = UUID(int=0)
        async with self.office() as (uow, venue, _):
            wanted = venue.registry.edition_of(venue.tenant.jurisdiction, self.wish.target.edition, {}).edition
            while stretch := await projects_after(uow, after, limit=_AT_A_TIME):
                found += [p.code for p in stretch if p.state.end is None and p.edition != wanted]
                after = stretch[-1].id
        return tuple(found)

    async def one(self, code: str) -> Outcome:
        """Plan, move or take back one project."""
        wish = self.wish
        try:
            async with self.office(write=not wish.dry_run) as (uow, venue, actor):
                if wish.undo and wish.dry_run:
                    version = (await get_project(uow, code)).version
                    return Outcome(code=code, done=True, version=version)
                if wish.undo:
                    version = await undo_move(uow, venue, actor=actor, code=code, reason=wish.reason)
                    return Outcome(code=code, done=True, version=version)
                if wish.dry_run:
                    plan = await plan_move(uow, venue, actor=actor, code=code, target=wish.target)
                    return Outcome(code=code, done=plan.possible, plan=plan, problems=plan.problems)
                moved = await move(uow, venue, actor=actor, code=code, target=wish.target, reason=wish.reason)
                return Outcome(code=code, done=True, version=moved.version, plan=moved.plan)
        except NotMovable as error:
            return Outcome(code=code, done=False, plan=error.plan, problems=error.plan.problems)
        except RuleViolated as error:
            return Outcome(code=code, done=False, problems=tuple(p.message for p in error.details))


def _show(found: list[Outcome], *, dry_run: bool) -> None:
    console = Console(highlight=False)
    table = Table("项目", "路径", "环节", "材料", "经办", "期限", "说明", show_lines=True)
    for row in found:
        plan = row.plan
        if plan is None:
            table.add_row(row.code, "", "", "", "", "", _told(row, ()))
            continue
        table.add_row(
            Text(f"{plan.code}\n{plan.title}"),
            Text(_turned(plan.before.track_title, plan.after.track_title)),
            Text(_changed(plan.before.stages, plan.after.stages)),
            Text(_changed(plan.before.papers, plan.after.papers)),
            Text(_changed(plan.before.roles, plan.after.roles)),
            Text(_dates(plan)),
            _told(row, plan.notes),
        )
    console.print(table)
    done = sum(row.done for row in found)
    words = "可以调整" if dry_run else "已办理"
    console.print(f"{words} {done} 个，不能办理 {len(found) - done} 个", markup=False)
    if dry_run:
        console.print("仅试算，没有写入任何内容。", markup=False)


def _turned(before: str, after: str) -> str:
    return before if before == after else f"{before}\n→ {after}"


def _changed(before: tuple[str, ...], after: tuple[str, ...]) -> str:
    gone = [f"− {name}" for name in before if name not in after]
    new = [f"＋ {name}" for name in after if name not in before]
    return "\n".join((*gone, *new)) or "不变"


def _dates(plan: Plan) -> str:
    before, after = plan.before.dues, plan.after.dues
    changed = [
        f"{title}：{before.get(title) or '—'} → {after.get(title) or '—'}"
        for title in dict.fromkeys((*before, *after))
        if before.get(title) != after.get(title)
    ]
    return "\n".join(changed) or "不变"


def _told(row: Outcome, notes: tuple[str, ...]) -> Any:
    return Text("\n".join((*row.problems, *notes)), style="red" if row.problems else "")
