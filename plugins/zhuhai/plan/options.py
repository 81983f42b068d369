"""Where the plan can be read more than one way, what a tenant sets, and what the Measures own (ZH-Q12 to ZH-Q34)."""

from core.policy.rules.citations import by_reference, cite, reading
from core.policy.rules.values import Option, Parameter, SetBy, Silence, Slot
from plugins.zhuhai.plan.roles import APPROVERS
from plugins.zhuhai.regulations import MEASURES, NOT_SUPPLIED
from plugins.zhuhai.roles import FINANCE

WITH_REASON = "block_with_reasoned_override"

OPTIONS = (
    Option(
        key="approving_depts", title="参加并联审批的部门", point="ZH-Q23", values=tuple(key for key, _ in APPROVERS),
        default=(FINANCE,), lists=tuple(key for key, _ in APPROVERS), open_values=True,
        reason="规划没有列出审批部门，由各地设定，不能为空；数据主管部门始终参加", citation=reading("ZH-Q23", "ZHP-10-1-5", "ZHP-10-1-20"),
    ),
    Option(
        key="parallel_aggregate", title="各部门意见不一致时的结论", point="ZH-Q23", values=("worst",), default="worst",
        reason="规划未规定；全部出具后以最严的意见为准", citation=reading("ZH-Q23", "ZHP-10-1-20"),
    ),
    Option(
        key="after_term", title="规划期满后的效力", point="ZH-Q12", values=("advisory", "none", "silent"), default="advisory",
        reason="期满的规划不能作为拒绝的依据，但没有后续规划", citation=reading("ZH-Q12", "ZHP-0-0-1"), aliases=("zhp.after_term",),
    ),
    Option(
        key="in_principle", title="“原则上”的例外", point="ZH-Q20", values=(WITH_REASON, "block"), default=WITH_REASON,
        reason="第九章用语为原则上不再批准，由主管部门记录理由后可以例外", citation=reading("ZH-Q20", "ZHP-9-1-2", "ZHP-2-4-8"),
        aliases=("exceptions",),
    ),
    Option(
        key="poor_levels", title="视为评价不佳的等次", point="ZH-Q22", values=(("unqualified",), ()), default=("unqualified",),
        reason="规划未设等次", citation=reading("ZH-Q22", "ZHP-10-1-10"),
    ),
    Option(
        key="eval_year", title="下一年度的起算", point="ZH-Q22", values=("concluded",), default="concluded",
        reason="以评价结论作出的年度为准", citation=reading("ZH-Q22", "ZHP-10-1-9"),
    ),
    Option(
        key="eval_effect", title="评价结果的运用", point="ZH-Q22", values=("block", "warn"), default="block",
        reason="规划只写运用：须记录如何考虑，不直接拒绝", citation=reading("ZH-Q22", "ZHP-10-1-10", "ZHP-10-1-11", "ZHP-10-1-12"),
    ),
)  # fmt: skip

PARAMETERS = (
    Parameter(
        key="hengqin", title="横琴粤澳深度合作区", default=False, set_by=SetBy.OFFICE, empty_means="在规划范围内",
        citation=reading("ZH-Q34", "ZHP-2-4-13"),
    ),
)  # fmt: skip

SLOTS = (
    Slot(
        key="zhm_general_track", title="揭榜制以外项目的完整程序", owner=MEASURES,
        stand_in="申报、并联审批、建设实施、验收、运行维护、评价，不设限额、期限和专家人数",
        citation=by_reference("ZHP-11-1-1", note=NOT_SUPPLIED),
    ),
)  # fmt: skip

SILENCES = (
    Silence(key="joint_approval_limit", title="并联审批没有期限", citation=reading("ZH-Q23", "ZHP-10-1-20")),
    Silence(key="poor_evaluation_refuses", title="评价不佳不构成自动拒绝", citation=reading("ZH-Q22", "ZHP-10-1-10")),
    Silence(key="cdo_approval", title="首席数据官的意见不是审批", citation=cite("ZHP-10-1-2")),
)
