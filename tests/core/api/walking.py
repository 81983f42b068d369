"""A walk through the API: each answer is held against its own description, and may be kept as its example."""

import json
import os
import re
from pathlib import Path
from typing import Any

import httpx
import jsonschema_rs
import yaml
from litestar.serialization import encode_json

from core.api import openapi
from core.app import create_app
from core.kernel.settings import Settings
from tests.core.api.conftest import Caller

EXAMPLES = Path(openapi.__file__).with_name("examples.yaml")
_GIVEN = re.compile(r"^city-\d+-[0-9a-f]{8}$")
_SECRETS = {"secret": "lx_…", "initial_password": "…", "otpauth": "otpauth://totp/…", "csrf": "…"}


def described() -> dict[str, Any]:
    """The description of the API as it is published, without a server."""
    application = create_app(settings=Settings(environment="test"), services=lambda: None)  # type: ignore[arg-type, return-value]
    schema: dict[str, Any] = openapi.completed(application.app.openapi_schema.to_schema())
    published: dict[str, Any] = json.loads(encode_json(schema))
    return published


def operations(schema: dict[str, Any]) -> dict[str, tuple[str, str, dict[str, Any]]]:
    """Path, method and description of each operation, by its id."""
    return {
        operation["operationId"]: (path, method, operation)
        for path, found in schema["paths"].items()
        for method, operation in found.items()
    }


class Walk:
    """Who walks: calls operations by id, checks each answer, remembers what was called."""

    def __init__(self) -> None:
        self.schema = described()
        self.operations = operations(self.schema)
        self.examples: dict[str, dict[str, Any]] = {}

    async def call(
        self, caller: Caller, name: str, *, path: dict[str, Any] | None = None, body: Any = None, **values: Any
    ) -> httpx.Response:
        template, method, operation = self.operations[name]
        address = template.format(**(path or {}))
        if body is not None:
            values["json"] = body
        answer = await caller.send_to(method.upper(), address, **values)
        assert answer.status_code < 300, f"{name}: {answer.status_code} {answer.text}"
        assert str(answer.status_code) in operation["responses"], f"{name} answers {answer.status_code}"
        self.check(operation, answer)
        self.examples[name] = {"request": shortened(body)} if body is not None else {}
        if answer.headers.get("content-type", "").startswith("application/json"):
            self.examples[name]["response"] = shortened(answer.json())
        elif answer.headers.get("content-type", "").startswith("text/html"):
            self.examples[name]["response"] = shortened(answer.text)
        return answer

    def check(self, operation: dict[str, Any], answer: httpx.Response) -> None:
        """Hold an answer against the schema its description gives."""
        described_answer = operation["responses"][str(answer.status_code)]
        content = described_answer.get("content", {}).get("application/json")
        if content is None or not answer.content:
            return
        self.validate(content["schema"], answer.json())

    def validate(self, schema: dict[str, Any], value: Any) -> None:
        whole = schema | {"components": self.schema["components"]}
        jsonschema_rs.validate(whole, value)

    def keep(self) -> None:
        """Write the examples, when asked to by LIXIANG_KEEP_EXAMPLES."""
        if os.environ.get("LIXIANG_KEEP_EXAMPLES"):
            known = yaml.safe_load(EXAMPLES.read_text(encoding="utf-8")) or {}
            text = yaml.safe_dump(known | self.examples, allow_unicode=True, sort_keys=True, width=110)
            head = "# Taken from real answers by tests/core/api with LIXIANG_KEEP_EXAMPLES=1.\n"
            EXAMPLES.write_text(head + text, encoding="utf-8")


def shortened(value: Any) -> Any:
    """A value for a reader: two rows of each list, no long texts, no secrets."""
    if isinstance(value, dict):
        return {key: _SECRETS.get(key, shortened(one)) for key, one in list(value.items())[:40]}
    if isinstance(value, list):
        return [shortened(one) for one in value[:2]]
    return _GIVEN.sub("baiyun", value[:80]).replace("127.0.0.1", "192.0.2.10") if isinstance(value, str) else value
