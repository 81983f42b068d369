"""The description of the API (OpenAPI 3.1): errors, security and examples added to what the handlers say themselves.

The page at `/api/docs` is made from the same description, on the server and without a request to any other host:
a form per operation is all that trying needs, and the usual viewers are megabytes of script to keep and to audit.
"""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, select_autoescape
from litestar import Request, Response, get
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import OpenAPIRenderPlugin
from litestar.serialization import encode_json

VERSION = "1.0.0"
_FOLDER = Path(__file__).parent
_METHODS = ("get", "post", "put", "patch", "delete")
_FOR_ALL = frozenset(
    {"public_postings", "public_posting", "public_paper", "public_atom", "public_rss", "lodge_objection", "answer_call"}
)
PUBLIC = _FOR_ALL | {
    "sign_in",
    "list_tenants",
    "list_places",
    "get_rulebook",
    "get_handbook",
    "print_handbook",
    "healthz",
    "readyz",
    "metrics",
}
_KEYED = frozenset({"register_project", "act_on_project"})
_ABOUT = """政务信息化项目全过程接口。

- 金额以分为单位；日期为北京日期；错误一律为 RFC 9457 问题文档，`problems` 一次列全，各带依据条款。
- 浏览器会话：登录后带会话 Cookie，改动类请求须带 `X-CSRF-Token`（取自登录应答）。程序：`Authorization: Bearer lx_…`。
- 办理类请求须带 `Idempotency-Key` 与 `If-Match`；重发得到同一应答并带 `Idempotent-Replayed: true`。
- 非生产环境可用 `X-Lixiang-Date: 2025-09-01` 指定请求所在的日期。
"""
_PROBLEM = {
    "type": "object",
    "required": ["message"],
    "properties": {
        "field": {"type": "string", "description": "所在字段；不针对某一字段时为空"},
        "message": {"type": "string"},
        "rule": {"type": ["string", "null"], "description": "规则键"},
        "article": {"type": ["string", "null"], "description": "条款，如 第十五条"},
        "severity": {"type": "string", "enum": ["block", "warn", "note"]},
    },
}
_DOCUMENT = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string", "description": "供程序判断，永不改变"},
        "instance": {"type": "string"},
        "request_id": {"type": "string"},
        "problems": {"type": "array", "items": {"$ref": "#/components/schemas/ProblemItem"}},
    },
}
_ERRORS = {
    400: ("请求格式不符合说明", "malformed", "请求内容的格式不符合接口说明。"),
    401: ("未登录或会话已结束", "sign_in_needed", "请先登录，或会话已过期。"),
    403: ("没有此项权限", "not_allowed", "此操作需要“管理单位”权限，由系统管理员行使。"),
    404: ("不存在，或不属于本地", "project_missing", "没有编号为“BY-2026-0099”的项目"),
    409: ("他人已先行办理", "stale_version", "该项目已有更新（您看到的是第 2 版，现为第 3 版）。"),
    422: ("不符合规定或填报有误", "act_refused", "有 1 项不符合规定"),
    428: ("缺少幂等键或版本", "", "请在 If-Match 请求头（或 version 字段）中给出您看到的项目版本"),
    429: ("尝试次数过多", "sign_in_locked", "登录失败次数过多，已锁定至 10:15；可联系安全管理员解除。"),
    503: ("暂时不可用，稍后重试", "database_unavailable", "系统繁忙，请稍后重试"),
}

_BYTES = {"type": "string", "format": "binary"}
_FORM = {"type": "object", "required": ["file"], "properties": {"file": _BYTES}}
_FILES = {
    "download_paper": "application/octet-stream",
    "export_projects_csv": "text/csv",
    "export_projects_xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "metrics": "text/plain",
    "project_form_docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "project_form_pdf": "application/pdf",
    "public_paper": "application/octet-stream",
    "public_atom": "application/atom+xml",
    "public_rss": "application/rss+xml",
}
_UPLOAD = {
    "required": True,
    "content": {"application/octet-stream": {"schema": _BYTES}, "multipart/form-data": {"schema": _FORM}},
}


class Description(OpenAPIRenderPlugin):
    """The description as JSON."""

    def __init__(self) -> None:
        super().__init__(path="/v1/openapi.json")

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:  # noqa: ARG002 - Litestar asks for it
        """The completed description."""
        return encode_json(completed(openapi_schema))


