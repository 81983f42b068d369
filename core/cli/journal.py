"""`lixiang journal`: check the audit trail, and print the seals that are to be kept where nobody here can write."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from core import journal
from core.cli.context import Installation, at_tenant, installation
from core.cli.evidence import Written, write_package
from core.documents import open_store
from core.kernel.database import UnitOfWork
from core.kernel.errors import Invalid
from core.kernel.tenancy import Tenant
from core.policy.rulebooks.registry import installed
from core.projects import get_project, list_codes
from core.stages import Replayed, Venues, replay_project

app = typer.Typer(help="审计日志。 The journal.", no_args_is_help=True, rich_markup_mode=None)
TenantCode = Annotated[str, typer.Option("--tenant", help="租户代码。 Code of the tenant.", show_default=False)]


class RootsUnreadable(Invalid):
    """The file of seals kept elsewhere holds something else."""


class NotWritable(Invalid):
    """The archive cannot be written where it was asked for."""


@app.command("verify")
def verify(
    context: typer.Context,
    tenant: TenantCode,
    *,
    kept: Annotated[
        Path | None, typer.Option("--roots", help="另行保存的封印（journal roots 的输出）。 Seals kept elsewhere.")
    ] = None,
) -> None:
    """校验一个租户的全部日志链；有异常时退出状态为 1。 Check every chain; exit status 1 names what was changed."""
    found = asyncio.run(_verify(installation(context), tenant, _kept(kept) if kept else {}))
    for flaw in found.flaws:
        typer.echo(f"{flaw.chain_id} #{flaw.seq}: {flaw.problem}")
    typer.echo(f"日志链 {found.chains} 条，记录 {found.entries} 条，异常 {len(found.flaws)} 处")
    if not found.is_sound:
        raise typer.Exit(1)


@app.command("roots")
def roots(context: typer.Context, tenant: TenantCode) -> None:
    """输出每日封印，每行一个 JSON，供另行保存。 Print each day's seal, one JSON object a line."""
    for root in asyncio.run(_roots(installation(context), tenant)):
        typer.echo(json.dumps({"day": root.day_on.isoformat(), "chains": root.chains, "root": root.root.hex()}))


@app.command("replay")
def replay(context: typer.Context, tenant: TenantCode) -> None:
    """重新判定全部项目的每一步，与所存状态比对；不符时退出状态为 1。 Judge every receipt again; 1 when one differs."""
    found = asyncio.run(_replay(installation(context), tenant))
    for case in found:
        if case.problem:
            typer.echo(f"{case.code}: {case.problem}")
    broken = sum(1 for case in found if case.problem)
    typer.echo(f"项目 {len(found)} 个，判定 {sum(case.receipts for case in found)} 次，不符 {broken} 个")
    if broken:
        raise typer.Exit(1)


@app.command("evidence")
def evidence(
    context: typer.Context,
    tenant: TenantCode,
    project: Annotated[str, typer.Argument(help="项目编号。 Code of the project.", show_default=False)],
    *,
    out: Annotated[
        Path | None, typer.Option("--out", help="写入的文件，默认为“证据-编号.zip”。 The archive to write.")
    ] = None,
    files: Annotated[bool, typer.Option("--files/--no-files", help="是否包含文件。 With the files handed in.")] = True,
) -> None:
    """导出一个项目的证据包，含离线校验程序。 Write a project's evidence, with a verifier that needs only Python."""
    target = out or Path(f"证据-{project}.zip")
    try:
        written = asyncio.run(_evidence(installation(context), tenant, project, target, with_files=files))
    except OSError as error:
        raise NotWritable(f"“{target}”无法写入：{error.strerror or error}") from error
    typer.echo(f"{target}：记录 {written.entries} 条，文件 {written.files} 个，日根 {written.seals} 个")


def _kept(path: Path) -> dict[str, bytes]:
    try:
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        return {line["day"]: bytes.fromhex(line["root"]) for line in lines}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RootsUnreadable(f"“{path}”不是封印文件：{error}") from error


async def _verify(place: Installation, code: str, kept: dict[str, bytes]) -> journal.Verification:
    async with _reading(place, code) as (uow, _, _):
        return await journal.verify_tenant(uow, kept_elsewhere=kept)


async def _replay(place: Installation, code: str) -> list[Replayed]:
    async with _reading(place, code) as (uow, tenant, today):
        venue = await Venues(installed()).of(uow, tenant, today)
        codes = await list_codes(uow)
        return [await replay_project(uow, venue, await get_project(uow, project)) for project in codes]


async def _evidence(place: Installation, code: str, project: str, target: Path, *, with_files: bool) -> Written:
    async with at_tenant(place, code) as (services, tenant):
        store = open_store(services.settings.storage_url) if with_files else None
        async with services.database.unit_of_work(tenant.id, read_only=True) as uow:
            return await write_package(uow, store, tenant, await get_project(uow, project), target)


async def _roots(place: Installation, code: str) -> tuple[journal.Root, ...]:
    async with _reading(place, code) as (uow, _, _):
        return await journal.roots(uow)


@asynccontextmanager
async def _reading(place: Installation, code: str) -> AsyncIterator[tuple[UnitOfWork, Tenant, date]]:
    async with (
        at_tenant(place, code) as (services, tenant),
        services.database.unit_of_work(tenant.id, read_only=True) as uow,
    ):
        yield uow, tenant, services.clock.today()
