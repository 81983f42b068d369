"""The text this plugin rests on, what its expiry does, and what it says of projects begun before it (第四十三、四十五条)."""

from datetime import date

from core.policy.cases.case import Case
from core.policy.rules.citations import cite, reading
from core.policy.rules.regulation import OnExpiry, Regulation, Transition

EFFECTIVE_ON = date(2024, 5, 24)
EXPIRES_ON = date(2026, 5, 24)


def approved_before(case: Case) -> bool:
    """Approved before the measure came into force."""
    return bool(case.find("approved_before"))


def signed_before(case: Case) -> bool:
    """The contract was signed before the measure came into force."""
    contract = case.main_contract()
    return contract is not None and contract.signed_on is not None and contract.signed_on < EFFECTIVE_ON


LEGACY = Transition(
    key="approved_earlier",
    title="施行前已批准的项目按所处环节继续办理",
    applies=approved_before,
    enters="stage_reached",
    citation=cite("JJ-43-1"),
)
BY_CONTRACT = Transition(
    key="signed_earlier",
    title="施行前已签合同的项目按合同约定的时间执行",
    applies=signed_before,
    terms=(
        ("trial_run_below_limit", "trial_run_ends_on"),
        ("trial_run_over_limit", "trial_run_ends_on"),
        ("final_acceptance", "final_acceptance_due_on"),
        ("completion_application_below_limit", "completion_application_due_on"),
        ("completion_application_over_limit", "completion_application_due_on"),
    ),
    citation=cite("JJ-43-2"),
)

REGULATIONS = (
    Regulation(
        key="measures",
        title="九江市数字化项目建设管理办法(试行)",
        number="",
        issued_by="九江市人民政府办公室",
        effective_on=EFFECTIVE_ON,
        expires_on=EXPIRES_ON,
        on_expiry=OnExpiry.REFUSE_NEW,
        expiry_option="on_expiry",
        transitions=(LEGACY, BY_CONTRACT),
        supersedes="九府办发〔2019〕29号",
        edition="2024",
        published_at="中国九江网 000014349/2024-00550",
        citation=reading("JJ-Q02", "JJ-45-1", "JJ-45-2"),
    ),
)
