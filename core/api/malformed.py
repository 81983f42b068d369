"""Everything that is wrong with a body at once: the decoder stops at its first error, the sender must not."""

import re
from typing import Any, get_args, get_origin

import msgspec

from core.kernel.errors import Problem

_WORDS = (
    (re.compile(r"Object missing required field `(\w+)`"), "缺少必填项“{0}”"),
    (re.compile(r"Object contains unknown field `(\w+)`"), "没有名为“{0}”的字段"),
    (re.compile(r"Expected `\w+` of length >= (\d+)"), "不能为空，至少 {0} 项或字"),
    (re.compile(r"Expected `\w+` of length <= (\d+)"), "最多 {0} 项或字"),
    (re.compile(r"Expected `\w+` matching regex"), "格式不符合要求"),
    (re.compile(r"Expected `\w+` (>=|<=) (-?\d+)"), "超出范围：应 {0} {1}"),
    (re.compile(r"Expected `([^`]+)`, got `([^`]+)`"), "应为 {0}，收到的是 {1}"),
    (re.compile(r"Invalid enum value (.+)"), "不在可选范围内：{0}"),
    (re.compile(r"Invalid (RFC3339|UUID)"), "格式应为 {0}"),
)
_AT = re.compile(r" - at `\$\.?([^`]*)`")


def problems_of(body: Any, model: Any) -> tuple[Problem, ...]:
    """Each field of a body that does not fit its model, and each one missing or unknown."""
    if not isinstance(body, dict):
        return (Problem(message="请求内容应为一个 JSON 对象"),)
    found: list[Problem] = []
    known = {field.encode_name: field for field in msgspec.structs.fields(model)}
    for name, field in known.items():
        if name in body:
            found += _wrong(name, body[name], field.type)
        elif field.required:
            found.append(Problem(field=name, message=f"缺少必填项“{name}”"))
    if model.__struct_config__.forbid_unknown_fields:
        found += [Problem(field=name, message=f"没有名为“{name}”的字段") for name in body if name not in known]
    return tuple(found)


def _wrong(name: str, value: Any, wanted: Any) -> list[Problem]:
    if isinstance(value, list) and get_origin(wanted) in (list, tuple, frozenset):
        item = get_args(wanted)[0]
        return [problem for place, one in enumerate(value) for problem in _wrong(f"{name}.{place}", one, item)]
    try:
        msgspec.convert(value, wanted, strict=True, str_keys=True)
    except msgspec.ValidationError as error:
        return [told(str(error), name)]
    return []


def told(message: str, field: str = "") -> Problem:
    """The decoder's sentence in the words of this place, with the field it is about."""
    at = _AT.search(message)
    if at is not None and at.group(1):
        field = f"{field}.{at.group(1)}" if field else at.group(1)
    plain = _AT.sub("", message)
    for pattern, words in _WORDS:
        match = pattern.search(plain)
        if match is not None:
            return Problem(field=field, message=words.format(*match.groups()))
    return Problem(field=field, message=plain)
