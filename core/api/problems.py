"""Every error in one format (RFC 9457): type, title, status, detail, and all problems with field, rule and article."""

from typing import Any

import asyncpg
import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException

from core.api.malformed import problems_of, told
from core.entrance import SignInNeeded
from core.kernel.database.failures import RETRIED
from core.kernel.errors import (
    Conflict,
    Forbidden,
    Invalid,
    LixiangError,
    NotFound,
    Problem,
    RuleViolated,
    Unavailable,
    kind_of,
)

STATUS: dict[type[LixiangError], int] = {
    NotFound: 404,
    Forbidden: 403,
    Invalid: 422,
    Conflict: 409,
    RuleViolated: 422,
    Unavailable: 503,
}
TITLES = {
    400: "请求格式有误",
    401: "请先登录",
    403: "无权办理",
    404: "未找到",
    405: "不支持的操作",
    409: "已有更新",
    413: "内容过大",
    415: "不支持的内容类型",
    422: "填报有误",
    428: "缺少必要的请求头",
    429: "尝试过于频繁",
    500: "系统内部错误",
    503: "系统繁忙",
}
_log = structlog.get_logger()


class ProblemDocument(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A problem document; `problems` lists everything that is wrong, each with its field, rule and article."""

    type: str
    title: str
    status: int
    detail: str
    code: str = ""
    instance: str = ""
    request_id: str = ""
    problems: tuple[Problem, ...] = ()


class HeaderNeeded(HTTPException):
    """A header this request must carry; the detail names it."""

    status_code = 428


def answer(request: Request[Any, Any, Any], status: int, detail: str, **more: Any) -> Response[ProblemDocument]:
    """A problem document as a response."""
    document = ProblemDocument(
        type=f"urn:lixiang:problem:{more.get('code') or status}",
        title=TITLES.get(status, "无法办理"),
        status=status,
        detail=detail,
        instance=request.url.path,
        request_id=str(request.scope.get("state", {}).get("request_id", "")),
        **more,
    )
    headers = {"Retry-After": "2"} if status == 503 else {}
    return Response(document, status_code=status, media_type="application/problem+json", headers=headers)


def on_ours(request: Request[Any, Any, Any], error: LixiangError) -> Response[ProblemDocument]:
    """An answer the platform gives on purpose."""
    kind = kind_of(error)
    found = answer(request, STATUS[kind], error.message, code=error.code, problems=error.details)
    if kind is RuleViolated:
        found.content.title = "不符合规定"
    return found


def on_sign_in(request: Request[Any, Any, Any], _: SignInNeeded) -> Response[ProblemDocument]:
    """Nobody stands behind the request."""
    found = answer(request, 401, "请先登录，或会话已过期。", code="sign_in_needed")
    found.headers["WWW-Authenticate"] = "Bearer"
    return found


def on_validation(request: Request[Any, Any, Any], error: ValidationException) -> Response[ProblemDocument]:
    """A body or parameter of the wrong shape: each place with its message, all of them at once."""
    extra = error.extra if isinstance(error.extra, list) else []
    told_of = [e for e in extra if isinstance(e, dict)]
    problems = [told(str(e.get("message", "")), str(e.get("key", ""))) for e in told_of if e.get("source") != "body"]
    if len(problems) < len(told_of) or not told_of:
        problems += _of_body(request) or [told(str(e.get("message", "")), str(e.get("key", ""))) for e in told_of]
    return answer(request, 400, "请求内容的格式不符合接口说明。", code="malformed", problems=tuple(problems))


def _of_body(request: Request[Any, Any, Any]) -> list[Problem]:
    """The body once more, field by field; Litestar keeps what it has read on the scope."""
    data = request.route_handler.parsed_fn_signature.parameters.get("data")
    raw = getattr(request, "_body", None)
    model = getattr(data, "annotation", None)
    if not isinstance(raw, bytes) or not isinstance(model, type) or not issubclass(model, msgspec.Struct):
        return []
    try:
        return list(problems_of(msgspec.json.decode(raw), model))
    except msgspec.DecodeError:
        return []


def on_contention(request: Request[Any, Any, Any], _: Exception) -> Response[ProblemDocument]:
    """PostgreSQL asks for the same work again; the caller's key makes that safe."""
    return answer(request, 503, "他人正在办理同一事项，请稍后重试。", code="row_contended")


def on_http(request: Request[Any, Any, Any], error: HTTPException) -> Response[ProblemDocument]:
    """What the framework refuses: unknown address, method, size."""
    return answer(request, error.status_code, str(error.detail))


def on_bug(request: Request[Any, Any, Any], error: Exception) -> Response[ProblemDocument]:
    """A bug of ours: logged whole, told without a word of its inside."""
    _log.error("unexpected", path=request.url.path, exc_info=error)
    return answer(request, 500, "系统内部错误，已记录，请凭请求编号联系管理员。", code="internal")


def on_duplicate(request: Request[Any, Any, Any], _: Exception) -> Response[ProblemDocument]:
    """The database holds the same thing already: the safety net under the services' own checks."""
    return answer(request, 409, "已有相同的登记，无需重复提交。", code="duplicate")


def on_unstorable(request: Request[Any, Any, Any], error: Exception) -> Response[ProblemDocument]:
    """A value that no column can hold: too large a number, NUL in a text, nothing where something is needed."""
    _log.warning("unstorable", path=request.url.path, constraint=getattr(error, "constraint_name", None))
    return answer(
        request, 422, "内容不能登记：有空项、超出范围的数字、不可见字符，或所指的对象不存在。", code="unstorable"
    )


HANDLERS: dict[Any, Any] = {
    LixiangError: on_ours,
    SignInNeeded: on_sign_in,
    ValidationException: on_validation,
    HTTPException: on_http,
    **dict.fromkeys(RETRIED, on_contention),
    asyncpg.UniqueViolationError: on_duplicate,
    asyncpg.DataError: on_unstorable,
    asyncpg.CheckViolationError: on_unstorable,
    asyncpg.ForeignKeyViolationError: on_unstorable,
    Exception: on_bug,
}
