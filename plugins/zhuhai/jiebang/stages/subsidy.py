"""The subsidy after acceptance (第四、十四条): each bidder applies, the demand party forwards, three bodies pay in order."""

from core.policy.rules.citations import cite, reading
from core.policy.rules.flow import STAY, StageKind, to
from plugins.zhuhai.jiebang.roles import BIDDER
from plugins.zhuhai.jiebang.shapes import ANEW, ENTRY, OBLIGATION, demand, forward, negative, returned, stage
from plugins.zhuhai.jiebang.standing import is_announced
from plugins.zhuhai.roles import BUREAU, FINANCE, UNIT

SUBSIDY_APPLICATION = stage(
    StageKind.TASK, "subsidy_application", "申请资金补助", cite("ZH-14-1", "ZH-14-7"), (BIDDER,),
    forward("submit", "申请", cite("ZH-14-1"), next=to("subsidy_forwarding")),
    papers=(demand("subsidy_application_bidder", "subsidy_path_wrong", cite("ZH-14-1"), per_ref=True),),
    when=is_announced, when_citation=cite("ZH-11-2"), **ENTRY, **OBLIGATION,
)  # fmt: skip

SUBSIDY_FORWARDING = stage(
    StageKind.FILING, "subsidy_forwarding", "转报补助申请", cite("ZH-14-2", "ZH-4-3"), (UNIT,),
    forward("lodged", "转报", cite("ZH-14-2"), next=to("subsidy_determination")),
    returned("return", "退回补正", to("subsidy_application"), reading("ZH-Q05", "ZH-14-2")),
    papers=(demand("subsidy_application_forward", "subsidy_path_wrong", cite("ZH-14-2"), per_ref=True),),
    **ENTRY, **OBLIGATION,
)  # fmt: skip

SUBSIDY_DETERMINATION = stage(
    StageKind.REVIEW, "subsidy_determination", "核定补助", cite("ZH-14-3", "ZH-14-4"), (BUREAU,),
    forward("fixed", "核定", cite("ZH-14-4", "ZH-14-5", "ZH-14-6"), next=to("payment_application")),
    negative("refused", "不予补助", cite("ZH-14-4"), next=STAY),
    asks=("verified_cost", "subsidy"),
    papers=(
        demand("construction_plan", "construction_plan_mismatch", cite("ZH-14-3"), act="decide:fixed"),
        demand("benefit_evidence", "benefits_missing", cite("ZH-14-4"), act="decide:fixed", per_ref=True),
    ),
    **ENTRY, **OBLIGATION,
)  # fmt: skip

PAYMENT_APPLICATION = stage(
    StageKind.PAYMENT, "payment_application", "补助支付申请", cite("ZH-4-2", "ZH-4-4", "ZH-4-5"), (BUREAU,),
    forward("applied", "申请支付", cite("ZH-4-5"), next=to("appropriation")),
    asks=("applied",),
    papers=(demand("payment_application", "payment_order_wrong", cite("ZH-4-5"), per_ref=True, **ANEW),),
    **ENTRY, **OBLIGATION,
)  # fmt: skip

APPROPRIATION = stage(
    StageKind.PAYMENT, "appropriation", "补助拨付", cite("ZH-4-5"), (FINANCE,),
    forward("appropriated", "拨付", cite("ZH-4-5"), next=to("subsidy_payment")),
    **ENTRY, **OBLIGATION,
)  # fmt: skip

SUBSIDY_PAYMENT = stage(
    StageKind.PAYMENT, "subsidy_payment", "补助支付", reading("ZH-Q24", "ZH-4-3"), (UNIT,),
    forward("paid", "付清", cite("ZH-4-3"), next=STAY),
    forward("part_paid", "部分支付，余额以后申请", reading("ZH-Q31", "ZH-4-4"), next=to("payment_application")),
    **ENTRY, **OBLIGATION,
)  # fmt: skip

SUBSIDY = (
    SUBSIDY_APPLICATION, SUBSIDY_FORWARDING, SUBSIDY_DETERMINATION, PAYMENT_APPLICATION, APPROPRIATION, SUBSIDY_PAYMENT,
)  # fmt: skip
