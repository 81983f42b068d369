"""What follows from a unit's history (第十一节联动后果): derived from dates each time, cured by what the text names."""

from typing import Any

from core.policy.rules.citations import Citation, cite, reading
from core.policy.rules.gating import Effect, Target
from plugins.baiyun.history import (
    acceptance_filing,
    all_excellent,
    data_not_shared,
    filing_failed,
    lapsed,
    money_held,
    no_catalogue,
    opinion_given,
    recorded,
    recovered,
    rectification_overdue,
    result_basis,
    split,
    unapproved,
    unqualified,
    upgrade_bar,
    was_late,
)


def _effect(  # noqa: PLR0917 - one line per row of the table of effects
    code: str, key: str, title: str, target: Target, act: str, cure: str, *, on: Citation, **how: Any
) -> Effect:
    return Effect(key=key, code=f"BY-{code}", title=title, target=target, act=act, cure=cure, citation=on, **how)


EFFECTS = (
    _effect("E01", "bar_asset_catalogue", "不予立项", Target.UNIT, "bar", "提交资产目录", on=cite("BY-22-10"), from_unit=no_catalogue),
    _effect(
        "E02", "bar_behind_schedule", "不予立项", Target.UNIT, "bar", "该局撤销记录", on=cite("BY-22-5"),
        from_unit=lambda case: recorded("behind_schedule", "前期项目无正当理由未按计划推进", case),
    ),
    _effect(
        "E03", "bar_data_not_shared", "不予立项", Target.UNIT, "bar", "数据汇聚共享", on=cite("BY-22-6", "BY-5-1-c"),
        from_project=data_not_shared, from_unit=lambda case: recorded("data_not_shared", "前期项目数据未按要求汇聚共享", case),
    ),
    _effect("E04", "bar_acceptance_filing", "不予立项", Target.UNIT, "bar", "完成备案", on=reading("BY-Q31", "BY-22-7"), from_project=acceptance_filing),
    _effect("E05", "bar_upgrade", "不得升级", Target.SYSTEM, "bar", "通过最终验收", on=cite("BY-22-8"), from_unit=upgrade_bar),
    _effect(
        "E06", "bar_same_kind_rectification", "不得申报同类项目", Target.UNIT_KIND, "bar", "完成整改", on=cite("BY-22-9", "BY-53-3"),
        from_project=rectification_overdue,
    ),
    _effect("E07", "hold_reviews", "暂缓评审", Target.UNIT, "hold", "备案符合要求", on=reading("BY-Q30", "BY-48-d"), from_project=filing_failed),
    _effect("E08", "hold_final_money", "停付尾款", Target.MONEY, "pay_hold", "备案符合要求", on=cite("BY-48-e", "BY-5-3"), from_project=money_held),
    _effect(
        "E09", "bar_same_kind_next_year", "次年不得申报同类项目", Target.UNIT_KIND, "bar", "次年年末", on=reading("BY-Q33", "BY-53-2"),
        from_project=unqualified,
    ),
    _effect("E10", "refuse_changed_part", "变更部分不予支付", Target.MONEY, "pay_hold", "无", on=cite("BY-32-c", "BY-5-3"), from_project=unapproved),
    _effect(
        "E11", "bar_security", "不予立项", Target.UNIT, "bar", "完成整改", on=cite("BY-22-15"),
        from_unit=lambda case: recorded("security_hazard", "在用系统或网络不符合安全要求或存在重大隐患", case),
    ),
    _effect("E12", "priority_mark", "优先", Target.UNIT, "mark", "下一次公布结果", on=cite("BY-53-1"), from_unit=all_excellent),
    _effect("E13", "assessment_points", "计入年度考核", Target.UNIT, "record", "当年", on=cite("BY-59"), from_project=was_late),
    _effect("E14", "payment_basis", "尾款支付依据", Target.MONEY, "record", "无", on=cite("BY-45-d", "BY-A3-9"), from_project=opinion_given),
    _effect("E15", "bar_split", "合并前不得立项", Target.PROJECT, "bar", "合并立项", on=reading("BY-Q42", "BY-19-1-c"), from_project=split),
    _effect("E16", "approval_lapse", "批复失效", Target.PROJECT, "bar", "无", on=cite("BY-20-4-b", "BY-37-3"), from_project=lapsed),
    _effect("E17", "recover_money", "收回资金、处置资产", Target.MONEY, "record", "无", on=cite("BY-38-b", "BY-35-b"), from_project=recovered),
    _effect("E18", "result_basis", "立项与预算依据", Target.PROJECT, "record", "无", on=cite("BY-53-a"), from_project=result_basis),
)  # fmt: skip
