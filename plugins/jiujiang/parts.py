"""The chapters of the plan template, and what Article 18 asks of a plan beyond them (第十八条，附件2第二部分)."""

from core.policy.rules.citations import Citation, cite, reading

CHAPTERS = (
    ("overview", "概述", "JJ-A2-2-1"),
    ("overall_plan", "数字政府建设总体方案落实情况", "JJ-A2-2-2"),
    ("background", "项目建设背景和必要性", "JJ-A2-2-3"),
    ("needs", "项目需求分析", "JJ-A2-2-4"),
    ("construction", "项目建设方案", "JJ-A2-2-5"),
    ("intensive_sharing", "集约化及信息资源共享分析", "JJ-A2-2-6"),
    ("investment", "项目投资与财务方案", "JJ-A2-2-7"),
    ("annexes", "附表、附图和附件", "JJ-A2-2-8"),
)
CONTENTS = (
    ("public_needs", "统一纳入公共项目的建设需求"),
    ("data_sharing", "数据共享"),
    ("security", "信息安全保障"),
    ("graded_protection", "等级保护"),
    ("crypto", "密码应用"),
    ("secure_products", "安全可靠产品"),
)
OPTIONAL_CHAPTER = "annexes"

PLAN_PARTS = (*(key for key, _, _ in CHAPTERS), *(key for key, _ in CONTENTS))
PART_TITLES = {key: title for key, title, *_ in (*CHAPTERS, *CONTENTS)}
PART_BASIS: dict[str, Citation] = {
    **{key: cite("JJ-A2-2", row) for key, _, row in CHAPTERS},
    **{key: reading("JJ-Q24", "JJ-18-2a") for key, _ in CONTENTS},
}
