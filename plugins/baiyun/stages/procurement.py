"""Need filing, procurement and the filing of contracts (采购), and the micro project's own filing (第十九、二十三至二十八条)."""

from core.policy.rules.citations import cite, reading
from core.policy.rules.flow import Stage, StageKind
from plugins.baiyun.roles import PROJECT
from plugins.baiyun.stages.shapes import OBLIGATION, demand, filing, forward

MICRO_FILING = filing(
    "micro_filing",
    "小微项目备案",
    cite("BY-19-1-b", "BY-A3-2"),
    papers=(demand("micro_filing_form", "micro_paper_missing", cite("BY-A3-2"), sealed=True),),
    **OBLIGATION,
)

PROCUREMENT_NEED_FILING = filing(
    "procurement_need_filing",
    "采购需求备案",
    cite("BY-24-a", "BY-A3-4"),
    asks=("need_matches_scheme",),
    papers=(demand("procurement_self_check", "need_filing_missing", cite("BY-24-a")),),
)

PROCUREMENT = Stage(
    key="procurement",
    title="采购",
    kind=StageKind.TASK,
    actors=(PROJECT,),
    citation=cite("BY-19-1-b", "BY-24-a"),
    asks=("procurement_method",),
    records=("procurement_started_on",),
    outcomes=(forward("signed", "已签订合同", cite("BY-26-c")),),
    scope="lot",
    repeats=True,
)

CONTRACT_FILING = filing(
    "contract_filing",
    "采购合同备案",
    reading("BY-Q20", "BY-26-c", "BY-A3-5"),
    papers=(
        demand("procurement_documents", "contract_papers_missing", cite("BY-26-c"), per_ref=True),
        demand("contract", "contract_papers_missing", cite("BY-26-c"), per_ref=True),
        demand("nda", "nda_missing", cite("BY-26-b"), per_ref=True),
    ),
    scope="lot",
    repeats=True,
)

CONTRACTING = (PROCUREMENT, CONTRACT_FILING)
