"""The expert committee's opinion as a basis of five decisions: it must be there, and it is no veto (ZJ-4-2-b)."""

from collections.abc import Iterable, Iterator

from core.policy.cases.case import Case
from core.policy.cases.state import Paper
from core.policy.rules.citations import reading
from core.policy.rules.gating import Hit, at
from core.policy.rules.papers import Severity
from plugins.zhejiang.gates.shapes import WARN, gate
from plugins.zhejiang.stages.selection import announced

_POINTS = (
    *at("library_publication", "publish"),
    *at("selection_announcement", "publish"),
    *at("project_approval", "decide:approved"),
    *at("fund_application", "decide:approved"),
    *at("acceptance_evaluation", "decide:pass"),
)
_BASES = {
    "library_publication": ("study_opinion", "应用项目入选", "ZJ-4-2-b1"),
    "selection_announcement": ("review_opinion", "项目主体入选", "ZJ-4-2-b2"),
    "project_approval": ("review_opinion", "立项批复", "ZJ-4-2-b3"),
    "fund_application": ("review_opinion", "预算安排", "ZJ-4-2-b4"),
    "acceptance_evaluation": ("expert_opinion_acceptance", "项目验收", "ZJ-4-2-b5"),
}
_CARRIED = frozenset({"project_approval", "fund_application"})


def _opinions(case: Case) -> Iterator[tuple[str, str, str, Paper | None]]:
    """For the decision at hand: what it decides, about whom, its row, and the opinion it rests on."""
    stage = case.act.stage if case.act is not None else ""
    kind, title, row = _BASES[stage]
    if stage in _CARRIED and not case.option("expert_opinion_carry_over"):
        kind = "committee_opinion"
    refs = announced(case) if stage == "selection_announcement" else (case.ref,)
    for ref in refs:
        yield title, ref, row, case.paper(kind, ref)


def _missing(case: Case) -> Iterable[Hit]:
    severity = Severity(case.option("expert_opinion_missing"))
    for title, ref, row, paper in _opinions(case):
        if paper is None:
            yield Hit(
                message=f"{title}须以专家委评审意见为重要依据，尚无意见。",
                item=ref,
                severity=severity,
                rows=("ZJ-4-2-b", row),
            )


def _against(case: Case) -> Iterable[Hit]:
    for title, ref, row, paper in _opinions(case):
        if paper is not None and paper.attributes.get("result") == "negative":
            yield Hit(
                message=f"{title}的决定与专家意见不一致，专家意见不是否决，已记录。", item=ref, rows=("ZJ-4-2-b", row)
            )


_ROWS = ("ZJ-4-2-b", "ZJ-4-2-b1", "ZJ-4-2-b2", "ZJ-4-2-b3", "ZJ-4-2-b4", "ZJ-4-2-b5")

OPINION_GATES = (
    gate("G50", "expert_opinion_missing", "没有专家意见", reading("ZJ-Q20", *_ROWS), *_POINTS, check=_missing),
    gate("G51", "expert_opinion_against", "与专家意见不一致", reading("ZJ-Q20", *_ROWS), *_POINTS, check=_against, severity=WARN),
)  # fmt: skip
