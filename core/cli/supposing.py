"""`lixiang policy what-if`: a tenant's past projects under other figures, and which would have gone another way."""

import asyncio
from typing import Annotated, Any

import msgspec
import typer
import yaml
from rich.console import Console
from rich.table import Table
from rich.text import Text

from core.cli.context import Installation, at_tenant, installation
from core.cli.policy import app
from core.cli.progress import spinning
from core.kernel.codec import encode
from core.kernel.errors import Invalid
from core.kernel.money import format_yuan, parse_yuan
from core.kernel.tenancy import Channel, system_actor
from core.policy.rulebooks.registry import installed
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rulebooks.supposing import Supposition
from core.stages import Venues
from core.stages.retracing import Otherwise
from core.stages.supposing import what_if


class NotAnAssignment(Invalid):
    """What is supposed is not written as key=value."""


class Found(msgspec.Struct, kw_only=True):
    """Everything the stretches found."""

    looked_at: int = 0
    rows: list[Otherwise] = msgspec.field(default_factory=list)
    skipped: dict[str, str] = msgspec.field(default_factory=dict)


@app.command("what-if")
def suppose(
    context: typer.Context,
    *,
    tenant: Annotated[str, typer.Option(help="租户代码。 Code of the tenant.", show_default=False)],
    threshold: Annotated[list[str] | None, typer.Option(help="限额=值，金额以元计，可重复。 Amounts in yuan.")] = None,
    limit: Annotated[list[str] | None, typer.Option(help="期限=数，可重复。 Units of the limit itself.")] = None,
    option: Annotated[list[str] | None, typer.Option(help="选项=值，可重复。 An open reading.")] = None,
    edition: Annotated[str, typer.Option(help="另一版本，视为一直有效。 Another edition, as if always in force.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出。 Report as JSON.")] = False,
) -> None:
    """假设推演：限额、期限或选项若不同，哪些项目会走另一条路；不写入。 Which past projects would have differed."""
    wish = {
        "thresholds": _pairs(threshold),
        "limits": _pairs(limit),
        "options": {key: yaml.safe_load(value) for key, value in _pairs(option).items()},
    }
    found = asyncio.run(_run(installation(context), tenant, wish, edition))
    if as_json:
        typer.echo(msgspec.json.format(encode(found)))
    else:
        _show(found)


def _pairs(texts: list[str] | None) -> dict[str, str]:
    found = {}
    for text in texts or ():
        key, equals, value = text.partition("=")
        if not equals or not key or not value:
            raise NotAnAssignment(f"“{text}”应写作 名称=值")
        found[key] = value
    return found


def _supposition(rules: Rulebook, wish: dict[str, dict[str, Any]], edition: str) -> Supposition:
    """Figures in the unit of what they replace: yuan become fen."""
    figures: dict[str, int] = {}
    for key, value in wish["thresholds"].items():
        known = rules.thresholds.get(key)
        is_money = known is not None and known.unit == "fen"
        figures[key] = parse_yuan(value, field=key) if is_money else _whole(key, value)
    limits = {key: _whole(key, value) for key, value in wish["limits"].items()}
    return Supposition(thresholds=figures, limits=limits, options=wish["options"], edition=edition)


def _whole(key: str, value: str) -> int:
    if not value.isdecimal():
        raise NotAnAssignment(f"“{key}”的值应为整数")
    return int(value)


async def _run(place: Installation, code: str, wish: dict[str, dict[str, Any]], edition: str) -> Found:
    found = Found()
    async with at_tenant(place, code) as (services, tenant):
        venues = Venues(installed(), services.directory)
        actor = system_actor(tenant.id, channel=Channel.CLI)
        today = services.clock.today()
        after = ""
        with spinning("正在推演") as say:
            while True:
                async with services.database.unit_of_work(tenant.id, read_only=True) as uow:
                    venue = await venues.of(uow, tenant, today)
                    supposition = _supposition(venue.rulebook(), wish, edition)
                    some = await what_if(uow, venue, actor=actor, supposition=supposition, after=after)
                found.looked_at += some.looked_at
                found.rows += some.rows
                found.skipped |= some.skipped
                say(f"已推演 {found.looked_at} 个项目，{len(found.rows)} 个不同")
                after = some.after
                if not after:
                    return found


def _show(found: Found) -> None:
    console = Console(highlight=False)
    if found.rows:
        table = Table("项目", "申报金额（元）", "路径", "少走的环节", "多走的环节", "提示与期限", show_lines=True)
        for row in found.rows:
            track = row.track_before
            if row.track_after != track:
                track = f"{track}\n→ {row.track_after}"
            table.add_row(
                Text(f"{row.code}\n{row.title}"),
                format_yuan(row.declared_fen) if row.declared_fen is not None else "—",
                Text(track),
                Text("\n".join(row.stages_spared)),
                Text("\n".join(row.stages_added)),
                Text(_told(row)),
            )
        console.print(table)
    for code, why in found.skipped.items():
        console.print(f"{code} 无法推演：{why}", markup=False)
    console.print(f"推演 {found.looked_at} 个项目，{len(found.rows)} 个会走另一条路。", markup=False)


def _told(row: Otherwise) -> str:
    lines = [f"− {told.message}" for told in row.findings_spared]
    lines += [f"＋ {told.message}" for told in row.findings_added]
    lines += [f"{due.limit}：{due.before_on or '—'} → {due.after_on or '—'}" for due in row.dues]
    lines += ["有的检查当时未留存所需记录，仅供参考"] if row.uncertain else []
    return "\n".join(lines)
