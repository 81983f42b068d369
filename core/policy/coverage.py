"""Which rows of a place's rule index live, where, and which scenarios exercise them (条款覆盖).

A `rule` row counts when an object cites it *and* a scenario that declares it really touched it. A `platform` row
names the test of the feature it lives in. A `market` row says what it awaits of the market, and is listed as
such. Rows that repeat another count through it. Anything else is missing.
"""

from pathlib import Path

import msgspec

from core.policy.rulebooks.answers import Answers
from core.policy.rulebooks.composing import citations
from core.policy.rulebooks.registry import Jurisdiction, Registry
from core.policy.rules.citations import Row
from core.policy.scenarios.loading import load_folder
from core.policy.scenarios.running import Report, run


class RowCoverage(msgspec.Struct, frozen=True, kw_only=True):
    """One row: its kind, what encodes it, which scenarios exercise it, and whether anything is missing."""

    id: str
    article: str
    kind: str
    text: str
    encoded_by: tuple[str, ...]
    exercised_by: tuple[str, ...]
    test: str
    note: str
    missing: str


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """The coverage of one place, with the scenarios that failed on the way."""

    place: str
    edition: str
    rows: tuple[RowCoverage, ...]
    failed: tuple[str, ...]

    @property
    def missing(self) -> tuple[RowCoverage, ...]:
        """The rows that do not live yet."""
        return tuple(row for row in self.rows if row.missing)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing and every scenario passed."""
        return not self.missing and not self.failed


def cover(place: str, registry: Registry, root: Path | None = None, edition: str = "") -> Coverage:
    """Run every scenario of a place and hold its rule index against them; `root` is where test paths are looked up.

    The newest edition unless one is named. A row that an edition took over as it was counts where a scenario of the
    older one exercises it; a row that it added or changed needs one of its own.
    """
    jurisdiction = registry.place(place)
    answers = jurisdiction.edition(edition).answers if edition else jurisdiction.answers
    indexes = {one.name: frozenset(one.answers.rows) for one in jurisdiction.editions.values()}
    indexes[answers.edition] = frozenset(answers.rows)
    own = {row.id: row for row in answers.rows}
    reports = run_all(jurisdiction, registry)
    encoded = _encoded(answers)
    exercised: dict[str, list[str]] = {}
    for name, report in reports:
        known = indexes.get(report.edition, frozenset())
        for key in set(report.rules) & set(report.touched):
            if key in own and own[key] in known:
                exercised.setdefault(key, []).append(name)
    rows = tuple(_row(row, encoded, exercised, root) for row in answers.rows)
    failed = tuple(f"{name}: {report.title}" for name, report in reports if not report.passed)
    return Coverage(place=place, edition=answers.edition, rows=rows, failed=failed)


def run_all(jurisdiction: Jurisdiction, registry: Registry) -> list[tuple[str, Report]]:
    """Every scenario of a place, by file name: those of the plugin, and those in the folder of an edition's package."""
    folders = dict.fromkeys(folder / "scenarios" for folder in jurisdiction.folders)
    files = {path: found for folder in folders for path, found in load_folder(folder).items()}
    return [(path.name, run(scenario, registry)) for path, found in files.items() for scenario in found]


def _encoded(answers: Answers) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, citation in citations(answers):
        for row in citation.rows:
            names = found.setdefault(row, [])
            if name not in names:
                names.append(name)
    return found


def _row(
    row: Row,
    encoded: dict[str, list[str]],
    exercised: dict[str, list[str]],
    root: Path | None,
) -> RowCoverage:
    names = (row.id, *row.same_as)
    by_objects = tuple(dict.fromkeys(name for key in names for name in encoded.get(key, ())))
    by_scenarios = tuple(dict.fromkeys(name for key in names for name in exercised.get(key, ())))
    return RowCoverage(
        id=row.id,
        article=row.article,
        kind=row.kind,
        text=row.text,
        encoded_by=by_objects,
        exercised_by=by_scenarios,
        test=row.test,
        note=row.note,
        missing=_missing(row, by_objects, by_scenarios, root),
    )


def _missing(row: Row, by_objects: tuple[str, ...], by_scenarios: tuple[str, ...], root: Path | None) -> str:
    if row.kind == "rule":
        if not by_objects:
            return "not encoded"
        return "" if by_scenarios else "no scenario exercises it"
    if row.kind == "platform":
        if not row.test:
            return "names no test"
        path = row.test.partition("::")[0]
        return "" if root is None or (root / path).exists() else f"there is no {path}"
    if row.kind in ("inexpressible", "market") and not row.note:
        return "does not say why"
    return ""
