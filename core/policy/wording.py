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
    "publish": "发布",
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

STAGES = {
    "task": "项目单位办理",
    "review": "审核",
    "parallel_review": "联合审核",
    "filing": "备案",
    "notice": "公示",
    "publication": "公告",
    "wait": "等候",
    "payment": "资金支付",
}
"""What happens in a stage."""

LINES = {"main": "主线", "detour": "支线", "obligation": "伴随义务", "side": "附随程序"}
"""Where a stage stands to the main line."""

UNITS = {"workday": "个工作日", "day": "日", "month": "个月", "year": "年"}
LIMITS = {
    "deadline": "期限",
    "minimum": "最短期间",
    "window": "窗口期",
    "fixed_yearly": "每年固定日期",
    "validity": "有效期",
    "agreed": "约定日期",
    "order": "先后顺序",
    "none": "未规定期限",
}
"""What a limit means."""

LATE = {"none": "", "warn": "逾期提示", "refuse": "逾期不予受理", "right_lost": "逾期丧失权利"}
SEATS = {
    "own": "本级",
    "home": "办法所属地",
    "parent": "上级",
    "child": "下级",
    "each_level": "逐级",
    "same_level_as": "同级",
    "place": "指定地区",
    "any": "任一地区",
    "external": "系统外",
}
SETTERS = {"tenant": "租户", "office": "主管部门", "round": "年度申报通知", "nobody": "不可调整"}
FORCES = {"binding": "一票否决", "weighed": "供审核人采纳", "advisory": "仅供参考"}
LISTINGS = {"duty": "应当上架", "invitation": "鼓励上架", "allowed": "可以上架", "none": "未作规定"}
MEASURES = {
    "fen": "元",
    "percent": "％",
    "count": "次",
    "days": "日",
    "workdays": "个工作日",
    "months": "个月",
    "years": "年",
}
COMPARED = {"<": "小于", "<=": "不超过", ">": "超过", ">=": "不低于", "==": "等于"}


def status_word(status: str) -> str:
    """How a list names the status of a case: running, or how it ended."""
    return RUNNING if status == "running" else ENDED.get(status, status)
