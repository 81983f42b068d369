"""The description of the API: complete, true to its snapshot, and with examples that fit it."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from core.api.openapi import PUBLIC
from tests.core.api.walking import Walk, operations

SNAPSHOT = Path(__file__).with_name("openapi.json")
WALK = Walk()
OPERATIONS = operations(WALK.schema)


def outline(schema: dict[str, Any]) -> dict[str, Any]:
    """What clients depend on: operations with parameters, bodies and answers; no words and no examples."""
    return {"paths": _plain(schema["paths"]), "schemas": _plain(schema["components"]["schemas"])}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items() if key not in {"examples", "description", "summary"}}
    return [_plain(one) for one in value] if isinstance(value, list) else value


def test_the_description_is_the_one_clients_know() -> None:
    """After a wanted change: LIXIANG_KEEP_OPENAPI=1, and tell clients in the changelog."""
    now = json.loads(json.dumps(outline(WALK.schema), sort_keys=True))
    if os.environ.get("LIXIANG_KEEP_OPENAPI"):
        SNAPSHOT.write_text(_written(now), encoding="utf-8")
    assert now == json.loads(SNAPSHOT.read_text(encoding="utf-8"))


def _written(now: dict[str, Any]) -> str:
    """One line per operation and per schema, so that a change is read in a review."""
    parts = []
    for part, found in now.items():
        lines = [
            f"{json.dumps(key)}: {json.dumps(found[key], ensure_ascii=False, sort_keys=True)}" for key in sorted(found)
        ]
        parts.append(f"{json.dumps(part)}: {{\n" + ",\n".join(lines) + "\n}")
    return "{" + ",\n".join(parts) + "}\n"


def test_operation_ids_are_unique_and_named_like_code() -> None:
    assert WALK.schema["openapi"].startswith("3.1")
    found = [o["operationId"] for ops in WALK.schema["paths"].values() for o in ops.values()]
    assert len(found) == len(set(found))
    assert all(name.replace("_", "").isalnum() and name.islower() for name in found)


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_every_operation_says_what_it_does_what_may_go_wrong_and_shows_an_example(name: str) -> None:
    _, _, operation = OPERATIONS[name]
    assert operation["summary"]
    assert operation["description"]
    assert operation["tags"]
    errors = {status: answer for status, answer in operation["responses"].items() if status >= "400"}
    assert errors
    for answer in errors.values():
        assert answer["content"]["application/problem+json"]["examples"]["example"]["value"]["detail"]
    assert ("401" in errors) == (name not in PUBLIC or name == "sign_in")
    for content in _contents(operation):
        if "binary" not in str(content["schema"]) and content["schema"] != {"type": "null"}:
            assert "example" in content.get("examples", {}), name


def _contents(operation: dict[str, Any]) -> list[dict[str, Any]]:
    body = list(operation.get("requestBody", {}).get("content", {}).values())
    answers = [answer for status, answer in operation["responses"].items() if status < "300"]
    return [*body, *(content for answer in answers for content in answer.get("content", {}).values())]


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_the_examples_fit_the_description(name: str) -> None:
    _, _, operation = OPERATIONS[name]
    for content in operation.get("requestBody", {}).get("content", {}).values():
        if "examples" in content:
            WALK.validate(content["schema"], content["examples"]["example"]["value"])
