"""What runs beside the main line: changes, their filing, supplements, terminations, evaluations on demand."""

from core.policy.cases.case import Case
from core.policy.rules.citations import cite, reading
from core.policy.rules.flow import Ends, Outcome, OutcomeKind, Stage, StageKind, to
from core.policy.rules.tracks import SideProcess
from plugins.baiyun.changing import ESTABLISHMENT_CHANGE, PROCUREMENT_CHANGE, is_approved
from plugins.baiyun.roles import BUREAU, PROJECT
from plugins.baiyun.stages.evaluation import EVALUATION_BY_CHOICE, may_be_evaluated
from plugins.baiyun.stages.shapes import ANEW, SIDE, demand, filing, negative

CHANGE_FILING = SideProcess(
    key="change_filing",
    title="变更备案",
    opened_by=(PROJECT,),
    on_fact="change_completed_on",
    exclusive=False,
    citation=cite("BY-34-b", "BY-36-a", "BY-36-b", "BY-A3-6"),
    stages=(
        filing(
            "change_filing",
            "变更备案",
            cite("BY-36-b"),
            nxt=to(""),
            papers=(
                demand(
                    "implementation_change_materials",
                    "change_filing_incomplete",
                    cite("BY-34-a", "BY-36-b"),
                    **ANEW,
                ),
            ),
            records=("change_touches_ip",),
            **SIDE,
        ),
    ),
)

SUPPLEMENT_FILING = SideProcess(
    key="supplement_filing",
    title="补充协议备案",
    opened_by=(PROJECT,),
    on_contract="supplementary",
    exclusive=False,
    citation=cite("BY-26-d", "BY-A3-5"),
    stages=(
        filing(
            "supplement_filing",
            "补充协议备案",
            cite("BY-26-d"),
            nxt=to(""),
            papers=(demand("supplementary_agreement", "contract_papers_missing", cite("BY-26-d"), per_ref=True),),
            repeats=True,
            scope="contract",
            **SIDE,
        ),
    ),
)


def _may_end(case: Case) -> bool:
    """From the approval, or a micro project's passed plan; before that the unit may withdraw freely (BY-Q54)."""
    return is_approved(case) or (case.track == "micro" and case.result("plan_review") == "pass")


TERMINATION = SideProcess(
    key="termination",
    title="项目终止",
    opened_by=(PROJECT,),
    when=_may_end,
    citation=cite("BY-37", "BY-38-a", "BY-A3-7"),
    stages=(
        filing(
            "termination_filing",
            "终止备案",
            cite("BY-38-a", "BY-A3-7"),
            papers=(demand("termination_statement", "termination_papers_missing", cite("BY-38-a"), per_ref=True),),
            asks=("remaining_money", "assets_formed"),
            outcomes=(
                Outcome(
                    key="lodged",
                    title="备案",
                    kind=OutcomeKind.FORWARD,
                    citation=cite("BY-38-a", "BY-38-b", "BY-35-b"),
                    ends=Ends.TERMINATED,
                ),
            ),
            scope="lot",
            **SIDE,
        ),
    ),
)

EVALUATION = SideProcess(
    key="evaluation_by_choice",
    title="效能第三方评估（按需）",
    opened_by=(BUREAU,),
    when=may_be_evaluated,
    after_end=True,
    citation=cite("BY-51-d", "BY-52-2", "BY-52-3"),
    stages=(EVALUATION_BY_CHOICE,),
)

REFUSAL = SideProcess(
    key="filing_refusal",
    title="认定拒不整改",
    opened_by=(BUREAU,),
    when=lambda case: case.is_open("acceptance_filing_rectification", case.ref or None),
    citation=cite("BY-48-d"),
    stages=(
        Stage(
            key="filing_refusal",
            title="认定拒不整改",
            kind=StageKind.NOTICE,
            actors=(BUREAU,),
            citation=cite("BY-48-d"),
            outcomes=(
                negative(
                    "refused",
                    "拒不整改",
                    reading("BY-Q30", "BY-48-d"),
                    next=to("filing_failed"),
                    reopens=("acceptance_filing_rectification",),
                ),
            ),
            scope="lot",
            **SIDE,
        ),
    ),
)

SIDES = (
    ESTABLISHMENT_CHANGE,
    PROCUREMENT_CHANGE,
    CHANGE_FILING,
    SUPPLEMENT_FILING,
    TERMINATION,
    REFUSAL,
    EVALUATION,
)
