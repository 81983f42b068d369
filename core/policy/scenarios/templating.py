"""Keeping scenarios short: `$names` replaced by values, shared openings put in, tables of cases unfolded."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from core.policy.scenarios.reading import Block, Problem, empty_like, read

_WHOLE = re.compile(r"\$([A-Za-z_][A-Za-z0-9_]*)")
_INSIDE = re.compile(r"\$\$|\$([A-Za-z_][A-Za-z0-9_]*)")


class Template:
    """One document being unfolded: its folder (for `use`), the values of its names, and the problems found."""

    def __init__(self, folder: Path, values: dict[str, Any], problems: list[Problem]) -> None:
        """Unfold with these values."""
        self.folder = folder
        self.values = values
        self.problems = problems

    def fill(self, value: Any, within: Block) -> Any:
        """Replace every `$name`; a value that is nothing but a name keeps the type of what replaces it."""
        if isinstance(value, Block):
            filled = empty_like(value)
            for key, inner in value.items():
                filled.put(key, self.fill(inner, value), value.lines[key])
            return filled
        if isinstance(value, list):
            return [self.fill(item, within) for item in value]
        if not isinstance(value, str):
            return value
        whole = _WHOLE.fullmatch(value)
        if whole is not None:
            return self._named(whole[1], within)
        return _INSIDE.sub(lambda m: "$" if m[0] == "$$" else str(self._named(m[1], within)), value)

    def _named(self, name: str, within: Block) -> Any:
        if name not in self.values:
            self.problems.append(within.problem(f"没有给出 ${name} 的值。"))
            return None
        return self.values[name]

    def given(self, block: Block) -> Block:
        """The given part, laid over the shared one it names."""
        filled: Block = self.fill(block, block)
        if "use" not in filled:
            return filled
        shared, inner = self._shared(filled)
        base = inner.given(shared["given"]) if isinstance(shared.get("given"), Block) else empty_like(filled)
        return _over(base, filled)

    def steps(self, raw: list[Any], within: Block) -> Iterator[Block]:
        """The steps, with shared ones put in where they are used and those whose `when` is false left out."""
        for item in raw:
            if not isinstance(item, Block):
                self.problems.append(within.problem("每一步应为“键: 值”的结构。", "steps"))
                continue
            step = self.fill(item, item)
            if not step.get("when", True):
                continue
            if "use" in step:
                yield from self._used(step)
            else:
                yield step

    def _used(self, step: Block) -> Iterator[Block]:
        extra = set(step) - {"use", "with", "until", "after", "when"}
        if extra:
            self.problems.append(step.problem(f"引用步骤时不能再写:{'、'.join(sorted(extra))}。"))
        shared, inner = self._shared(step)
        steps = list(inner.steps(shared.get("steps") or [], shared))
        start = _cut(steps, step.get("after"))
        stop = _cut(steps, step.get("until"))
        for name, at in (("after", start), ("until", stop)):
            if name in step and at is None:
                self.problems.append(step.problem(f"{step['use']} 中没有“{step[name]}”这一步。", name))
        yield from steps[start + 1 if start is not None else 0 : stop]

    def _shared(self, block: Block) -> tuple[Block, "Template"]:
        path = self.folder / str(block["use"])
        if not path.is_file():
            self.problems.append(block.problem(f"找不到引用的文件:{block['use']}。", "use"))
            return empty_like(block), self
        shared = read(path)[0]
        values = {**dict(shared.get("values") or {}), **dict(block.get("with") or {})}
        unknown = set(block.get("with") or {}) - set(shared.get("values") or {})
        if unknown:
            self.problems.append(block.problem(f"{block['use']} 没有这些可填项:{'、'.join(sorted(unknown))}。", "with"))
        return shared, Template(path.parent, values, self.problems)


def _cut(steps: list[Block], label: Any) -> int | None:
    """The index of the first step with that id, or acting on that stage."""
    if label is None:
        return None
    for index, step in enumerate(steps):
        words = str(step.get("do", "")).split()
        if step.get("id") == label or label in words[1:2]:
            return index
    return None


def _over(base: Block, top: Block) -> Block:
    merged = empty_like(top)
    merged.lines.update(base.lines)
    merged.update(base)
    for key, value in top.items():
        old = merged.get(key)
        if key in ("use", "with"):
            continue
        new = _over(old, value) if isinstance(old, Block) and isinstance(value, Block) else value
        merged.put(key, new, top.lines[key])
    return merged
