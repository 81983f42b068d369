"""What both halves ask: the kind of application (the track follows from it), secrecy, and what evaluations found."""

from core.policy.rules.citations import cite, reading
from core.policy.rules.values import Fact, FactType

KINDS = (
    ("new_project", "立项申报"),
    ("system_upgrade", "系统升级改造"),
    ("om_fund", "系统运维经费申请"),
    ("jiebang", "揭榜制项目提名"),
)

FACTS = (
    Fact(
        key="application_kind",
        title="申请事项",
        type=FactType.CHOICE,
        choices=tuple(key for key, _ in KINDS),
        labels=tuple(title for _, title in KINDS),
        default="new_project",
        has_default=True,
        entered_by=("project_unit", "data_bureau"),
        asked_at="",
        citation=cite("ZHP-10-1-17"),
    ),
    Fact(
        key="classified",
        title="涉及国家秘密",
        type=FactType.BOOL,
        default=False,
        has_default=True,
        asked_at="",
        citation=cite("ZHP-10-1-16"),
        aliases=("secret_level",),
    ),
    # A result of either half is weighed in the unit's applications of the next year (ZHP-10-1-10 to 12).
    Fact(
        key="grade",
        title="评价等次",
        type=FactType.CHOICE,
        choices=("qualified", "unqualified"),
        labels=("合格", "不合格"),
        entered_by=("data_bureau", "district_data_bureau"),
        asked_at="",
        required=True,
        standing=True,
        citation=reading("ZH-Q22", "ZHP-10-1-9"),
        aliases=("level",),
    ),
    Fact(
        key="evaluated_on",
        title="评价结论日期",
        type=FactType.DATE,
        entered_by=("data_bureau", "district_data_bureau"),
        asked_at="",
        required=True,
        standing=True,
        citation=reading("ZH-Q22", "ZHP-10-1-9"),
        aliases=("concluded_on",),
    ),
)
