"""What changes and terminations ask (第三十一至三十八条)."""

from core.policy.rules.citations import cite, reading
from plugins.baiyun.facts.shapes import choice, day, flag, money, several, text
from plugins.baiyun.roles import BUREAU, FINANCE, PROJECT

_ZERO = {"default": 0, "has_default": True, "asked_at": "procurement_change"}
_YES = {"default": True, "has_default": True, "asked_at": "procurement_change"}

GROUNDS = (
    ("policy_change", "政策变化等客观原因致需求消失或目标无法实现"),
    ("acceptance_failed", "再次组织验收仍不通过"),
    ("approval_lapsed", "批复有效期届满未采购"),
    ("maintained_object_upgrade", "运维对象停用或启动升级"),
)

REVIEWS = (
    ("scheme_initial_review", "材料初审"),
    ("scheme_expert_review", "专家评审"),
    ("scheme_cost_review", "造价评审"),
)

CHANGE_FACTS = (
    flag("change_substantive", "实质性变更", cite("BY-31-3-b", "BY-31-4-b"), asked_at="establishment_change"),
    flag("change_asked_by_reviewers", "按专家或造价意见调整", cite("BY-31-3-a", "BY-31-4-a"), asked_at="establishment_change"),
    flag(
        "change_not_needed", "变更内容非实际需要或不在范畴", cite("BY-31-5"), entered_by=(BUREAU,),
        asked_at="establishment_change",
    ),
    money("cancelled", "取消金额", cite("BY-33-3-c"), **_ZERO, aliases=("cancelled_amount",)),
    money("added", "新增金额", cite("BY-33-3-c"), **_ZERO, aliases=("added_amount",)),
    money("changes_before", "未在系统登记的历次变更金额合计", reading("BY-Q38", "BY-33-3-c"), **_ZERO),
    several(
        "reviews_arranged", "重新立项须组织的评审", reading("BY-Q39", "BY-33-3-a"), *REVIEWS, entered_by=(BUREAU,),
        asked_at="procurement_change_review",
    ),
    flag("goal_kept", "建设目标不变", cite("BY-33-1-a"), **_YES),
    flag("main_content_kept", "主要建设内容不变", cite("BY-33-1-a"), **_YES),
    flag("new_items_in_scope", "新增内容在立项范畴内", cite("BY-33-1-c"), **_YES),
    flag("supporting_services_reduced", "相应配套服务金额已核减", cite("BY-33-2"), asked_at="procurement_change"),
    flag("change_touches_ip", "变更涉及知识产权", cite("BY-35-a"), asked_at="change_filing", entered_by=(PROJECT,)),
    day("change_completed_on", "变更手续办结日期", cite("BY-34-b", "BY-36-a"), asked_at=""),
    money("amount_after_change", "变更后项目金额", cite("BY-33-1-b"), asked_at="", default=0, has_default=True),
    money(
        "unapproved_change", "未经同意变更的金额", cite("BY-32-c"), default=0, has_default=True, asked_at="",
        entered_by=(BUREAU, FINANCE), standing=True,
    ),
    choice("termination_ground", "终止情形", cite("BY-37"), *GROUNDS, ("other", "其他"), asked_at="termination"),
    money("remaining_money", "结余资金", cite("BY-38-b"), default=0, has_default=True, asked_at="termination_filing"),
    text("assets_formed", "已形成资产", cite("BY-38-b"), asked_at="termination_filing"),
)  # fmt: skip
