"""`lixiang policy`: which places are installed, whether they compose, and whether every row of each lives."""

from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from core.cli import scaffold
from core.kernel.codec import encode
from core.kernel.errors import Invalid, NotFound
from core.policy.coverage import Coverage, RowCoverage, cover
from core.policy.proving.remedies import remedy
from core.policy.rulebooks.composing import PluginRefusedError
from core.policy.rulebooks.editions import Edition
from core.policy.rulebooks.registry import Jurisdiction, Registry, UnknownEditionError, UnknownPlaceError, installed
from core.policy.wording import ROWS

app = typer.Typer(help="各地办法。 Regulations of places.", no_args_is_help=True, rich_markup_mode=None)
app.command("new")(scaffold.new)
Json = Annotated[bool, typer.Option("--json", help="以 JSON 输出。 Report as JSON.")]
Place = Annotated[str, typer.Argument(help="地区代码，可带版本（代码@版本）。 Code of the place.", show_default=False)]


class PlaceUnknown(NotFound):
    """No jurisdiction of that code is installed."""


class PluginUnsound(Invalid):
    """A plugin does not compose; its message names every problem."""


@app.command("list")
def list_places(*, as_json: Json = False) -> None:
    """列出已安装的办法。 List installed regulations, and which were refused and why."""
    registry = installed()
    places = [registry.place(code) for code in registry.places()]
    rows = [_summary(place, edition) for place in places for edition in place.editions.values()]
    if as_json:
        refused = {place: list(error.problems) for place, error in registry.refused.items()}
        typer.echo(msgspec.json.format(encode({"places": rows, "refused": refused})))
        return
    table = Table("地区", "版本", "依据", "施行", "有效期至", "条款", "摘要", box=None)
    for row in rows:
        until = str(row["expires_on"] or "—")
        table.add_row(
            row["place"],
            row["edition"],
            Text(row["title"]),
            str(row["effective_on"] or "—"),
            until,
            str(row["rows"]),
            row["digest"][:12],
        )
    console = Console(highlight=False)
    console.print(table)
    for place, error in registry.refused.items():
        console.print(Text(f"{place} 未能载入：{'；'.join(f'{p} → {remedy(p)}' for p in error.problems)}", style="red"))


@app.command("check")
def check(place: Place) -> None:
    """检查办法能否组成规则书。 Compose a place's rulebook, and name everything wrong with it."""
    rules = edition_of(of_place(installed(), place), place).rulebook()
    counts = {
        "路径": len(rules.tracks),
        "环节": len({stage.key for _, stage in rules.all_stages()}),
        "检查": len(rules.gates),
        "期限": len(rules.limits),
        "材料": len(rules.papers),
        "条款": len(rules.rows),
    }
    typer.echo(f"{rules.edition} {rules.digest}")
    typer.echo("，".join(f"{title} {count}" for title, count in counts.items()))


@app.command("coverage")
def coverage(
    place: Place,
    *,
    missing: Annotated[bool, typer.Option("--missing", help="只列缺失的条款。 Only what is missing.")] = False,
    root: Annotated[
        Path | None, typer.Option(help="在此目录下核对测试路径。 Where test paths are looked up.", show_default=False)
    ] = None,
    as_json: Json = False,
) -> None:
    """逐条列出条款由什么实现、由哪些情景检验；有缺失时退出状态为 1。 Every row: encoded, exercised or missing."""
    registry = installed()
    edition = edition_of(of_place(registry, place), place)
    found = cover(edition.answers.place, registry, root, edition.label)
    if as_json:
        values: dict[str, Any] = msgspec.to_builtins(found)
        typer.echo(msgspec.json.format(encode(values | {"complete": found.is_complete, "count": len(found.rows)})))
    else:
        _show(found, only_missing=missing)
    if not found.is_complete:
        raise typer.Exit(1)


def of_place(registry: Registry, code: str) -> Jurisdiction:
    """The jurisdiction a command names.

    Raises: PlaceUnknown; PluginUnsound with every problem of the plugin.
    """
    try:
        return registry.place(code.partition("@")[0])
    except UnknownPlaceError as error:
        raise PlaceUnknown(f"没有安装“{code}”的办法。 {error}") from error
    except PluginRefusedError as error:
        raise PluginUnsound(f"“{code}”的办法未能载入。 {error}") from error


def edition_of(jurisdiction: Jurisdiction, code: str) -> Edition:
    """The edition a command names as `place@label`, or the newest.

    Raises: PlaceUnknown; PluginUnsound.
    """
    label = code.partition("@")[2]
    try:
        return jurisdiction.edition(label) if label else jurisdiction.newest
    except UnknownEditionError as error:
        raise PlaceUnknown(f"“{jurisdiction.place}”的办法没有“{label}”版本。 {error}") from error
    except PluginRefusedError as error:
        raise PluginUnsound(f"“{code}”未能载入。 {error}") from error


def _summary(jurisdiction: Jurisdiction, edition: Edition) -> dict[str, Any]:
    first = edition.answers.regulations[0]
    return {
        "place": jurisdiction.place,
        "edition": edition.name,
        "title": f"{first.title}（{first.number}）",
        "effective_on": first.effective_on,
        "expires_on": first.expires_on,
        "rows": len(edition.answers.rows),
        "digest": edition.rulebook().digest,
    }


def _show(found: Coverage, *, only_missing: bool) -> None:
    console = Console(highlight=False)
    table = Table("条款", "类型", "内容", "实现", "检验", box=None)
    for row in found.missing if only_missing else found.rows:
        table.add_row(row.id, ROWS[row.kind], Text(row.text), Text("\n".join(row.encoded_by)), _proof(row))
    if table.row_count:
        console.print(table)
    for name in found.failed:
        console.print(Text(f"✗ {name}", style="red"))
    kinds: dict[str, int] = {}
    for row in found.rows:
        kinds[row.kind] = kinds.get(row.kind, 0) + 1
    parts = "，".join(f"{ROWS[kind]} {count}" for kind, count in sorted(kinds.items()))
    total = f"{found.edition}：条款 {len(found.rows)} 条（{parts}），缺失 {len(found.missing)} 条"
    console.print(Text(total, style="red" if not found.is_complete else "green"))


def _proof(row: RowCoverage) -> Text:
    if row.missing:
        return Text(f"缺失：{row.missing}", style="red")
    return Text("\n".join(dict.fromkeys(row.exercised_by)) or row.test or row.note)
