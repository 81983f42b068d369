"""The lines of a form's table, from facts, papers, contracts, lots or the budget."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import msgspec

from core.documents.forms.wording import day, in_words
from core.documents.model import PaperVersion
from core.kernel.money import format_yuan
from core.policy.cases.case import Case
from core.policy.rules.forms import FormColumn, FormTable, Rows, Shown
from core.projects import BudgetRow


def lines_of(
    table: FormTable, case: Case, budget: Iterable[BudgetRow], papers: Iterable[PaperVersion]
) -> tuple[tuple[str, ...], ...]:
    """Every line, each with one text per column."""
    return tuple(
        tuple(_cell(entry, column) for column in table.columns) for entry in _entries(table, case, budget, papers)
    )


def _entries(
    table: FormTable, case: Case, budget: Iterable[BudgetRow], papers: Iterable[PaperVersion]
) -> Iterable[Mapping[str, Any]]:
    if table.rows is Rows.FACT:
        return _of_fact(case.state.facts.get(table.name), table.columns[0].key)
    if table.rows is Rows.PAPERS:
        return [_of_paper(paper) for paper in papers if paper.type == table.name]
    if table.rows is Rows.BUDGET:
        return [msgspec.structs.asdict(line) for line in budget if line.basis == table.name]
    held = case.state.contracts if table.rows is Rows.CONTRACTS else case.state.lots
    return [msgspec.structs.asdict(one) for one in held]


def _of_fact(value: Any, only: str) -> list[Mapping[str, Any]]:
    rows = value.get("rows", []) if isinstance(value, dict) else value or []
    return [row if isinstance(row, dict) else {only: row} for row in rows]


def _of_paper(paper: PaperVersion) -> Mapping[str, Any]:
    own = {"title": paper.title, "on": paper.dated_on or paper.handed_in_on, "number": paper.filing_number}
    return own | paper.attributes


def _cell(entry: Mapping[str, Any], column: FormColumn) -> str:
    value = entry.get(column.key)
    if value is None or value == "":
        return ""
    if column.shown is Shown.MONEY and isinstance(value, int):
        return format_yuan(value)
    if column.shown is Shown.DATE:
        return day(value if isinstance(value, date) else date.fromisoformat(str(value)))
    return in_words(value)
