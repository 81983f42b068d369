"""The papers of the regulation (第七节材料), D01 to D62: sealed where the text asks for 盖章, and only there."""

from typing import Any

from core.policy.rules.citations import Citation, cite, reading
from core.policy.rules.papers import DocumentType
from plugins.baiyun.roles import BUREAU, FINANCE, GOVERNMENT, PROJECT

_SEAL: dict[str, Any] = {"sealed": True}
_FORM: dict[str, Any] = {"form_missing": True}
_OFFICE: dict[str, Any] = {"from_roles": (BUREAU, GOVERNMENT, "expert")}
_BOTH: dict[str, Any] = {"from_roles": (PROJECT, BUREAU)}


def _paper(code: str, key: str, title: str, on: Citation, **more: Any) -> DocumentType:
    values: dict[str, Any] = {"from_roles": (PROJECT,)}
    return DocumentType(key=key, code=f"BY-{code}", title=title, citation=on, **(values | more))


DOCUMENTS = (
    _paper("D01", "development_plan", "信息化发展规划", cite("BY-8", "BY-12-a", "BY-A3-1"), register="development_plans"),
    _paper("D02", "special_plan", "专项信息化规划", cite("BY-8"), register="development_plans"),
    _paper("D03", "asset_catalogue", "信息化资产目录", cite("BY-10-a", "BY-22-10"), register="asset_catalogue"),
    _paper("D04", "unit_data_catalogue", "数据资源目录", cite("BY-10-b"), register="unit_data_catalogue"),
    _paper("D05", "cycle_notice", "立项申报正式通知", cite("BY-14-a"), from_roles=(BUREAU,)),
    _paper("D06", "application_form", "立项计划申报表", reading("BY-Q44", "BY-15-a"), **_FORM, aliases=("plan_application_form",)),
    _paper("D07", "gov_data_list_new", "政务数据清单（拟建系统）", cite("BY-15-b"), **_SEAL),
    _paper("D08", "gov_data_list_past", "政务数据清单（往期重要系统）", cite("BY-15-b"), **_SEAL),
    _paper("D09", "feasibility_report", "可行性研究报告", cite("BY-15-c")),
    _paper(
        "D10", "off_window_consent", "窗口期外申报的书面同意意见", reading("BY-Q15", "BY-14-c"),
        parts=("finance", "district_leader"),
    ),
    _paper("D11", "plan_expert_opinion", "立项计划专家评审意见", cite("BY-16-f"), **_OFFICE),
    _paper("D12", "scheme", "立项方案", cite("BY-17-a", "BY-17-2-a")),
    _paper("D13", "need_self_check", "立项需求自查表", cite("BY-17-a", "BY-18"), **_SEAL, **_FORM),
    _paper("D14", "data_need_list", "数据资源需求清单", cite("BY-17-4")),
    _paper("D15", "project_data_catalogue", "项目数据资源目录", cite("BY-17-4")),
    _paper("D16", "data_sharing_catalogue", "数据资源共享目录", cite("BY-17-4")),
    _paper("D17", "crypto_plan", "密码保障系统方案", cite("BY-17-3")),
    _paper("D18", "cloud_need", "区政务云资源需求及测算依据", cite("BY-55")),
    _paper("D19", "secure_route_statement", "安全可靠技术路线说明", cite("BY-11-6", "BY-22-14")),
    _paper("D20", "plan_difference_note", "方案与计划差异说明", cite("BY-31-1"), **_SEAL),
    _paper("D21", "initial_review_adjustment_note", "初审调整说明", cite("BY-31-2"), **_SEAL),
    _paper("D22", "post_expert_adjustment_note", "专家评审后调整说明", cite("BY-31-3-a"), **_SEAL),
    _paper("D23", "post_cost_adjustment_note", "造价评审后调整说明", cite("BY-31-4-a"), **_SEAL),
    _paper("D24", "expert_demonstration", "专家论证意见", cite("BY-31-3-b", "BY-31-4-b")),
    _paper("D25", "change_cost_report", "项目变更第三方造价报告", cite("BY-31-4-b", "BY-33-3-b")),
    _paper("D26", "expert_review_opinion", "专家评审意见", cite("BY-20-2-c"), **_OFFICE),
    _paper("D27", "cost_review_report", "造价评审报告", reading("BY-Q59", "BY-20-3"), **_BOTH),
    _paper("D28", "approval_document", "立项批复", reading("BY-Q07", "BY-20-4-a"), **_OFFICE, aliases=("approval",)),
    _paper("D29", "final_scheme_scan", "最终立项方案盖章扫描件", cite("BY-21-a", "BY-A3-3"), **_SEAL),
    _paper("D30", "micro_filing_form", "项目备案表", cite("BY-19-1-b", "BY-A3-2"), **_SEAL, **_FORM),
    _paper("D31", "procurement_self_check", "采购需求自查表", reading("BY-Q19", "BY-24-a", "BY-A3-4"), **_FORM),
    _paper("D32", "procurement_plan", "采购需求调查与采购实施计划", cite("BY-25")),
    _paper("D33", "procurement_documents", "采购文件", reading("BY-Q20", "BY-26-c"), copies=(BUREAU,)),
    _paper("D34", "contract", "采购合同", reading("BY-Q20", "BY-26-c", "BY-28"), copies=(BUREAU,)),
    _paper("D35", "nda", "保密协议", reading("BY-Q20", "BY-26-b"), copies=(BUREAU,)),
    _paper("D36", "supplementary_agreement", "补充协议", cite("BY-26-d", "BY-A3-5")),
    _paper("D37", "procurement_change_materials", "采购阶段变更材料", cite("BY-32-a")),
    _paper("D38", "change_statement", "变更说明", cite("BY-33-3-a", "BY-33-3-b")),
    _paper("D39", "amended_scheme", "修改后的立项方案", cite("BY-33-2", "BY-33-3-a", "BY-33-3-b")),
    _paper("D40", "change_opinion", "变更审核意见", cite("BY-32-b"), from_roles=(BUREAU,), copies=(FINANCE,)),
    _paper("D41", "personnel_register", "从业人员实名登记", cite("BY-29-3-b"), record=True),
    _paper("D42", "personnel_nda", "从业人员安全保密协议", cite("BY-29-3-b")),
    _paper("D43", "progress_report", "项目进展情况", reading("BY-Q52", "BY-29-5"), record=True),
    _paper("D44", "implementation_change_materials", "变更材料", cite("BY-34-a", "BY-36-b")),
    _paper("D45", "ip_update", "知识产权类型和申请计划更新", cite("BY-35-a")),
    _paper(
        "D46", "termination_statement", "项目终止说明材料", cite("BY-38-a", "BY-A3-7"), recipients=(BUREAU, FINANCE),
    ),
    _paper("D47", "initial_acceptance_materials", "初步验收资料", cite("BY-40", "BY-A3-8")),
    _paper("D48", "data_difference_statement", "数据差异说明", cite("BY-42-b"), **_SEAL),
    _paper("D49", "mlps_report", "网络安全等级保护测评报告", cite("BY-43")),
    _paper("D50", "security_evidence", "信创、商用密码、网络安全、数据安全审查情况", cite("BY-44")),
    _paper("D51", "pre_final_request", "终验前征求意见函", cite("BY-45-a", "BY-A3-9")),
    _paper("D52", "system_logs", "系统日志", cite("BY-45-b"), parts=("login_log", "operation_log")),
    _paper(
        "D53", "self_evaluation_report", "效能自评估报告", cite("BY-51-a", "BY-54-a"),
        parts=("ip_plan", "rights_transfer", "later_operation"),
    ),
    _paper("D54", "pre_final_opinion", "同意组织终验意见", cite("BY-45-c", "BY-45-d"), from_roles=(BUREAU,), copies=(FINANCE,)),
    _paper("D55", "final_acceptance_materials", "最终验收材料", cite("BY-47-a")),
    _paper("D56", "final_acceptance_conclusion", "最终验收审核结论", cite("BY-47-a", "BY-A3-9")),
    _paper("D57", "acceptance_filing_application", "验收备案申请及清单材料", cite("BY-48-a", "BY-A3-10"), **_FORM),
    _paper("D58", "rectification_statement", "整改情况说明", cite("BY-48-c")),
    _paper(
        "D59", "third_party_evaluation_report", "效能第三方评估报告", cite("BY-52-1", "BY-54-a"), from_roles=(BUREAU,),
        parts=("ip_plan", "rights_transfer", "later_operation"),
    ),
    _paper("D60", "evaluation_rectification_record", "评估问题整改记录", cite("BY-53-3"), record=True),
    _paper("D61", "new_media_consent", "政务新媒体审批备案文件", cite("BY-11-8")),
    _paper("D62", "acceptance_system_consent", "自建受理审批系统同意意见", cite("BY-11-9"), **_BOTH),
    _paper("D63", "change_consent", "立项阶段变更同意意见", cite("BY-31-3-a", "BY-31-4-a", "BY-A3-6"), from_roles=(BUREAU,)),
)  # fmt: skip
