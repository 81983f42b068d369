"""What both halves ask: which kind of application it is (the track follows from it), and whether it is classified."""

from core.policy.citations import cite
from core.policy.values import Fact, FactType

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
)
