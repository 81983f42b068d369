"""The rule index (条款索引) of both texts: one row per rule, in our own words; `jiebang-` and `plan-` files."""

from pathlib import Path
from typing import Any

import yaml

from core.policy.rules.citations import Row


def _row(entry: dict[str, Any]) -> Row:
    return Row(
        id=entry["id"],
        article=entry["article"],
        kind=entry["kind"],
        text=entry["text"],
        note=entry.get("note", ""),
        test=entry.get("test", ""),
        same_as=tuple(entry.get("same_as", ())),
    )


def _rows() -> tuple[Row, ...]:
    found: list[Row] = []
    for path in sorted(Path(__file__).parent.glob("*.yaml")):
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        entries = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - a safe loader either way
        found.extend(_row(entry) for entry in entries)
    return tuple(found)


ROWS = _rows()