class Reference(OpenAPIRenderPlugin):
    """The description as a page, with a form to try each operation."""

    def __init__(self) -> None:
        super().__init__(path="/docs")

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        """The page; it works for reading without its script."""
        schema = completed(openapi_schema)
        page = _pages().get_template("reference.html")
        prefix = request.url.path.removesuffix("/docs")
        return page.render(schema=schema, groups=_by_tag(schema), assets=f"{prefix}/docs").encode()


@get("/api/docs/{name:str}", include_in_schema=False)
async def reference_asset(name: str) -> Response[bytes]:
    """Style and script of the page."""
    kinds = {"reference.css": "text/css", "reference.js": "text/javascript"}
    if name not in kinds:
        return Response(b"", status_code=404)
    return Response((_FOLDER / "reference" / name).read_bytes(), media_type=kinds[name])


def config() -> OpenAPIConfig:
    """What Litestar is told to describe."""
    return OpenAPIConfig(
        title="立项 Lixiang",
        version=VERSION,
        path="/api",
        description=_ABOUT,
        use_handler_docstrings=True,
        render_plugins=[Reference(), Description()],
    )


def completed(schema: dict[str, Any]) -> dict[str, Any]:
    """The description with errors, security and examples; it is changed in place and may be completed again."""
    components = schema.setdefault("components", {})
    components.setdefault("schemas", {}).update({"ProblemDocument": _DOCUMENT, "ProblemItem": _PROBLEM})
    components["securitySchemes"] = {
        "session": {"type": "apiKey", "in": "cookie", "name": "lixiang_session"},
        "token": {"type": "http", "scheme": "bearer", "bearerFormat": "lx_…"},
    }
    for path, operations in schema["paths"].items():
        for method in _METHODS:
            if method in operations:
                _complete(path, method, operations[method])
    return schema


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    name = operation["operationId"]
    if name == "upload_file":
        operation["requestBody"] = _UPLOAD
    if name in _FILES:
        operation["responses"]["200"]["content"] = {_FILES[name]: {"schema": _BYTES}}
    operation["security"] = [] if name in PUBLIC else [{"session": []}, {"token": []}]
    for status in _errors_of(path, method, operation):
        operation["responses"][str(status)] = _error(status)
    example = _examples().get(name, {})
    if "request" in example and "requestBody" in operation:
        _exemplify(operation["requestBody"]["content"], example["request"])
    if "response" in example:
        success = next(answer for status, answer in operation["responses"].items() if status.startswith("2"))
        _exemplify(success.get("content", {}), example["response"])


def _errors_of(path: str, method: str, operation: dict[str, Any]) -> list[int]:
    name, changes = operation["operationId"], method != "get"
    wanted = {
        400: "requestBody" in operation or bool(operation.get("parameters")),
        401: name not in PUBLIC or name == "sign_in",
        403: name not in PUBLIC,
        404: "{" in path or name in {"sign_in", "switch_tenant"},
        409: changes and name not in PUBLIC - _FOR_ALL,
        422: changes or name in {"list_projects", "my_desk"},
        428: name in _KEYED,
        429: name in {"sign_in", "give_factor", "lodge_objection", "answer_call"},
        503: True,
    }
    return [status for status, is_so in wanted.items() if is_so]


def _error(status: int) -> dict[str, Any]:
    description, code, detail = _ERRORS[status]
    value: dict[str, Any] = {
        "type": f"urn:lixiang:problem:{code or status}",
        "title": description,
        "status": status,
        "detail": detail,
        "code": code,
        "request_id": "3f1c9a52b7d84c06a1e5d2f4b8c09e7d",
    }
    if status == 422:
        message = "缺少《立项申请表》。"
        item = {"field": "application_form", "message": message, "rule": "application_incomplete"}
        value["problems"] = [item | {"article": "第十五条", "severity": "block"}]
    schema = {"$ref": "#/components/schemas/ProblemDocument"}
    content = {"application/problem+json": {"schema": schema, "examples": {"example": {"value": value}}}}
    return {"description": description, "content": content}


def _exemplify(content: dict[str, Any], value: Any) -> None:
    for media in content.values():
        media["examples"] = {"example": {"value": value}}


@cache
def _examples() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load((_FOLDER / "examples.yaml").read_text(encoding="utf-8")) or {}
    return found


def _by_tag(schema: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, operations in schema["paths"].items():
        for method in _METHODS:
            if method in operations:
                operation = operations[method] | {"path": path, "method": method.upper()}
                groups.setdefault(operation.get("tags", ["其他"])[0], []).append(operation)
    return groups


@cache
def _pages() -> Environment:
    return Environment(loader=FileSystemLoader(_FOLDER / "reference"), autoescape=select_autoescape(["html"]))
