"""`lixiang import`: tables of projects into a tenant, with every bad row named at once."""

import asyncio
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from core.cli.boundary import EXIT_STATUS
from core.cli.context import Installation, at_tenant, installation
from core.cli.import_run import Import, Report, Wish, summary
from core.cli.progress import spinning
from core.kernel.errors import Conflict, Invalid
from core.policy.rulebooks.registry import installed

app = typer.Typer(help="导入数据。 Import data.", no_args_is_help=True, rich_markup_mode=None)


class TenantNotServed(Conflict):
    """The tenant is suspended or closed."""


@app.callback()
def imports() -> None:
    """Keep `projects` a command among others to come."""


@app.command("projects")
def import_projects(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="表格文件（.csv 或 .xlsx）。 The table.", show_default=False)],
    *,
    tenant: Annotated[str, typer.Option(help="租户代码。 Code of the tenant.", show_default=False)],
    unit_column: Annotated[str, typer.Option(help="项目单位所在的列。 Column of the unit.")] = "",
    mapping: Annotated[
        list[str] | None,
        typer.Option(
            "--map", help="列名=字段，可重复：name、unit、amount_yuan、amount_wan、kind、region、year、note、source。"
        ),
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option("--kind", help="表中类型=本办法的类型，可重复。 What a kind of the table means here."),
    ] = None,
    atomic: Annotated[
        bool, typer.Option("--atomic/--by-row", help="全部成功才写入，或逐行写入。 All or nothing, or row by row.")
    ] = True,
    source: Annotated[str, typer.Option(help="数据来源，默认取“来源”列或文件名。 Name of the source.")] = "",
    default_unit: Annotated[str, typer.Option(help="单位为空的行归于该单位。 Unit of rows that name none.")] = "",
    create_units: Annotated[bool, typer.Option(help="新建表中出现而系统中没有的单位。 Found unknown units.")] = False,
    dry_run: Annotated[bool, typer.Option(help="只检查，不写入。 Check everything, write nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出结果。 Report as JSON.")] = False,
) -> None:
    """导入项目：每行一个项目，登记在第一个环节；可重复执行。 Import projects; safe to repeat."""
    columns = dict(_pair(text) for text in mapping or []) | ({unit_column: "unit"} if unit_column else {})
    wish = Wish(
        file=file,
        columns=columns,
        kinds=dict(_pair(text) for text in kind or []),
        source=source,
        default_unit=default_unit,
        atomic=atomic,
        create_units=create_units,
        dry_run=dry_run,
    )
    report = asyncio.run(_run(installation(context), tenant, wish))
    _show(report, as_json=as_json)
    if report.bad:
        raise typer.Exit(EXIT_STATUS[Invalid])


async def _run(place: Installation, code: str, wish: Wish) -> Report:
    async with at_tenant(place, code) as (services, tenant):
        if not tenant.is_open:
            raise TenantNotServed(f"租户“{tenant.name}”已停用，不能导入")
        work = Import(services.database, installed(), tenant, services.clock, wish)
        with spinning("正在导入") as say:
            return await work.run(lambda rows: say(f"正在导入，已处理 {rows} 行"))


def _pair(text: str) -> tuple[str, str]:
    column, equals, field = text.rpartition("=")
    if not equals or not column or not field:
        raise Invalid(f"“{text}”应写作 表中名称=系统名称")
    return column, field


def _show(report: Report, *, as_json: bool) -> None:
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(report)).decode())
        return
    console = Console(highlight=False)
    if report.bad:
        table = Table("行", "列", "内容", "原因", title="有误的行")
        for cell in report.bad:
            table.add_row(str(cell.line), _plain(cell.column), _plain(cell.value), _plain(cell.reason))
        console.print(table)
    for note in report.notes:
        console.print(f"注意：{note}", markup=False)
    if report.ignored_columns:
        console.print(f"未使用的列：{'、'.join(report.ignored_columns)}", markup=False)
    console.print("，".join(f"{title} {count}" for title, count in summary(report).items()), markup=False)
    if report.dry_run:
        console.print("仅检查，没有写入任何内容。", markup=False)
    elif not report.kept:
        console.print("有误的行未改正前不写入任何内容；如需先导入无误的行，请使用 --by-row。", markup=False)


def _plain(text: str) -> str:
    """Text as it is: brackets of a title are no markup, and no sequence of control characters reaches a terminal."""
    return "".join(ch if ch.isprintable() else " " for ch in text).replace("[", r"\[")
