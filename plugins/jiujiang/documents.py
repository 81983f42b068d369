"""The papers of the regulation (第七节材料), D01 to D60: sealed where the text asks for 盖章, and only there."""

from typing import Any

from core.policy.rules.citations import Citation, cite, reading
from core.policy.rules.papers import DocumentType
from plugins.jiujiang.forms import APPLICATION_FORM, TECHNICAL_PLAN
from plugins.jiujiang.parts import PLAN_PARTS
from plugins.jiujiang.roles import (
    AGENCY,
    APPROVERS,
    COORDINATOR,
    COUNTY_DATA,
    COUNTY_SECRECY,
    DATA,
    DRC,
    FINANCE,
    GOVERNMENT,
    GROUP,
    MEMBERS,
    OFFICE,
    OWNER,
    PARTY,
    PROJECT,
    PROVINCE_GROUP,
    PROVINCE_OFFICE,
    REVIEWERS,
    SECRECY,
)

_FILED = (PROJECT, COORDINATOR)
_BY_OWNER = {"from_roles": (OWNER,)}
_PLANNERS = {"from_roles": (PROJECT, COORDINATOR, OWNER)}


def _by(*roles: str, **more: Any) -> dict[str, Any]:
    return {"from_roles": roles} | more


def _reply(*roles: str) -> dict[str, Any]:
    """A reply or budget document, copied to the members of the joint review (第二十四条)."""
    return {"from_roles": roles, "copies": MEMBERS}


def _paper(code: str, key: str, title: str, on: Citation, **more: Any) -> DocumentType:
    values: dict[str, Any] = {"from_roles": _FILED}
    return DocumentType(key=key, code=f"JJ-{code}", title=title, citation=on, **(values | more))


