"""The words of other people's tables (表头与类型对照): what columns and kinds of projects are called elsewhere; pure.

Nothing is guessed: a column that two names fit, an amount whose unit nobody says, an unknown kind are asked for.
"""

from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from core.kernel.errors import Invalid, Problem
from core.projects.sheets import plain_header

FIELDS: Final[Mapping[str, str]] = {
    "name": "项目名称",
    "unit": "项目单位",
    "amount_yuan": "金额（元）",
    "amount_wan": "金额（万元）",
    "kind": "项目类型",
    "region": "地区",
    "year": "年度",
    "note": "备注",
    "source": "来源",
}

_TITLES: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("name", "title", "项目名称", "名称", "项目"),
    "unit": ("unit", "建设单位", "项目单位", "申报单位", "采购单位", "采购人", "业主单位", "单位", "单位名称"),
    "amount_yuan": ("amount_yuan", "金额(元)", "预算金额(元)", "申报金额(元)", "投资金额(元)", "总投资(元)"),
    "amount_wan": (
        "amount_wan", "金额(万元)", "预算金额(万元)", "申报金额(万元)", "投资金额(万元)", "总投资(万元)", "预算(万元)",
    ),
    "kind": ("kind", "类型", "项目类型", "类别", "项目类别"),
    "region": ("region", "地区", "区域", "所在地区"),
    "year": ("year", "年度", "年份", "计划年度", "申报年度"),
    "note": ("note", "备注", "说明"),
    "source": ("source", "来源", "数据来源"),
}  # fmt: skip
_NO_UNIT: Final = frozenset({"金额", "预算", "预算金额", "申报金额", "投资金额", "总投资", "amount"})
COLUMNS: Final[Mapping[str, str]] = {title: field for field, titles in _TITLES.items() for title in titles}
KNOWN: Final = frozenset(COLUMNS) | _NO_UNIT

# What other tables call the four kinds; in the order of the regulation's own words.
KINDS: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        ("build", "建设", "新建", "建设类", "建设开发", "新建项目", "升级改造", "系统建设", "规划重点项目"), "build"
    ),
    **dict.fromkeys(("应用(省级)", "应用(市级)", "应用(县级)", "应用"), "build"),
    **dict.fromkeys(("om", "运维", "运维类", "运行维护", "运维服务", "维护"), "om"),
    **dict.fromkeys(("service", "服务", "服务类", "购买服务", "服务采购", "租赁服务"), "service"),
    **dict.fromkeys(("equipment", "设备", "设备购置", "设备采购", "软硬件采购", "硬件采购", "货物"), "equipment"),
}


class ColumnsUnclear(Invalid):
    """The columns cannot be told apart, or the name of the project has none; every problem at once."""

    default_message = "表头无法识别"


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """Which column holds which field, and which columns are not used."""

    places: dict[str, int]
    titles: dict[str, str]
    ignored: tuple[str, ...]


def map_columns(header: Iterable[str], chosen: Mapping[str, str]) -> Columns:
    """Tell the columns; `chosen` maps a column's own name to a field and comes before what we recognise.

    Raises: ColumnsUnclear.
    """
    titles = tuple(header)
    wishes = {plain_header(column): field for column, field in chosen.items()}
    problems = _wrong_wishes(titles, chosen)
    places: dict[str, int] = {}
    ignored: list[str] = []
    for place, title in enumerate(titles):
        plain = plain_header(title)
        field = wishes.get(plain) or (COLUMNS.get(plain) if COLUMNS.get(plain) not in wishes.values() else None)
        if field is None:
            ignored += [title] if plain else []
            if plain in _NO_UNIT and not {"amount_yuan", "amount_wan"} & {*places, *wishes.values()}:
                message = f"列“{title}”没有写明单位，请用 --map {title}=amount_yuan（元）或 amount_wan（万元）指明"
                problems.append(Problem(field=title, message=message))
        elif field in places:
            message = f"“{titles[places[field]]}”和“{title}”都是{FIELDS[field]}，请用 --map 指明用哪一列"
            problems.append(Problem(field=title, message=message))
        else:
            places[field] = place
    if "name" not in places:
        problems.append(Problem(field="name", message="没有找到项目名称列，请用 --map 列名=name 指明"))
    if problems:
        raise ColumnsUnclear(details=problems)
    return Columns(
        places=places, titles={field: titles[place] for field, place in places.items()}, ignored=tuple(ignored)
    )


def _wrong_wishes(titles: tuple[str, ...], chosen: Mapping[str, str]) -> list[Problem]:
    present = {plain_header(title) for title in titles}
    problems = []
    for column, field in chosen.items():
        if field not in FIELDS:
            message = f"没有名为“{field}”的字段，可用：{'、'.join(FIELDS)}"
            problems.append(Problem(field=column, message=message))
        if plain_header(column) not in present:
            problems.append(Problem(field=column, message=f"表中没有名为“{column}”的列"))
    return problems


def kinds_for(choices: Iterable[str], chosen: Mapping[str, str]) -> dict[str, str]:
    """Which words mean which kind under one regulation; `chosen` comes before what we recognise.

    Raises: ColumnsUnclear for a kind the regulation does not have.
    """
    offered = tuple(choices)
    wrong = [
        Problem(field=word, message=f"本办法没有项目类型“{kind}”，可用：{'、'.join(offered)}")
        for word, kind in chosen.items()
        if kind not in offered
    ]
    if wrong:
        raise ColumnsUnclear("项目类型的对应关系有误", details=wrong)
    known = {word: kind for word, kind in KINDS.items() if kind in offered}
    return known | {plain_header(word): kind for word, kind in chosen.items()}
