"""The six kinds of error, and the problems that one error lists all at once (一次性告知).

Each concept names its own errors beneath one of the six. There is no seventh and no default: whoever
adds an error decides what its channel will answer. Anything that is not one of these is a bug.
"""

import re
from collections.abc import Iterable
from typing import ClassVar

import msgspec


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that is wrong: where, in which words, and by which rule and article.

    `field` is empty when the problem is not about one field. `severity` is block, warn or note.
    """

    message: str
    field: str = ""
    rule: str | None = None
    article: str | None = None
    severity: str = "block"

    @property
    def has_basis(self) -> bool:
        """Whether the problem names its rule or its article."""
        return bool(self.rule or self.article)


class LixiangError(Exception):
    """An answer the platform gives on purpose: a stable code, a sentence in Chinese, and every problem found.

    A subclass states `code` and `default_message` where the words built from its name do not serve. Two
    things must not be confused: `code` is for programs and never changes, `message` is for people and may.
    """

    code: str = ""
    default_message: ClassVar[str] = "操作未能完成"

    def __init_subclass__(cls) -> None:
        """Give each kind its code, unless it states one."""
        super().__init_subclass__()
        if "code" not in cls.__dict__:
            cls.code = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", cls.__name__).lower()

    def __init__(self, message: str = "", *, code: str = "", details: Iterable[Problem] = ()) -> None:
        if type(self) is LixiangError:
            wrong = "raise one of the six kinds, never LixiangError itself"
            raise TypeError(wrong)
        self.message = message or self.default_message
        self.details: tuple[Problem, ...] = tuple(details)
        if code:
            self.code = code
        super().__init__(self.message)

    def __str__(self) -> str:
        return "；".join((self.message, *(problem.message for problem in self.details)))


class NotFound(LixiangError):
    """What was asked for does not exist, or exists in another tenant: the two look the same on purpose (未找到)."""

    default_message = "未找到所请求的内容"


class Forbidden(LixiangError):
    """The actor is known and has no right to this act (无权限)."""

    default_message = "您没有办理此事项的权限"


class Invalid(LixiangError):
    """What was handed in cannot be understood or is incomplete, whatever the regulation says (填报有误)."""

    default_message = "填报内容有误"


class Conflict(LixiangError):
    """The act came too late or twice: somebody else changed the thing meanwhile (状态冲突)."""

    default_message = "内容已被他人更新，请刷新后重试"


class RuleViolated(LixiangError):
    """The regulation does not allow the act (违反规定); every problem that blocks names its rule or article.

    Raises: ValueError when no problem is given, or a blocking one has no basis: a refusal without its
    article is what this platform exists to end.
    """

    default_message = "不符合规定，不能办理"

    def __init__(self, message: str = "", *, details: Iterable[Problem], code: str = "") -> None:
        problems = tuple(details)
        if not problems or not all(problem.has_basis for problem in problems if problem.severity == "block"):
            wrong = "a violated rule names its rule or article"
            raise ValueError(wrong)
        super().__init__(message, code=code, details=problems)


class Unavailable(LixiangError):
    """Something we depend on does not answer now; the same act may succeed later (暂不可用)."""

    default_message = "服务暂时不可用，请稍后重试"


KINDS: tuple[type[LixiangError], ...] = (NotFound, Forbidden, Invalid, Conflict, RuleViolated, Unavailable)


def kind_of(error: LixiangError) -> type[LixiangError]:
    """The one of the six that an error belongs to: channels map kinds, never single errors."""
    return next(kind for kind in KINDS if isinstance(error, kind))
