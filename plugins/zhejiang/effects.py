"""What follows from history (ZJ-3-5-c, 3-7-e, 3-8-f, 4-1-b): derived from dates, on one subject, one project, or all."""

from core.policy.cases.case import Case
from core.policy.cases.standing import Standing
from core.policy.rules.citations import cite, reading
from core.policy.rules.gating import Effect, EffectHit, Target
from plugins.zhejiang.history import LOST, disqualified
from plugins.zhejiang.stages.shapes import CLASS1


def _selected(standing: Standing, _: Case) -> EffectHit | None:
    on = standing.passed("selection_announcement", "announced")
    return EffectHit(since=on, reason="入选视同完成可行性研究论证") if on is not None else None


def _asset(standing: Standing, _: Case) -> EffectHit | None:
    on = standing.passed("market_listing", "listed") if standing.track == CLASS1 else None
    return EffectHit(since=on, reason="第一类应用已上架，登记为国有资产") if on is not None else None


def _included(standing: Standing, _: Case) -> EffectHit | None:
    on = standing.passed("library_publication", "published")
    if on is None:
        return None
    return EffectHit(
        since=on, reason="已纳入项目库，其他市县、单位不得再重复建设", evidence={"kind": standing.fact("app_kind")}
    )


EFFECTS = (
    Effect(
        key=LOST, code="ZJ-E01", title="取消项目主体资格", target=Target.ENTRY, act="bar", cure="无；只及于本项目的该主体",
        citation=reading("ZJ-Q12", "ZJ-3-7-e"), from_entry=disqualified,
    ),
    Effect(
        key="feasibility_deemed_complete", code="ZJ-E02", title="视同完成可行性研究论证", target=Target.PROJECT, act="deem",
        cure="无", citation=cite("ZJ-3-5-c"), from_project=_selected,
    ),
    Effect(
        key="state_asset", code="ZJ-E03", title="登记为国有资产", target=Target.PROJECT, act="record", cure="无",
        citation=cite("ZJ-3-8-f"), from_project=_asset,
    ),
    Effect(
        key="rebuild_barred", code="ZJ-E04", title="全省不得重复建设", target=Target.TREE, act="bar", cure="项目库条目关闭",
        citation=reading("ZJ-Q22", "ZJ-4-1-b"), from_project=_included,
    ),
)  # fmt: skip
