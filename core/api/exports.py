"""The ledger as a table to take away (导出): the rows, order and sums of the list, its conditions on the first line."""

import asyncio
import csv
from collections.abc import AsyncIterator, Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal
from urllib.parse import quote

import msgspec
import xlsxwriter
from litestar import Controller, get
from litestar.di import Provide
from litestar.response import Stream

from core import projects, stages
from core.api.filters import wanted_projects
from core.entrance import Asking, Office
from core.kernel.money import format_yuan
from core.people.permissions import PROJECTS_READ
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.wording import status_word
from core.projects import ProjectFilter, ProjectRow
from core.projects.finding import PAGE, Totals

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_HEADINGS = (
    "项目编号", "项目名称", "项目单位", "计划年度", "状态", "当前环节", "经办单位", "最近到期日",
    "申报金额（元）", "审定金额（元）", "批复金额（元）", "合同金额（元）", "验收金额（元）", "登记日期",
)  # fmt: skip
_FILTERS = {
    "text": "文字", "status": "状态", "stage": "环节", "holder": "经办", "unit_id": "单位", "plan_year": "年度",
    "project_kind": "类别", "track": "通道", "due_before": "到期早于", "amount_from": "金额不低于（分）",
    "amount_to": "金额不高于（分）",
}  # fmt: skip
_PIECE = 64 * 1024


class Exports(Controller):
    """Files made of lists."""

    path = "/exports"
    tags = ("项目",)
    dependencies = {"wanted": Provide(wanted_projects, sync_to_thread=False)}  # noqa: RUF012 - Litestar reads it so

    @get("/projects/csv", operation_id="export_projects_csv", summary="导出台账（CSV）")
    async def as_csv(self, asking: Asking, wanted: ProjectFilter, sort: str = "newest") -> Stream:
        """The ledger as CSV in UTF-8 with a byte order mark, so that spreadsheet programs read it as it is."""
        return await _export(asking, wanted, sort, "csv")

    @get("/projects/xlsx", operation_id="export_projects_xlsx", summary="导出台账（XLSX）")
    async def as_xlsx(self, asking: Asking, wanted: ProjectFilter, sort: str = "newest") -> Stream:
        """The ledger as a workbook; no cell of it is ever a formula."""
        return await _export(asking, wanted, sort, "xlsx")


async def _export(asking: Asking, wanted: ProjectFilter, sort: str, form: Literal["csv", "xlsx"]) -> Stream:
    """Write the whole table to a file of its own, then let it go: a slow reader must not hold a connection."""
    async with asking.office(needs=PROJECTS_READ) as office:
        rows, totals = await _rows(office, wanted, sort)
        lines = list(_lines(office.titles, wanted, rows, totals))
        name = f"项目台账-{office.venue.tenant.name}-{office.venue.today.isoformat()}.{form}"
    folder = TemporaryDirectory(prefix="lixiang-export-")
    path = Path(folder.name) / "table"
    await asyncio.to_thread(_WRITERS[form], path, lines)
    headers = {
        "Content-Disposition": f"attachment; filename=\"projects.{form}\"; filename*=UTF-8''{quote(name)}",
        "Content-Length": str(path.stat().st_size),
    }
    return Stream(_pieces(folder, path), media_type=_TYPES[form], headers=headers)


async def _rows(office: Office, wanted: ProjectFilter, sort: str) -> tuple[list[ProjectRow], Totals]:
    sight = stages.sight_of(office.actor, office.titles)
    found: list[ProjectRow] = []
    after = ""
    while True:
        page = await projects.list_projects(office.uow, sight, wanted, sort=sort, after=after, limit=PAGE)
        found += page.rows
        after = page.after
        if not after:
            return found, await projects.sum_projects(office.uow, sight, wanted)


def _lines(
    rules: Rulebook, wanted: ProjectFilter, rows: Sequence[ProjectRow], totals: Totals
) -> Iterable[Sequence[str | float]]:
    chosen = [f"{_FILTERS[name]}：{value}" for name, value in msgspec.structs.asdict(wanted).items() if value]
    yield [f"条件：{'；'.join(chosen) or '全部'}"]
    yield _HEADINGS
    for row in rows:
        yield [
            row.code, row.title, row.unit, row.plan_year, status_word(row.status),
            "、".join(rules.title_of(stage) for stage in row.open_stages),
            "、".join(rules.roles[role].title if role in rules.roles else role for role in row.holders),
            row.next_due_on.isoformat() if row.next_due_on else "",
            *(_yuan(fen) for fen in _amounts(row)),
            row.created_on.isoformat(),
        ]  # fmt: skip
    yield [f"合计 {totals.projects} 项", *[""] * 7, *(_yuan(fen) for fen in _amounts(totals)), ""]


def _amounts(row: ProjectRow | Totals) -> tuple[int | None, ...]:
    return (row.declared_fen, row.confirmed_fen, row.approved_fen, row.contract_fen, row.accepted_fen)


def _yuan(fen: int | None) -> str | float:
    return "" if fen is None else float(format_yuan(fen).replace(",", ""))


def _write_csv(path: Path, lines: Iterable[Sequence[str | float]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([harmless(cell) for cell in line] for line in lines)


def harmless(cell: str | float) -> str | float:
    """A text that a spreadsheet program would take for a formula, with an apostrophe before it (公式注入)."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _write_xlsx(path: Path, lines: Iterable[Sequence[str | float]]) -> None:
    options: dict[str, Any] = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet("项目台账")
        money = book.add_format({"num_format": "#,##0.00"})
        for number, line in enumerate(lines):
            for column, cell in enumerate(line):
                if isinstance(cell, str):
                    sheet.write_string(number, column, cell)
                else:
                    sheet.write_number(number, column, cell, money if column >= 8 else None)


_WRITERS = {"csv": _write_csv, "xlsx": _write_xlsx}


async def _pieces(folder: "TemporaryDirectory[str]", path: Path) -> AsyncIterator[bytes]:
    """The file piece by piece; it goes when the last piece has gone, or when the reader has."""
    try:
        with path.open("rb") as file:
            while piece := await asyncio.to_thread(file.read, _PIECE):
                yield piece
    finally:
        folder.cleanup()
