"""Which words a scenario may use, and the way from a file to scenarios that can be run.

Everything wrong with a file is found at once, each problem with its line.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from core.policy.scenarios.reading import Block, Problem, ScenarioError, empty_like, read
from core.policy.scenarios.templating import Template

__all__ = ["Scenario", "ScenarioError", "Step", "files_of", "load"]

TEXT, NUMBER, DAY, LIST, MAP, TRUTH, ANY = "文字", "整数", "日期", "列表", "键值", "是否", "任意"
_IS: dict[str, tuple[type, ...]] = {
    TEXT: (str, int, float),
    NUMBER: (int,),
    DAY: (date,),
    LIST: (list, str),
    MAP: (Block,),
    TRUTH: (bool,),
    ANY: (object,),
}
Words = dict[str, str]

TOP: Words = {
    **dict.fromkeys(("title", "place", "note"), TEXT),
    **{"rules": LIST, "given": MAP, "steps": LIST, "cases": LIST, "values": MAP},
}
GIVEN: Words = {
    **{"today": DAY, "unit": MAP, "units": LIST, "round": MAP, "options": MAP, "parameters": MAP},
    **{"registers": MAP, "calendar": LIST, "candidates": LIST, "project": MAP, "projects": MAP},
}
UNIT: Words = {"key": TEXT, "name": TEXT, "kind": TEXT, "registers": MAP, "findings": LIST, "projects": LIST}
PROJECT: Words = {
    **{"title": TEXT, "facts": MAP, "unit": TEXT, "subordinate": TEXT, "system": TEXT, "kind": TEXT},
    **{"created": DAY, "plan_year": NUMBER, "id": TEXT},
}
ROUND: Words = {"plan_year": NUMBER, "issued_on": DAY, "closes_on": DAY}
AMENDED: Words = {"on": DAY, "works": TRUTH, "reason": TEXT, "source": TEXT}
STEP: Words = {
    **dict.fromkeys(("do", "by", "id", "note", "project", "unit", "person", "ref", "outcome", "reason"), TEXT),
    **{"on": ANY, "when": ANY, "delegated_by": TEXT, "facts": MAP, "papers": LIST, "contracts": LIST},
    **{"lots": LIST, "items": ANY, "panel": MAP, "defects": LIST, "answers": ANY, "opinions": MAP, "to": LIST},
    **{"invites": LIST, "waivers": LIST, "value": ANY, "content": MAP, "expect": MAP},
}
EXPECT: Words = {
    **{"accepted": TRUTH, "track": TEXT, "opens": LIST, "closes": LIST, "skips": LIST, "open": LIST, "due": MAP},
    **{"finds": LIST, "finds_only": LIST, "must_not": MAP, "tasks": MAP, "end": TEXT, "effects": MAP, "facts": MAP},
    **{"missing": LIST, "late": LIST, "waived": LIST, "touches": LIST, "attempts": MAP, "listing": LIST},
    **{"says": LIST, "results": MAP, "plan_year": NUMBER},
}
MUST_NOT: Words = {
    **dict.fromkeys(("finds", "opens", "open", "missing", "late", "touches", "says", "listing", "due"), LIST),
    **{"effects": LIST, "tasks": MAP},
}
EFFECTS: Words = dict.fromkeys(("starts", "ends", "active", "inactive"), LIST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One dated step: the verb, what it is about, and everything written beside it."""

    verb: str
    target: str
    outcome: str
    on: Any
    block: Block
    expect: Block

    @property
    def where(self) -> str:
        """File and line, for messages."""
        return f"{self.block.file}:{self.block.line}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One scenario ready to be run; `case` names the row of its table when it has one."""

    title: str
    place: str
    rules: tuple[str, ...]
    given: Block
    steps: tuple[Step, ...]
    top: Block
    case: str = ""

    @property
    def name(self) -> str:
        """Title and case, as shown."""
        return f"{self.title} [{self.case}]" if self.case else self.title

    @property
    def where(self) -> str:
        """File and line, for messages."""
        return f"{self.top.file}:{self.top.line}"


