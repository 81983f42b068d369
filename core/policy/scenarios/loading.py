"""Reading scenario files: reusable openings put in, boundary tables unfolded, everything wrong named at once."""

import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from core.policy.scenarios.format import Scenario, ScenarioInvalidError


class _Loader(yaml.SafeLoader):
    """YAML in which only true and false are truth values, so that `on` is a key and nothing else."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def _read_all(text: str) -> list[Any]:
    return [d for d in yaml.load_all(text, Loader=_Loader) if d is not None]


def load(path: Path) -> tuple[Scenario, ...]:
    """The scenarios of one file: several documents, and one scenario per row of a boundary table.

    Raises: ScenarioInvalidError with every problem and its place.
    """
    try:
        documents = _read_all(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise ScenarioInvalidError(str(path), (str(error),)) from error
    standard = _standard(path.parent)
    problems: list[str] = []
    found: list[Scenario] = []
    for number, document in enumerate(documents, start=1):
        for raw in _unfold(document, path.parent, standard, problems, number):
            try:
                found.append(Scenario.model_validate(raw))
            except ValidationError as error:
                problems += [
                    f"scenario {number}: {'.'.join(str(p) for p in e['loc'])}: {e['msg']}" for e in error.errors()
                ]
    if problems:
        raise ScenarioInvalidError(str(path), tuple(problems))
    return tuple(found)


def load_folder(folder: Path) -> dict[Path, tuple[Scenario, ...]]:
    """Every scenario file of a folder, shared openings left out."""
    return {path: load(path) for path in sorted(folder.glob("*.yaml")) if path.name != "standard.yaml"}


def _standard(folder: Path) -> dict[str, Any]:
    path = folder / "standard.yaml"
    return _read_all(path.read_text(encoding="utf-8"))[0] if path.exists() else {}


def _unfold(
    document: Any, folder: Path, standard: dict[str, Any], problems: list[str], number: int
) -> Iterator[dict[str, Any]]:
    if not isinstance(document, dict):
        problems.append(f"scenario {number}: is not a mapping")
        return
    raw = deepcopy(document)
    rows = raw.pop("cases", None)
    given = raw.setdefault("given", {}) or {}
    if given.get("standard", True):
        raw["given"] = merge(standard.get("given", {}), given)
    raw["steps"] = list(_with_openings(raw.get("steps", []), folder, problems))
    if rows is None:
        yield raw
        return
    for row in rows:
        case = put_in(raw, row.get("values", {}))
        case["title"] = f"{raw.get('title', '')}：{row.get('name', '')}"
        if case["steps"] and "expect" in row:
            case["steps"][-1]["expect"] = merge(case["steps"][-1].get("expect", {}), row["expect"])
        yield case


def _with_openings(steps: list[Any], folder: Path, problems: list[str]) -> Iterator[Any]:
    for step in steps:
        if not isinstance(step, dict) or "use" not in step:
            yield step
            continue
        path = folder / "shared" / f"{step['use']}.yaml"
        if not path.exists():
            problems.append(f"use: there is no {path.name} in shared/")
            continue
        opening = _read_all(path.read_text(encoding="utf-8"))[0]
        values = {**opening.get("values", {}), **step.get("with", {})}
        for inner in _with_openings(put_in(opening["steps"], values), folder, problems):
            yield inner if step.get("project") is None else {**inner, "project": step["project"]}


def merge(base: Any, over: Any) -> Any:
    """Lay one mapping over another, key by key; anything else is replaced."""
    if isinstance(base, dict) and isinstance(over, dict):
        return {key: merge(base.get(key), over[key]) if key in over else base[key] for key in {**base, **over}}
    return over if over is not None else base


def put_in(value: Any, values: dict[str, Any]) -> Any:
    """Put values in for `{names}`; a text that is one name alone becomes the value itself."""
    if isinstance(value, dict):
        return {key: put_in(inner, values) for key, inner in value.items()}
    if isinstance(value, list):
        return [put_in(inner, values) for inner in value]
    if isinstance(value, str):
        for name, replacement in values.items():
            if value == f"{{{name}}}":
                return replacement
            if isinstance(replacement, str | int):
                value = value.replace(f"{{{name}}}", str(replacement))
    return value
