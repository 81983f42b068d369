"""Building, initial acceptance, trial run and the opinion before final acceptance (建设、初验、试运行) (第二十九、三十九至四十五条)."""

from core.policy.cases.case import Case
from core.policy.cases.state import Contract
from core.policy.rules.citations import cite, reading
from core.policy.rules.flow import PanelRule, Review, Stage, StageKind, to
from plugins.baiyun.roles import BUREAU, PROJECT
from plugins.baiyun.stages.shapes import DETOUR, OBLIGATION, demand, filing, forward, is_build, negative, task


def own_contracts(case: Case) -> tuple[Contract, ...]:
    """The main contracts an act is about: those of its lot; all of them where no lot is named (BY-Q29)."""
    mains = case.contracts("main")
    own = tuple(c for c in mains if case.ref and case.ref in (c.id, c.lot))
    return own or tuple(c for c in mains if not c.lot) or mains


def contract_amount(case: Case) -> int:
    """The contract amount acceptance is judged by: contract by contract, never added up, the largest decides (BY-Q29)."""
    return max((c.amount_fen for c in own_contracts(case)), default=int(case.find("contract", 0)))


def holds_initial_acceptance(case: Case) -> bool:
    """Compulsory for building projects, the unit's choice for the others (第三十九条)."""
    return is_build(case) or bool(case.find("holds_initial_acceptance"))


def has_trial_run(case: Case) -> bool:
    """A trial run follows an initial acceptance that was held."""
    never = case.option("trial_run_for_other") == "never" and not is_build(case)
    return holds_initial_acceptance(case) and not never


IMPLEMENTATION = task(
    "implementation",
    "建设实施",
    cite("BY-29-5", "BY-51-c", "BY-34-a"),
    records=(
        "personnel_registered",
        "personnel_nda_complete",
        "progress_note",
        "indicators_collected",
        "maintained_object_upgrading",
        "holds_initial_acceptance",
        "data_aggregated",
        "is_key_project",
        "is_delayed",
    ),
    outcomes=(forward("complete", "建设内容完成", cite("BY-39-a", "BY-39-b"), opens=("self_evaluation",)),),
    scope="lot",
)

INITIAL_ACCEPTANCE = Stage(
    key="initial_acceptance",
    title="初步验收",
    kind=StageKind.REVIEW,
    actors=(PROJECT,),
    citation=cite("BY-39-a", "BY-39-b", "BY-A3-8"),
    when=holds_initial_acceptance,
    when_citation=cite("BY-39-b"),
    unbounded=True,
    outcomes=(
        forward("pass", "通过", cite("BY-39-a"), opens=("initial_acceptance_filing",)),
        negative("not_pass", "不通过", cite("BY-39-3"), next=to("initial_acceptance")),
    ),
    review=Review(
        citation=cite("BY-39-a"),
        panel=PanelRule(
            citation=reading("BY-Q25", "BY-5-2-c", "BY-39-1", "BY-39-2"),
            libraries=("expert_library",),
            random=False,
            library_gate="expert_library_wrong",
            meeting_when=lambda case: contract_amount(case) >= case.threshold("initial_acceptance_expert_min"),
            meeting_gate="expert_meeting_required",
        ),
    ),
    scope="lot",
)

INITIAL_ACCEPTANCE_FILING = filing(
    "initial_acceptance_filing",
    "初步验收备案",
    cite("BY-40", "BY-A3-8"),
    papers=(demand("initial_acceptance_materials", "acceptance_papers_missing", cite("BY-40"), per_ref=True),),
    scope="lot",
    **OBLIGATION,
)

TRIAL_RUN = Stage(
    key="trial_run",
    title="试运行",
    kind=StageKind.WAIT,
    actors=(PROJECT,),
    citation=cite("BY-41-a", "BY-41-b"),
    when=has_trial_run,
    when_citation=reading("BY-Q26", "BY-41-a", "BY-39-b"),
    records=("data_aggregated", "large_data_difference"),
    asks=("data_aggregated", "large_data_difference"),
    outcomes=(forward("ended", "试运行结束", cite("BY-41-b")),),
    papers=(
        demand(
            "data_difference_statement",
            "data_not_aggregated",
            cite("BY-42-b"),
            lambda case: bool(case.fact("large_data_difference")),
            per_ref=True,
        ),
    ),
    scope="lot",
)

_LOGS = demand("system_logs", "logs_missing", cite("BY-45-b"), is_build, per_ref=True)
_REPORT = demand(
    "self_evaluation_report", "self_evaluation_missing", cite("BY-45-b", "BY-51-c"), lambda case: not is_build(case)
)
_REQUEST = demand("pre_final_request", "pre_final_request_missing", cite("BY-45-a", "BY-A3-9"), per_ref=True)
_EVIDENCE = demand("security_evidence", "pre_final_request_missing", cite("BY-44"), per_ref=True)
_OPINION = demand(
    "pre_final_opinion", "pre_final_opinion_missing", cite("BY-45-c", "BY-45-d"), act="decide:agree", per_ref=True
)

PRE_FINAL_REQUEST = task(
    "pre_final_request",
    "终验前征求意见",
    cite("BY-45-a", "BY-A3-9"),
    papers=(_REQUEST, _EVIDENCE, _LOGS, _REPORT),
    records=("data_aggregated", "mlps_not_applicable_reason"),
    scope="lot",
)

PRE_FINAL_REVIEW = Stage(
    key="pre_final_review",
    title="最终验收前符合性审核",
    kind=StageKind.REVIEW,
    actors=(BUREAU,),
    citation=cite("BY-45-a", "BY-45-c"),
    unbounded=True,
    outcomes=(
        forward("agree", "同意组织终验", cite("BY-45-c")),
        negative("not_agree", "不同意", cite("BY-45-c"), next=to("pre_final_rectification")),
    ),
    papers=(_OPINION,),
    review=Review(
        citation=cite("BY-45-a"),
        items=(
            ("data_sharing", "数据资源共享", cite("BY-45-a")),
            ("network_security", "网络安全", cite("BY-45-a")),
            ("xinchuang", "信创适配性", cite("BY-45-a")),
            ("progress", "进度符合性", cite("BY-45-a")),
        ),
        defects=True,
    ),
    scope="lot",
)

PRE_FINAL_RECTIFICATION = task(
    "pre_final_rectification",
    "终验前整改",
    cite("BY-45-c"),
    nxt=to("pre_final_review"),
    records=("data_aggregated",),
    scope="lot",
    **DETOUR,
)

DELIVERY = (
    IMPLEMENTATION,
    INITIAL_ACCEPTANCE,
    INITIAL_ACCEPTANCE_FILING,
    TRIAL_RUN,
    PRE_FINAL_REQUEST,
    PRE_FINAL_REVIEW,
    PRE_FINAL_RECTIFICATION,
)