def load(path: Path) -> tuple[Scenario, ...]:
    """The scenarios of a file, every case of a table as one of its own.

    Raises: ScenarioError with all problems of the file.
    """
    problems: list[Problem] = []
    found = [scenario for top in read(path) for scenario in _unfold(top, path, problems)]
    if not found and not problems:
        problems.append(Problem(str(path), 1, "文件中没有情景。"))
    if problems:
        raise ScenarioError(problems)
    return tuple(found)


def files_of(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Scenario files among these files and folders; a folder named `shared` holds openings, not scenarios."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inner = (p for p in path.rglob("*.yaml") if "shared" not in p.relative_to(path).parts)
            found.extend(sorted(inner))
        else:
            found.append(path)
    return tuple(found)


def _unfold(top: Block, path: Path, problems: list[Problem]) -> Iterator[Scenario]:
    _check(top, TOP, problems)
    problems.extend(top.problem(f"缺少“{key}”。") for key in ("title", "place", "steps") if not top.get(key))
    if not isinstance(top.get("steps"), list):
        return
    cases = top.get("cases") or [empty_like(top)]
    defaults = dict(top.get("values") or {})
    for number, row in enumerate(cases, start=1):
        if not isinstance(row, Block):
            problems.append(top.problem("每个用例应为“键: 值”的结构。", "cases"))
            continue
        template = Template(path.parent, {**defaults, **row}, problems)
        scenario = _scenario(top, template, problems)
        yield replace(scenario, case=str(row.get("name", number)) if top.get("cases") else "")


def _scenario(top: Block, template: Template, problems: list[Problem]) -> Scenario:
    given = top.get("given")
    given = template.given(given) if isinstance(given, Block) else empty_like(top)
    _check_given(given, problems)
    return Scenario(
        title=str(top.get("title", "")),
        place=str(top.get("place", "")),
        rules=tuple(str(row) for row in template.fill(top.get("rules") or [], top)),
        given=given,
        steps=tuple(_step(block, problems) for block in template.steps(top["steps"], top)),
        top=top,
    )


def _step(block: Block, problems: list[Problem]) -> Step:
    _check(block, STEP, problems)
    words = str(block.get("do", "")).split()
    if not 1 <= len(words) <= 3:
        problems.append(block.problem("“do”应写作:动作 环节 [结论]。", "do"))
        words = ["look"]
    words += [""] * (3 - len(words))
    expect = block.get("expect")
    expect = expect if isinstance(expect, Block) else empty_like(block)
    _check(expect, EXPECT, problems)
    for key, words_of in (("must_not", MUST_NOT), ("effects", EFFECTS)):
        if isinstance(expect.get(key), Block):
            _check(expect[key], words_of, problems)
    verb, target, outcome = words
    return Step(
        verb=verb,
        target=target,
        outcome=str(block.get("outcome") or outcome),
        on=block.get("on"),
        block=block,
        expect=expect,
    )


def _check_given(given: Block, problems: list[Problem]) -> None:
    _check(given, GIVEN, problems)
    for key, words in (("unit", UNIT), ("project", PROJECT), ("round", ROUND)):
        if isinstance(given.get(key), Block):
            _check(given[key], words, problems)
    for block in given.get("units") or ():
        _check(block, UNIT, problems)
    for block in (given.get("projects") or {}).values():
        _check(block, PROJECT, problems)
    for block in given.get("calendar") or ():
        _check(block, AMENDED, problems)


def _check(block: Any, words: Words, problems: list[Problem]) -> None:
    """Find unknown words and values of the wrong shape."""
    if not isinstance(block, Block):
        return
    for key, value in block.items():
        shape = words.get(key)
        if shape is None:
            problems.append(block.problem(f"不认识“{key}”;可用:{'、'.join(words)}。", key))
        elif value is not None and not isinstance(value, _IS[shape]):
            problems.append(block.problem(f"“{key}”应为{shape},写的是 {value!r}。", key))
