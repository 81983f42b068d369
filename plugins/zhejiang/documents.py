"""The papers of the measures, D01 to D34; the text asks for a seal nowhere and attaches no form (ZJ-Q39)."""

from typing import Any

from core.policy.rules.citations import Citation, cite, reading
from core.policy.rules.papers import DocumentType
from plugins.zhejiang.roles import (
    APPROVER,
    BUREAU,
    BUYER,
    CANDIDATE,
    COMMITTEE,
    DRC,
    FINANCE,
    FUNDER,
    GROUP,
    LEAD,
    OVERSIGHT,
    PROPOSER,
    SUBJECT,
    TASK_FORCE,
)


def _paper(code: str, key: str, title: str, on: Citation, *roles: str, **more: Any) -> DocumentType:
    return DocumentType(key=key, code=f"ZJ-{code}", title=title, citation=on, from_roles=roles, **more)


_RECORD: dict[str, Any] = {"record": True}

DOCUMENTS = (
    _paper("D01", "three_lists", "多跨场景应用“三张清单”", reading("ZJ-Q03", "ZJ-1-2-b", "ZJ-3-1-d", "ZJ-3-2-b"), PROPOSER, TASK_FORCE, form_missing=True),
    _paper("D02", "collection_materials", "规定格式的征集材料", cite("ZJ-3-1-c"), PROPOSER, form_missing=True),
    _paper("D03", "study_opinion", "研究论证意见", cite("ZJ-3-2-a"), TASK_FORCE, LEAD, COMMITTEE),
    _paper("D04", "major_project_proposal", "重大应用项目建议", cite("ZJ-3-2-b", "ZJ-3-2-c"), TASK_FORCE),
    _paper("D05", "ledger_record", "“一本账”记录", cite("ZJ-3-2-c"), GROUP, **_RECORD),
    _paper("D06", "application_form", "项目申报书", reading("ZJ-Q07", "ZJ-2-3-a"), TASK_FORCE, LEAD, PROPOSER),
    _paper("D07", "competition_materials", "竞争申请材料", cite("ZJ-3-3-a"), CANDIDATE),
    _paper("D08", "feasibility_report", "可行性研究报告", cite("ZJ-3-3-a", "ZJ-3-4-a"), CANDIDATE),
    _paper("D09", "drc_opinion", "同级发展改革部门意见", cite("ZJ-3-3-c1"), DRC),
    _paper("D10", "finance_opinion", "同级财政部门意见", cite("ZJ-3-3-c2"), FINANCE),
    _paper("D11", "supplier_eligibility", "符合承接主体规定的证明", cite("ZJ-3-3-d"), CANDIDATE),
    _paper("D12", "review_opinion", "评审意见", cite("ZJ-3-4-c"), LEAD, COMMITTEE),
    _paper("D13", "proposed_list", "拟入选项目主体名单", cite("ZJ-3-4-d"), LEAD),
    _paper("D14", "notice_record", "公示记录", reading("ZJ-Q08", "ZJ-3-5-a"), TASK_FORCE, **_RECORD),
    _paper("D15", "announcement", "确认项目主体公告", cite("ZJ-3-5-a"), TASK_FORCE),
    _paper("D16", "subject_agreement", "入选协议", cite("ZJ-3-5-b"), LEAD, SUBJECT),
    _paper("D17", "approval_document", "立项批复", cite("ZJ-3-6-c", "ZJ-3-6-g"), APPROVER),
    _paper("D18", "fund_application", "项目资金申请", cite("ZJ-3-6-d"), SUBJECT, FUNDER),
    _paper("D19", "refined_plan", "细化的建设方案和工作专班名单", cite("ZJ-3-6-e"), SUBJECT),
    _paper("D20", "procurement_result", "政府采购结果", cite("ZJ-3-6-f"), SUBJECT),
    _paper("D21", "financing_proof", "社会资金筹措证明", cite("ZJ-3-6-h"), SUBJECT),
    _paper("D22", "tender_result", "项目服务招投标结果", reading("ZJ-Q17", "ZJ-3-6-i"), SUBJECT, LEAD, BUYER),
    _paper("D23", "service_purchase_agreement", "政府购买服务协议", cite("ZJ-3-6-j"), BUYER, SUBJECT),
    _paper("D24", "progress_report", "进展报告", reading("ZJ-Q37", "ZJ-1-3-c"), SUBJECT),
    _paper("D25", "acceptance_application", "项目验收申请", cite("ZJ-3-7-a"), SUBJECT),
    _paper("D26", "acceptance_result", "评估验收结果", cite("ZJ-3-7-b"), LEAD, BUREAU),
    _paper("D27", "source_code", "应用源代码", cite("ZJ-3-8-f"), SUBJECT),
    _paper("D28", "property_confirmation", "成果和产权确认", cite("ZJ-3-8-f"), SUBJECT),
    _paper("D29", "performance_result", "绩效评估结果", cite("ZJ-3-8-b"), BUREAU, LEAD),
    _paper("D30", "best_application_list", "最佳应用清单", cite("ZJ-3-8-c"), BUREAU, LEAD),
    _paper("D31", "disqualification_record", "取消项目主体资格记录", cite("ZJ-3-7-e"), TASK_FORCE, **_RECORD),
    _paper("D32", "construction_funds_statement", "建设资金落实证明", cite("ZJ-3-6-l"), SUBJECT),
    _paper("D33", "supervision_record", "监督评估记录", cite("ZJ-4-2-f"), OVERSIGHT),
    _paper("D34", "expert_opinion_acceptance", "专家委验收意见", reading("ZJ-Q20", "ZJ-4-2-b5"), COMMITTEE),
    _paper("D38", "feasibility_approval", "可行性研究论证结论", cite("ZJ-3-5-c"), SUBJECT),
    _paper("D35", "guidance_note", "业务指导记录", cite("ZJ-4-3-a"), LEAD),
    _paper("D36", "participation_note", "提出单位参与意见", cite("ZJ-1-2-c"), PROPOSER),
    _paper("D37", "committee_opinion", "专家委意见", cite("ZJ-4-2-a"), COMMITTEE),
)  # fmt: skip
