"""`lixiang policy compare`: one project's facts through every installed regulation, side by side."""

import asyncio
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
import yaml
from rich.console import Console
from rich.table import Table
from rich.text import Text

from core.cli.context import Installation, at_tenant, installation
from core.cli.policy import app
from core.kernel.clock import SystemClock
from core.kernel.codec import encode
from core.kernel.errors import Invalid, NotFound
from core.kernel.money import format_yuan, parse_yuan
from core.kernel.workdays import OFFICIAL
from core.policy.comparing import Column, Comparison, LimitLine, UnknownFact, compare
from core.policy.rulebooks.composing import PluginRefusedError
from core.policy.rulebooks.registry import Registry, UnknownPlaceError, installed
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.values import FactType
from core.policy.wording import SELECTED
from core.projects import get_project


class FactsUnreadable(Invalid):
    """The file holds no facts."""


class PlaceNotThere(NotFound):
    """A place was named that is not installed."""


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What is compared: facts with amounts in fen, as a project begun on a day."""

    title: str
    kind: str
    on: date
    facts: dict[str, Any]


@app.command("compare")
def compare_places(
    context: typer.Context,
    facts: Annotated[Path | None, typer.Argument(help="事项文件，金额以元计。 Facts.", show_default=False)] = None,
    *,
    project: Annotated[str, typer.Option(help="以在库项目的事项对比。 Code of a stored project.")] = "",
    tenant: Annotated[str, typer.Option(help="该项目所在租户。 Its tenant.")] = "",
    place: Annotated[list[str] | None, typer.Option(help="只对比这些地区。 Only these places.")] = None,
    on: Annotated[str, typer.Option(help="登记日期，默认今天。 Day of creation.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出。 Report as JSON.")] = False,
) -> None:
    """以同一组事项对比各地办法：路径、环节、材料、审批、期限、条款。 One project's facts through all places."""
    if (facts is None) == (not project) or bool(project) != bool(tenant):
        raise FactsUnreadable("请给出事项文件，或以 --tenant 和 --project 指明在库项目")
    registry = installed()
    day = _day(on)
    if facts is not None:
        asked = _read(facts, registry, day)
    else:
        asked = asyncio.run(_stored(installation(context), tenant, project, day))
    books = [_rulebook(registry, code, asked.on) for code in place or registry.places()]
    found = compare(books, asked.facts, on=asked.on, calendar=OFFICIAL, kind=asked.kind, title=asked.title)
    if as_json:
        typer.echo(msgspec.json.format(encode(found)))
    else:
        _show(found, asked)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise FactsUnreadable("日期格式应为 年-月-日") from error


def _rulebook(registry: Registry, code: str, on: date) -> Rulebook:
    try:
        return registry.place(code).on(on).rulebook()
    except (UnknownPlaceError, PluginRefusedError) as error:
        raise PlaceNotThere(f"没有安装“{code}”的办法，或未能载入。 {error}") from error


def _read(path: Path, registry: Registry, day: date | None) -> Question:
    """The facts of a file: a mapping, either of facts or with `facts`, `title`, `kind`, `on`; amounts in yuan."""
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise FactsUnreadable(f"无法读取 {path}：{error}") from error
    if not isinstance(found, dict) or not isinstance(found.get("facts", {}), dict):
        raise FactsUnreadable(f"{path} 应为“事项: 值”的列表")
    facts = found.get("facts", found)
    money = _money(registry)
    return Question(
        title=str(found.get("title", "项目")) if "facts" in found else "项目",
        kind=str(found.get("kind", "project")) if "facts" in found else "project",
        on=day or (found.get("on") if isinstance(found.get("on"), date) else None) or SystemClock().today(),
        facts={str(key): _value(value, is_money=key in money) for key, value in facts.items()},
    )


