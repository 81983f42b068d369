"""The one set of papers (一套材料), P01 to P08: handed in once, present wherever they are asked for again."""

from typing import Any

from core.policy.rules.citations import Citation, by_reference, cite
from core.policy.rules.papers import DocumentType
from plugins.zhuhai.plan.roles import CENTRE, COMMITTEE, DEPT_CDO, DISTRICT_BUREAU, GOV_CDO
from plugins.zhuhai.regulations import NOT_SUPPLIED
from plugins.zhuhai.roles import BUREAU, UNIT

_RECORD: dict[str, Any] = {"record": True}
_OFFICE: dict[str, Any] = {"from_roles": (BUREAU, DISTRICT_BUREAU)}


def _paper(code: str, key: str, title: str, on: Citation, **more: Any) -> DocumentType:
    return DocumentType(key=key, code=f"ZH-{code}", title=title, citation=on, **({"from_roles": (UNIT,)} | more))


PAPERS = (
    _paper("D32", "declaration_form", "项目申报表单", cite("ZHP-10-1-18"), **_RECORD, aliases=("application_form",)),
    _paper("D33", "materials_set", "申报材料（一套材料）", by_reference("ZHP-10-1-19", note=NOT_SUPPLIED), form_missing=True),
    _paper(
        "D34", "data_resource_registration", "信息化项目数据资源登记", cite("ZHP-8-2-1", "ZHP-8-2-2"), register="data_resource_book",
        from_roles=(UNIT, CENTRE),
    ),
    _paper("D35", "om_fund_plan", "运维经费预算与资金使用计划", cite("ZHP-12-2-6"), aliases=("om_plan",)),
    _paper("D36", "security_dossier", "等级保护、密码应用及评估、统一身份接入材料", cite("ZHP-3-6-1", "ZHP-9-3-1"), **_RECORD),
    _paper(
        "D37", "project_evaluation", "绩效评价或项目后评价结果", cite("ZHP-10-1-9", "ZHP-12-5-2"), register="evaluation_results", **_OFFICE,
    ),
    _paper("D38", "cdo_opinion", "首席数据官统筹意见", cite("ZHP-10-1-2"), **_RECORD, from_roles=(GOV_CDO, DEPT_CDO)),
    _paper("D39", "exception_reason", "“原则上”例外理由", cite("ZHP-9-1-2"), **_RECORD, **_OFFICE),
    _paper("D40", "expert_advice", "专家咨询意见", cite("ZHP-10-1-15"), **_RECORD, from_roles=(COMMITTEE, BUREAU, DISTRICT_BUREAU)),
)  # fmt: skip
