"""D01 to D31 of the sheet: no article asks for a seal or prescribes a form; where the act is asked, a record does."""

from typing import Any

from core.policy.rules.citations import Citation, cite
from core.policy.rules.papers import DocumentType
from plugins.zhuhai.jiebang.roles import BIDDER, INTENDING
from plugins.zhuhai.roles import BUREAU, FINANCE, UNIT, WORKGROUP


def _paper(code: str, key: str, title: str, on: Citation, *by: str, **more: Any) -> DocumentType:
    return DocumentType(key=key, code=f"ZH-D{code}", title=title, citation=on, from_roles=by or (UNIT,), **more)


_RECORD: dict[str, Any] = {"record": True}

PLAN_PARTS = (
    ("functions", "功能"), ("performance", "性能"), ("service_content", "服务内容"), ("service_standards", "服务标准"),
    ("other_outputs", "其他产出目标"), ("route", "技术路线及其优势"), ("risks", "风险及其管控措施"), ("estimate", "经费估算"),
    ("funding_plan", "资金投入计划"), ("stage_goals", "阶段性目标"),
)  # fmt: skip

PAPERS = (
    _paper("01", "demand_note", "揭榜需求", cite("ZH-4-3", "ZH-6-2", "ZH-6-D1"), UNIT, BUREAU),
    _paper("02", "open_data_list", "可开放共享的公共数据资源清单", cite("ZH-6-D2")),
    _paper("03", "lawful_path_note", "社会数据资源合法获取路径说明", cite("ZH-6-D2")),
    _paper("04", "support_commitment", "配套支持承诺", cite("ZH-6-D3")),
    _paper("05", "compliance_statement", "数据安全、隐私保护合规说明", cite("ZH-6-D4"), **_RECORD),
    _paper("06", "assessment_opinion", "发榜组织方评估意见", cite("ZH-8-1", "ZH-2-2"), BUREAU, aliases=("evaluation_opinion",)),
    _paper("07", "formal_demand", "揭榜制项目正式需求", cite("ZH-8-2", "ZH-8-3")),
    _paper("08", "finance_opinion", "市财政局意见", cite("ZH-8-4"), FINANCE, BUREAU),
    _paper("09", "call_announcement", "发榜公告", cite("ZH-8-5"), BUREAU, aliases=("bang_announcement",)),
    _paper("10", "matching_record", "需求交流会记录", cite("ZH-9-1", "ZH-9-2"), BUREAU, UNIT, **_RECORD),
    _paper("11", "bidder_statement", "揭榜方条件材料", cite("ZH-6-B1", "ZH-6-B2", "ZH-6-B3"), INTENDING, **_RECORD),
    _paper("12", "implementation_plan", "项目实施方案", cite("ZH-9-4", "ZH-6-B4"), INTENDING, parts=tuple(k for k, _ in PLAN_PARTS)),
    _paper("13", "initial_opinion", "发榜需求方初步意见", cite("ZH-9-5"), UNIT),
    _paper("14", "adoption_report", "拟采纳方案报审", cite("ZH-9-6")),
    _paper("15", "preliminary_argumentation_opinion", "初步论证意见", cite("ZH-10-1"), BUREAU, aliases=("argumentation_opinion",)),
    _paper("16", "workgroup_decision", "协调工作组审批意见", cite("ZH-10-2"), BUREAU, WORKGROUP),
    _paper("17", "public_notice", "公示", cite("ZH-10-3"), BUREAU),
    _paper("18", "selection_announcement", "揭榜公告", cite("ZH-10-5"), BUREAU, aliases=("jiebang_announcement",)),
    _paper("19", "cooperation_agreement", "揭榜制项目合作协议", cite("ZH-11-1", "ZH-11-3"), UNIT, BIDDER),
    _paper("20", "progress_record", "项目进度记录", cite("ZH-6-B5", "ZH-19-2"), BIDDER, UNIT, **_RECORD),
    _paper("21", "acceptance_conclusion", "验收结论", cite("ZH-13-1")),
    _paper("22", "acceptance_result_report", "验收结果报送", cite("ZH-13-2"), UNIT, recipients=()),
    _paper("23", "subsidy_application_bidder", "揭榜方资金补助申请", cite("ZH-14-1"), BIDDER),
    _paper("24", "subsidy_application_forward", "发榜需求方资金补助申请", cite("ZH-14-2")),
    _paper("25", "construction_plan", "与验收情况相符的建设方案", cite("ZH-14-3"), UNIT, BIDDER, BUREAU),
    _paper("26", "benefit_evidence", "研发成果及转化收益", cite("ZH-14-4"), BIDDER, UNIT, **_RECORD),
    _paper("27", "fm_application", "延期或终止申请", cite("ZH-20-1", "ZH-20-2"), UNIT, BIDDER),
    _paper("28", "payment_application", "项目补助资金支付申请", cite("ZH-4-5"), BUREAU),
    _paper("29", "procurement_record", "政府采购记录", cite("ZH-15-1")),
    _paper("30", "evaluation_result", "绩效评价结果", cite("ZH-4-1"), BUREAU),
    _paper("31", "subsidy_annual_total", "年度资金补助总额批复", cite("ZH-4-4"), FINANCE),
)  # fmt: skip
