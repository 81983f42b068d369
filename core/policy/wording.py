"""Official words for what the engine says in codes (公文用语): ends, acts and severities, once for every reader.

Desk, notices, exports, pages, the printed rulebook and the demonstration must call one thing by one name.
"""

ENDED = {"completed": "办结", "rejected": "不予立项", "terminated": "终止", "withdrawn": "撤回", "lapsed": "失效"}
"""How a case is over, as the offices call it."""

TOLD_ENDED = {
    "completed": "已办结",
    "rejected": "未予立项",
    "terminated": "已终止",
    "withdrawn": "已撤回",
    "lapsed": "已失效",
}
"""The same as its applicant is told."""

RUNNING = "在办"

ACTS = {
    "create": "登记项目",
    "submit": "提交",
    "decide": "作出决定",
    "opine": "出具意见",
    "lodge": "报备",
    "complete": "完成",
    "publish": "公示",
    "object": "提出异议",
    "settle": "处理异议",
    "pay": "支付",
    "record": "登记",
    "hand_in": "提交材料",
    "invite": "邀请评审",
    "open": "启动",
    "pause": "中止计时",
    "resume": "恢复计时",
    "withdraw": "撤回",
    "elapse": "到期登记",
}
"""What can be asked of a case."""

SEVERITIES = {"block": "阻断", "warn": "提示", "note": "告知"}
"""What a finding does."""

ROWS = {
    "rule": "规则",
    "judgement": "人工判断",
    "reference": "说明",
    "platform": "平台功能",
    "slot": "另文规定",
    "market": "应用超市",
    "inexpressible": "无法表达",
}
"""How a row of a rule index lives here."""

SELECTED = {"path": "适用", "refused": "不予受理", "elsewhere": "按其他规定办理", "undecided": "待认定"}
"""What choosing a path comes to."""


def status_word(status: str) -> str:
    """How a list names the status of a case: running, or how it ended."""
    return RUNNING if status == "running" else ENDED.get(status, status)
