"""How pages are rendered: one template per page, with the few words and formats they share."""

from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from litestar.contrib.jinja import JinjaTemplateEngine
from litestar.template import TemplateConfig

from core.kernel.money import format_yuan
from core.kernel.settings import Settings
from core.kernel.workdays.ledger import chinese_day
from core.policy.wording import status_word

FOLDER = Path(__file__).parent
_KINDS = {
    "project:registered": "登记项目",
    "project:withdrawn": "撤回项目",
    "project:budget_set": "填写概算分项",
    "stage:submitted": "提交",
    "stage:decided": "作出决定",
    "stage:opined": "出具意见",
    "stage:lodged": "备案",
    "stage:completed": "办结",
    "stage:published": "发布",
    "stage:objected": "收到异议",
    "submission:objection": "公众提出异议",
    "submission:answer": "收到应答",
    "submission:accepted": "接纳应答",
    "submission:declined": "不予采纳",
    "stage:objection_settled": "处理异议",
    "stage:paid": "支付",
    "stage:recorded": "登记内容",
    "stage:handed_in": "提交材料",
    "stage:invited": "邀请评审",
    "stage:side_opened": "启动附随程序",
    "stage:paused": "中止计时",
    "stage:resumed": "恢复计时",
    "document:handed_in": "提交材料",
    "document:replaced": "更换材料",
    "document:downloaded": "下载材料",
}


def template_config(settings: Settings) -> TemplateConfig[JinjaTemplateEngine]:
    """The template engine, with the path below which this installation is served."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["prefix"] = settings.path_prefix
    environment.filters |= {"day": day, "yuan": yuan, "shown": shown, "kind": kind, "status": status_word}
    return TemplateConfig(instance=JinjaTemplateEngine.from_environment(environment))


def day(value: date | None) -> str:
    """A day as an office writes it, with its weekday."""
    if value is None:
        return "办法未规定期限"
    return chinese_day(value)


def yuan(fen: int | None) -> str:
    """Fen as yuan."""
    return "尚未确定" if fen is None else f"{format_yuan(fen)} 元"


def shown(value: Any) -> str:
    """A fact's value in words."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list | tuple):
        return "、".join(str(one) for one in value) or "无"
    return str(value)


def kind(code: str) -> str:
    """What happened, in the words of an office; a kind without words shows its code rather than nothing."""
    return _KINDS.get(code, code)
