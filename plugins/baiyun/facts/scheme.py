"""What the scheme, its reviews, procurement and the contract ask (第十七至三十条)."""

from core.policy.rules.citations import cite, reading
from core.policy.rules.values import Fact, FactType
from plugins.baiyun.facts.shapes import asked_flag, day, flag, money, text
from plugins.baiyun.roles import BUREAU, GOVERNMENT

_ZERO = {"default": 0, "has_default": True, "asked_at": "scheme_preparation"}
_APPROVAL = {"entered_by": (BUREAU, GOVERNMENT), "asked_at": "scheme_approval"}

SCHEME_FACTS = (
    money("operation_content", "业务运营内容金额", cite("BY-17-1-b"), **_ZERO, aliases=("ops_content_amount",)),
    money("supporting_services", "配套服务金额", cite("BY-17-2-a"), **_ZERO),
    money("supervision_fee", "监理费", cite("BY-29-2-b"), **_ZERO),
    money(
        "main_works", "项目工程建设主体金额", reading("BY-Q41", "BY-29-2-a"), **_ZERO, standing=True,
        aliases=("main_works_amount",),
    ),
    flag("differs_from_plan", "方案与立项计划有明显差异", cite("BY-31-1"), asked_at="scheme_preparation"),
    asked_flag(
        "uses_secure_products", "采用安全可靠产品", reading("BY-Q47", "BY-22-14"), asked_at="scheme_preparation",
        required=False, default=True, has_default=True,
    ),
    flag("clearly_adjusted", "材料初审中有明显调整", cite("BY-31-2"), asked_at="scheme_revision"),
    day("approved_on", "批复日期", reading("BY-Q07", "BY-20-4-b", "BY-A1-2"), required=True, **_APPROVAL),
    day(
        "opinion_received_on", "收到最后环节审核意见日期", cite("BY-21-a"), asked_at="scheme_filing",
    ),
    asked_flag("need_matches_scheme", "采购需求与批复方案一致", cite("BY-24-b"), asked_at="procurement_need_filing"),
    text("procurement_method", "采购方式", cite("BY-25"), asked_at="procurement"),
    day(
        "procurement_started_on", "采购启动日期", reading("BY-Q18", "BY-37-3", "BY-24-a"), asked_at="procurement",
    ),
    Fact(
        key="lots_note", title="分包说明", type=FactType.TEXT, citation=reading("BY-Q29", "BY-47-3-b"),
        asked_at="procurement", default="", has_default=True,
    ),
)  # fmt: skip

# What a contract's text must say, by key of `Contract.terms` (第二十六至二十八条); no case-wide facts.
CONTRACT_TERMS = (
    "has_data_terms",
    "states_ip_ownership",
    "ip_owner",
    "ip_owner_reason",
    "nda_signed_on",
    "warranty_software_months",
    "warranty_hardware_months",
    "has_ip_terms",
)