def _money(registry: Registry) -> frozenset[str]:
    """The keys that mean money anywhere."""
    found: set[str] = set()
    for code in registry.places():
        for edition in registry.place(code).editions.values():
            rules = edition.rulebook()
            found |= rules.amounts.keys() | {k for k, f in rules.facts.items() if f.type is FactType.MONEY}
    return frozenset(found)


def _value(value: Any, *, is_money: bool) -> Any:
    if is_money and isinstance(value, int | str) and not isinstance(value, bool):
        return parse_yuan(str(value))
    return value.isoformat() if isinstance(value, date) else value


async def _stored(place: Installation, tenant: str, code: str, day: date | None) -> Question:
    async with (
        at_tenant(place, tenant) as (services, found),
        services.database.unit_of_work(found.id, read_only=True) as uow,
    ):
        state = (await get_project(uow, code)).state
    return Question(title=state.title, kind=state.kind, on=day or state.created_on, facts=state.facts)


def _show(found: Comparison, asked: Question) -> None:
    console = Console(highlight=False)
    declared = asked.facts.get("declared")
    money = f"，申报 {format_yuan(declared)} 元" if isinstance(declared, int) else ""
    console.print(f"“{asked.title}”，{found.on.isoformat()} 登记{money}", markup=False)
    table = Table("", show_lines=True)
    for column in found.columns:
        table.add_column(column.edition, overflow="fold")
    for title, cells in _rows(found.columns):
        table.add_row(title, *(Text(cell or "—") for cell in cells))
    console.print(table)
    for column in found.columns:
        for fact in column.unknown:
            assumed = "" if fact.assumed is None else f"，暂按“{_shown(fact)}”推演"
            where = f"（{fact.stage}）" if fact.stage else ""
            console.print(f"{column.place} 缺少“{fact.title}”{where}{assumed}", markup=False)
        if column.unused:
            console.print(f"{column.place} 不使用：{'、'.join(column.unused)}", markup=False)


def _rows(columns: tuple[Column, ...]) -> Iterable[tuple[str, list[str]]]:
    yield "依据", [column.title for column in columns]
    yield "路径", [_path(c) for c in columns]
    yield "环节", ["\n".join(_stage(s.title, s.walked, s.conditional) for s in c.stages) for c in columns]
    yield "审批", ["\n".join(c.approvers) for c in columns]
    yield "材料", ["\n".join(c.papers) for c in columns]
    yield "工作日合计", [f"{c.workdays}\n{_by(c)}".strip() for c in columns]
    yield "其他期限", ["\n".join(period(limit) for limit in c.others) for c in columns]
    yield "用满期限办至", [_until(c) for c in columns]
    yield "条款", ["、".join(c.articles) for c in columns]
    yield "推演时视为已满足", ["\n".join(t.message for t in c.presumed) for c in columns]
    yield "提示", ["\n".join(t.message for t in c.findings) for c in columns]


def _path(column: Column) -> str:
    assumed = "（据推定的事项）" if column.track_assumed else ""
    return f"{SELECTED[column.result]} {column.track_title}{assumed}\n{column.track_article}".strip()


def _stage(title: str, walked: bool, conditional: bool) -> str:
    return f"{title}{'' if walked else '（未推演）'}{'（视情况）' if conditional else ''}"


def _by(column: Column) -> str:
    return "\n".join(f"{owner} {days}" for owner, days in column.workdays_by.items())


def period(limit: LimitLine) -> str:
    """One period as an office writes it."""
    units = {"workday": "个工作日", "day": "日", "month": "个月", "year": "年"}
    return f"{limit.title} {limit.amount}{units.get(limit.unit, limit.unit)}"


def _until(column: Column) -> str:
    if column.ends_on is not None:
        return column.ends_on.isoformat()
    told = "；".join(column.stopped_by)
    if column.endless:
        return "转入长期运行"
    return f"推演至“{column.stopped_at}”：{told}" if column.stopped_at else told


def _shown(fact: UnknownFact) -> str:
    value = fact.assumed
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"{format_yuan(value)} 元" if fact.money else str(value)
