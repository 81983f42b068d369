"""What the application form and the plan ask (第三、十、十四、十七、十八条，附件2)."""

from typing import Any

from core.policy.rules.citations import cite, reading
from core.policy.rules.values import Fact, FactType
from plugins.jiujiang.facts.shapes import flag, money, text
from plugins.jiujiang.roles import COORDINATOR, PROJECT

_ASKED: dict[str, Any] = {"entered_by": (PROJECT, COORDINATOR), "asked_at": "annual_application"}

PLATFORMS = (
    ("cloud", "政务云"),
    ("network", "电子政务网"),
    ("exchange", "数据共享交换平台"),
    ("support", "公共支撑平台"),
    ("crypto", "密码平台"),
)

FORM_TEXTS = (
    ("main_tasks", "主要任务"),
    ("site", "建设地点"),
    ("build_period", "建设时间"),
    ("necessity_basis", "必要性及建设依据"),
    ("performance_goals", "项目绩效目标"),
    ("method_reason", "实施方式及原因"),
)

APPLICATION_FACTS = (
    *(text(key, title, reading("JJ-Q24", "JJ-18-1", "JJ-A2-1"), **_ASKED) for key, title in FORM_TEXTS),
    text("project_leader", "项目负责人", cite("JJ-A2-1"), **_ASKED),
    text("contact", "联系方式", cite("JJ-A2-1"), **_ASKED),
    money("works_cost", "工程（实施）费用", reading("JJ-Q06", "JJ-A2-1"), default=0, has_default=True, **_ASKED),
    Fact(
        key="unified_platforms_used", title="依托的统一平台", type=FactType.TEXTS, citation=cite("JJ-10-1"), required=True,
        choices=tuple(v for v, _ in PLATFORMS), labels=tuple(t for _, t in PLATFORMS), **_ASKED,
    ),
    text("principle_statement", "省级主建、市县主用原则落实情况", cite("JJ-14-1", "JJ-A2-2-2"), **_ASKED),
    text("department_system", "本部门已有系统", cite("JJ-10-2"), **_ASKED),
    flag("stand_alone", "新系统独立于已有系统", cite("JJ-10-2"), **_ASKED),
    flag("similar_cases_exist", "有类似项目", cite("JJ-A2-2-7"), **_ASKED),
    Fact(
        key="similar_contract_prices", title="类似项目合同价个数", type=FactType.INTEGER, citation=cite("JJ-A2-2-7"), default=0,
        has_default=True, **_ASKED,
    ),
    flag("packaged_goods", "购置成品软件或硬件", cite("JJ-A2-2-7"), **_ASKED),
    flag("no_authority_in_charge", "没有上级主管部门", reading("JJ-Q30", "JJ-A2-1"), **_ASKED),
)  # fmt: skip
