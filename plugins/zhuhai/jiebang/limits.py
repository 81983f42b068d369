"""The two periods the guidelines fix, and the one the parties agree on; every other step has no limit in the text."""

from core.kernel.workdays import LimitKind, Roll, Unit
from core.policy.cases.case import Case
from core.policy.rules.citations import by_reference, cite, reading
from core.policy.rules.flow import Ends
from core.policy.rules.limits import PUBLISHED, Lapse, OnLate, TimeLimit, closed, fact_date
from plugins.zhuhai.jiebang import thresholds as number
from plugins.zhuhai.jiebang.roles import BIDDER
from plugins.zhuhai.roles import BUREAU, UNIT


def _has_not_applied(case: Case) -> bool:
    """The month runs once: sent back for correction, the first application still counts (ZH-Q05)."""
    return not any(run.closed_on is not None for run in case.runs("subsidy_application", case.ref))


LIMITS = (
    TimeLimit(
        key="public_notice", code="ZH-L01", title="向社会公示", kind=LimitKind.MINIMUM, roll=Roll.NONE,
        amount=number.NOTICE_WORKDAYS, unit=Unit.WORKDAY, stage="public_notice", start=PUBLISHED, owner=BUREAU,
        on_late=OnLate.NONE, citation=cite("ZH-10-3"),
    ),
    TimeLimit(
        key="subsidy_application", code="ZH-L02", title="申请资金补助", kind=LimitKind.DEADLINE, roll=Roll.FORWARD,
        amount=number.SUBSIDY_MONTHS, unit=Unit.MONTH, stage="subsidy_application", start=closed("acceptance", "pass"),
        owner=BIDDER, on_late=OnLate.NONE, citation=reading("ZH-Q04", "ZH-14-1"), when=_has_not_applied,
        lapse=Lapse(
            ends=Ends.LAPSED, gate="subsidy_window_over", citation=reading("ZH-Q03", "ZH-14-1"),
            when=lambda case: case.option("subsidy_window_effect") == "block",
        ),
    ),
    TimeLimit(
        key="acceptance_report", code="ZH-L04", title="报送验收结果", kind=LimitKind.DEADLINE, roll=Roll.NONE,
        unit=Unit.WORKDAY, stage="acceptance_report", option="acceptance_report_workdays", owner=UNIT,
        when=lambda case: case.option("acceptance_report_workdays") is not None,
        citation=by_reference("ZH-13-2", note="规定时间未见于现有文本"),
    ),
    TimeLimit(
        key="implementation_period", code="ZH-L03", title="协议约定的实施期限", kind=LimitKind.AGREED, roll=Roll.NONE,
        stage="implementation", start=fact_date("agreed_until"), owner=UNIT, on_late=OnLate.NONE,
        citation=cite("ZH-8-2", "ZH-12-1"),
    ),
)  # fmt: skip
