"""What building, acceptance and evaluation ask (第二十八至三十二、三十八至四十条)."""

from typing import Any

from core.policy.rules.citations import cite, reading
from core.policy.rules.values import Fact, FactType
from plugins.jiujiang.facts.shapes import choice, day, flag, text
from plugins.jiujiang.roles import COUNTY_DATA, DATA, FINANCE, OFFICE, OWNER

_OWNER: dict[str, Any] = {"entered_by": (OWNER,), "asked_at": "implementation"}
_EVALUATION: dict[str, Any] = {"entered_by": (DATA, FINANCE), "asked_at": "key_evaluation"}

SYSTEMS = (
    ("tender", "招标投标"), ("procurement", "政府采购"), ("supervision", "监理"), ("performance", "绩效"),
    ("contract", "合同"), ("archives", "档案"), ("safety", "安全"), ("secrecy", "保密"),
)  # fmt: skip

DELIVERY_FACTS = (
    text("responsible_person", "项目责任人", cite("JJ-28-1"), **_OWNER),
    Fact(
        key="management_systems", title="已建立的制度", type=FactType.TEXTS, citation=cite("JJ-28-2"), choices=tuple(v for v, _ in SYSTEMS),
        labels=tuple(t for _, t in SYSTEMS), default=(), has_default=True, **_OWNER,
    ),
    flag("matches_approval", "与批准的规模、内容、设计一致", cite("JJ-29-1"), default=True, has_default=True, entered_by=(OWNER, DATA), asked_at=""),
    text("change_reason", "变更事由", cite("JJ-29-1"), entered_by=(OWNER,), asked_at="change_request"),
    choice(
        "data_asset_owner", "数据资产权属", cite("JJ-30-1"), ("government", "市政府"), default="government", has_default=True,
        entered_by=(), asked_at="", standing=True,
    ),
    choice(
        "asset_owner", "软硬件资产权属", cite("JJ-30-1"), ("owner_unit", "业主单位"), default="owner_unit", has_default=True,
        entered_by=(), asked_at="", standing=True,
    ),
    flag("data_catalogued", "已编目并由数据管理部门核定", cite("JJ-30-2"), entered_by=(DATA,), asked_at=""),
    text("sharing_mechanism", "数据共享与使用反馈机制", cite("JJ-30-3"), entered_by=(OWNER,), asked_at=""),
    flag("generally_shareable", "属普遍共享数据", cite("JJ-30-4"), entered_by=(OWNER, DATA), asked_at=""),
    Fact(
        key="exclusive_recipients", title="只开放给的特定对象", type=FactType.TEXTS, citation=cite("JJ-30-4"), default=(), has_default=True,
        entered_by=(OWNER, DATA), asked_at="",
    ),
    day("completion_extended_to", "延期后的竣工验收申请日期", reading("JJ-Q23", "JJ-31-8"), entered_by=(DATA, COUNTY_DATA), asked_at=""),
    day("in_operation_on", "投入运行日期", cite("JJ-39"), entered_by=(OWNER,), asked_at="operation"),
    choice("grade", "评价结果", cite("JJ-40-1"), ("qualified", "合格"), ("unqualified", "不合格"), standing=True, **_EVALUATION),
    text("evaluation_opinion", "评价与整改意见", cite("JJ-40-1"), **_EVALUATION),
    choice(
        "evaluated_by", "评价组织", cite("JJ-5-5", "JJ-40-1"), ("joint", "数据管理部门会同财政"), ("finance", "财政重点评价"),
        default="joint", has_default=True, **_EVALUATION,
    ),
    text("spot_check_note", "抽查情况", cite("JJ-38-2"), entered_by=(OFFICE,), asked_at="spot_check"),
)  # fmt: skip
