"""Nobody else builds again what is included (ZJ-4-1-b): the one gate that reaches every tenant of the province."""

from collections.abc import Iterable
from datetime import date

from core.policy.cases.case import Case
from core.policy.cases.context import SharedEntry
from core.policy.rules.citations import reading
from core.policy.rules.gating import Hit, at
from core.policy.rules.papers import Severity
from plugins.zhejiang.gates.shapes import gate
from plugins.zhejiang.roles import SUBJECT
from plugins.zhejiang.stages.shapes import MARKET_ENTITY

_SOURCES = {"library_publication": "project_library", "announcement": "confirmed_subjects", "listing": "app_market"}


def _is_barred(case: Case, entry: SharedEntry) -> bool:
    """Whether this unit is another than those the entry lets build: its subjects, and its proposer where so read."""
    unit = case.unit.key
    subject = unit in entry.content.get("holders", {}).get(SUBJECT, ())
    if subject or (case.option("ban_exempts_proposer") and unit == entry.content.get("proposer")):
        return False
    return case.option("ban_covers_market_entities") or case.unit.kind != MARKET_ENTITY


def _severity(case: Case, entry: SharedEntry) -> Severity:
    """A build begun before the day of publication is not built again, so it is only told (“再”)."""
    begun = case.find("build_started_on")
    earlier = begun is not None and date.fromisoformat(begun) < entry.on
    return Severity(case.option("ban_earlier_builds")) if earlier else Severity.BLOCK


def _check(case: Case) -> Iterable[Hit]:
    source = _SOURCES[case.option("ban_starts_at")]
    entries = case.shared(source)
    if not entries or case.find("project_kind", "build") not in ("build", "construction"):
        return
    kind = case.find("app_kind") if case.act is not None and case.act.name == "create" else case.fact("app_kind")
    listings = case.shared("app_market")
    for entry in entries:
        if entry.content.get("case") == (case.state.code or case.state.id):
            continue
        if not kind or entry.content.get("app_kind") != kind or not _is_barred(case, entry):
            continue
        listed = next((e for e in listings if e.content.get("app_kind") == kind), None)
        reuse = f"，可在应用市场获取“{listed.title}”" if listed is not None else "，建成上架后可在应用市场获取"
        message = f"“{entry.title}”已于 {entry.on.isoformat()} 纳入全省项目库（{entry.key}），不得再重复建设{reuse}。"
        evidence = {"entry": entry.key, "keeper": entry.keeper, "listing": listed.key if listed is not None else ""}
        yield Hit(message=message, item=entry.key, severity=_severity(case, entry), evidence=evidence)


BAN_GATES = (
    gate(
        "G01", "rebuild_ban", "不得重复建设", reading("ZJ-Q22", "ZJ-4-1-b", "ZJ-4-2-e"),
        *at("", "create"), *at("demand_collection", "submit"),
        check=_check, needs=("shared", "unit"), reach="descendants",
        reads=("app_kind", "build_started_on", "increment_of"), aliases=("duplicate_build",),
    ),
)  # fmt: skip