DOCUMENTS = (
    _paper("D01", "demand", "数字化项目建设需求", cite("JJ-11-1"), recipients=(OFFICE,)),
    _paper("D02", "county_report", "县(市、区)统筹上报项目", cite("JJ-12-1"), **_by(COORDINATOR, recipients=(OFFICE,))),
    _paper("D03", "pool_evaluation_opinion", "入库论证评估意见", cite("JJ-11-2"), **_by(OFFICE)),
    _paper("D04", "pool_decision", "入库审定意见", cite("JJ-11-2"), **_by(GROUP, OFFICE)),
    _paper("D05", "provincial_evaluation_result", "省级论证评估结果", cite("JJ-13-3"), **_by(PROVINCE_OFFICE, OFFICE)),
    _paper(
        "D06", "application_form", "九江市数字化项目申报表", cite("JJ-17-2", "JJ-18-1", "JJ-A2-1"), sealed=True, form=APPLICATION_FORM,
        recipients=(OFFICE,), parts=("authority_opinion",),
    ),
    _paper(
        "D07", "technical_plan", "项目技术方案", cite("JJ-17-6", "JJ-18-2", "JJ-18-2a", "JJ-25-5b", "JJ-A2-2"), form=TECHNICAL_PLAN,
        parts=PLAN_PARTS, **_PLANNERS,
    ),
    _paper("D08", "information_protection_part", "信息防护内容", cite("JJ-18-2b")),
    _paper("D09", "graded_protection_plan", "分级保护建设方案", reading("JJ-Q12", "JJ-18-2c"), record=True),
    _paper("D10", "service_plan", "实施方案", cite("JJ-18-2d")),
    _paper("D11", "funding_plan", "筹资方案", cite("JJ-18-3", "JJ-A2-2-7")),
    _paper("D12", "vendor_quotes", "厂商项目报价", cite("JJ-18-3", "JJ-A2-2-7")),
    _paper("D13", "party_meeting_record", "党委（党组）会议研究同意材料", cite("JJ-17-4")),
    _paper("D14", "funding_suggestion", "资金筹措建议", cite("JJ-17-4")),
    _paper("D15", "county_meeting_record", "党委会议或政府办公会议审议通过材料", cite("JJ-17-5")),
    _paper("D16", "county_funding_source", "资金来源说明", cite("JJ-17-5")),
    _paper(
        "D17", "consultation_record", "领域主管部门、使用对象、服务对象意见", cite("JJ-17-6"),
        parts=("field_authority", "users", "served_parties"),
    ),
    _paper("D18", "major_deployment_basis", "重大部署依据", cite("JJ-17-3")),
    _paper("D19", "cloud_resource_list", "政务云资源需求清单", cite("JJ-18-2a", "JJ-A2-2-6")),
    _paper("D20", "data_resource_catalogue", "政务信息资源目录", cite("JJ-18-2a", "JJ-A2-2-6")),
    _paper("D21", "estimate_basis", "投资估算明细、定价依据和必要性材料", cite("JJ-A2-2-7", "JJ-A2-2-8"), parts=("pricing_basis",)),
    _paper("D22", "preliminary_review_opinion", "初步审核意见", cite("JJ-19-2"), **_by(OFFICE)),
    _paper("D23", "solutions", "备选解决方案", cite("JJ-19-3"), **_by(AGENCY, OFFICE)),
    _paper(
        "D24", "preliminary_argumentation_opinion", "初步论证意见", cite("JJ-19-4"), **_by(DATA),
        aliases=("preliminary_argument_opinion",),
    ),
    _paper("D25", "joint_review_opinion", "联合会审意见", cite("JJ-20-2"), **_by(*MEMBERS)),
    _paper("D26", "annual_decision", "领导小组审定意见", cite("JJ-20-2", "JJ-24-1"), **_by(GROUP, OFFICE)),
    _paper("D27", "provincial_review_opinion", "省级审核意见", cite("JJ-23-1"), **_by(PROVINCE_GROUP, OFFICE)),
    _paper("D28", "start_notice", "项目启动通知", cite("JJ-24-1"), **_by(OFFICE, recipients=(OWNER,)), aliases=("start_notice_doc",)),
    _paper("D29", "project_proposal", "项目建议书", cite("JJ-25-1a"), **_BY_OWNER),
    _paper("D30", "proposal_reply", "项目建议书批复", cite("JJ-25-1b", "JJ-24-4"), **_reply(*APPROVERS)),
    _paper(
        "D31", "feasibility_report", "可行性研究报告", cite("JJ-25-2a", "JJ-25-2b"), **_BY_OWNER, aliases=("feasibility_study",),
    ),
    _paper("D32", "technical_review_opinion", "技术评审意见", cite("JJ-25-2c"), **_by(*REVIEWERS, copies=(DRC,))),
    _paper("D33", "feasibility_reply", "可行性研究报告批复", cite("JJ-25-2d", "JJ-24-4"), **_reply(*APPROVERS)),
    _paper("D34", "preliminary_design", "初步设计", cite("JJ-25-3a"), **_BY_OWNER),
    _paper("D35", "design_expert_opinion", "初步设计专家评审意见", cite("JJ-25-3b"), **_by(*APPROVERS)),
    _paper("D36", "design_reply", "初步设计批复", cite("JJ-25-3b", "JJ-24-4"), **_reply(*APPROVERS)),
    _paper("D37", "project_budget", "项目预算", cite("JJ-25-4a"), **_BY_OWNER),
    _paper("D38", "budget_reply", "项目预算批复", cite("JJ-25-4b", "JJ-24-4"), **_reply(*APPROVERS)),
    _paper("D39", "establishment_filing_province", "立项备案材料", reading("JJ-Q16", "JJ-23-2"), **_by(OFFICE, recipients=(PROVINCE_OFFICE,))),
    _paper("D40", "county_approval", "县级立项批复", cite("JJ-21-2"), **_by(COORDINATOR)),
    _paper("D41", "county_filing", "县级立项报市备案", cite("JJ-21-2"), **_by(COORDINATOR, recipients=(OFFICE,))),
    _paper("D42", "superior_opinion", "上级主管部门意见", cite("JJ-14-4"), **_PLANNERS),
    _paper("D43", "executing_body_record", "项目实施机构和项目责任人", cite("JJ-28-1"), **_BY_OWNER),
    _paper("D44", "management_rules", "项目管理制度", cite("JJ-28-1", "JJ-28-2"), **_BY_OWNER),
    _paper("D45", "change_dossier", "变更报批材料", cite("JJ-29-1"), **_BY_OWNER),
    _paper("D46", "final_acceptance_report", "终验报告", cite("JJ-31-4"), **_BY_OWNER),
    _paper(
        "D47", "completion_application", "竣工验收申请", cite("JJ-31-5"), **_BY_OWNER, aliases=("completion_application_doc",),
    ),
    _paper("D48", "extension_request", "延期申请", reading("JJ-Q23", "JJ-31-8"), **_BY_OWNER),
    _paper("D49", "data_sharing_confirmation", "数据共享情况确认", cite("JJ-31-9"), **_by(*REVIEWERS)),
    _paper("D50", "secure_product_confirmation", "软硬件产品安全可靠情况确认", cite("JJ-31-9"), **_by(SECRECY, COUNTY_SECRECY)),
    _paper("D51", "crypto_confirmation", "密码应用及安全性评估情况确认", cite("JJ-31-9"), **_by(SECRECY, COUNTY_SECRECY)),
    _paper("D52", "acceptance_opinion", "竣工验收意见", cite("JJ-32-1"), **_by(DATA, COUNTY_DATA)),
    _paper(
        "D53", "acceptance_filing_province", "竣工验收情况备案", cite("JJ-32-2", "JJ-32-3"), **_by(DATA, recipients=(PROVINCE_OFFICE,)),
        aliases=("acceptance_filing",),
    ),
    _paper(
        "D54", "self_evaluation_report", "项目建设应用绩效自评报告", cite("JJ-39"), **_by(OWNER, PROJECT, recipients=(DRC, FINANCE, DATA)),
    ),
    _paper("D55", "key_evaluation_result", "重点绩效评价结果及整改意见", cite("JJ-40-1"), **_by(DATA, FINANCE)),
    _paper("D56", "rectification_report", "整改情况", cite("JJ-40-2"), **_BY_OWNER),
    _paper("D57", "om_plan", "项目运维实施方案", cite("JJ-35-1"), **_by(OWNER, PROJECT, recipients=(DATA,))),
    _paper("D58", "om_budget_proposal", "下一年度运维项目预算建议", cite("JJ-35-2"), **_by(DATA, FINANCE), aliases=("om_budget_proposal_doc",)),
    _paper("D59", "public_om_plan", "公共项目运维实施方案", cite("JJ-36-1", "JJ-36-2"), **_by(DATA, SECRECY)),
    _paper("D60", "ex_ante_evaluation", "事前绩效评估", cite("JJ-5-5"), **_by(OWNER, PROJECT)),
    _paper("D61", "om_decision", "运维经费审定意见", cite("JJ-35-2", "JJ-36-1", "JJ-36-2"), **_by(GOVERNMENT, PARTY, OFFICE)),
)  # fmt: skip
