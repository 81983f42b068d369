"""Values of people and bodies: organisations, accounts, delegations, and what may go wrong with them.

Roles bind to organisations, not to names or to persons: a body that is renamed keeps its tasks, and a person
who moves leaves them behind.
"""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

import msgspec
from stdnum.cn import uscc

from core.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Problem


class AccountKind(StrEnum):
    """What an account is for; fixed when it is created. The last three are the separated administrators (三员分立)."""

    OFFICER = "officer"
    OUTSIDE = "outside"
    SYSTEM = "system"
    SECURITY = "security"
    AUDIT = "audit"


class AccountState(StrEnum):
    """Where an account stands: proposed by the system administrator, active once the security administrator agrees."""

    PROPOSED = "proposed"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class Function(StrEnum):
    """What a person does in an organisation (岗位): 查阅, 经办, 负责人."""

    READER = "reader"
    HANDLER = "handler"
    HEAD = "head"


ADMINISTRATIONS: Final = {"system": "系统管理员", "security": "安全管理员", "audit": "审计管理员"}
FUNCTION_TITLES: Final = {Function.READER: "查阅", Function.HANDLER: "经办", Function.HEAD: "负责人"}

# Kinds of body (单位类型) that core itself knows; a tenant may use further codes.
FIRST_LEVEL_UNIT: Final = "first_level_unit"
SUBORDINATE: Final = "subordinate"
OFFICE: Final = "office"
OUTSIDE_BODY: Final = "outside"


class Alias(msgspec.Struct, frozen=True, kw_only=True):
    """One name an organisation has borne (名称沿革), from a day on until the next one begins."""

    name: str
    short_name: str = ""
    from_on: date


class Organisation(msgspec.Struct, frozen=True, kw_only=True):
    """One body (单位), whatever it is called at the time. `name` is the name on the day asked about."""

    id: UUID
    code: str
    kind: str
    name: str
    short_name: str = ""
    parent_id: UUID | None = None
    credit_code: str | None = None
    active_from_on: date
    active_to_on: date | None = None

    def is_active(self, on: date) -> bool:
        return holds(self.active_from_on, self.active_to_on, on)


class RoleBinding(msgspec.Struct, frozen=True, kw_only=True):
    """A role of the regulation held by an organisation (职责) between two days, both included."""

    id: UUID
    role: str
    organisation_id: UUID
    from_on: date
    to_on: date | None = None


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """One way of one person into one tenant (账号). The same person in another tenant is another account."""

    id: UUID
    kind: AccountKind
    login: str
    name: str
    state: AccountState
    person_code: str | None = None
    bound_case_id: UUID | None = None
    bound_entry: str = ""
    bound_roles: frozenset[str] = frozenset()
    created_by: UUID
    created_at: datetime

    @property
    def is_administrator(self) -> bool:
        return self.kind in ADMINISTRATIONS


class Membership(msgspec.Struct, frozen=True, kw_only=True):
    """An account's post in an organisation (岗位); without a confirmation it is a proposal and gives nothing."""

    id: UUID
    account_id: UUID
    organisation_id: UUID
    functions: frozenset[Function]
    is_primary: bool
    from_on: date
    to_on: date | None = None
    proposed_by: UUID
    confirmed_by: UUID | None = None
    confirmed_at: datetime | None = None


class Delegation(msgspec.Struct, frozen=True, kw_only=True):
    """Leave for one person to act with another's powers (委托代办) between two days, both included."""

    id: UUID
    from_account_id: UUID
    from_name: str
    to_account_id: UUID
    to_name: str
    organisation_id: UUID
    roles: frozenset[str]
    reason: str
    from_on: date
    to_on: date
    revoked_at: datetime | None = None

    def is_open(self, on: date) -> bool:
        return self.revoked_at is None and holds(self.from_on, self.to_on, on)


def holds(from_on: date, to_on: date | None, on: date) -> bool:
    """Answer whether a day lies between two days, both included."""
    return from_on <= on and (to_on is None or on <= to_on)


def name_on(aliases: Sequence[Alias], on: date) -> Alias:
    """The name borne on a day; before the first name, the first one, because a body was never nameless."""
    ordered = sorted(aliases, key=lambda alias: alias.from_on)
    return next((alias for alias in reversed(ordered) if alias.from_on <= on), ordered[0])


def checked_credit_code(text: str) -> str:
    """A unified social credit code (统一社会信用代码) in its canonical form.

    Raises: WrongCreditCode.
    """
    code = uscc.compact(text)
    if not uscc.is_valid(code):
        raise WrongCreditCode("统一社会信用代码应为 18 位且校验码正确，请核对。", text)
    return str(code)


def canonical_login(text: str) -> str:
    """Login names differ neither by case nor by surrounding blanks."""
    return text.strip().lower()


class NotAllowed(Forbidden):
    """The actor lacks a permission; the message says which and who gives it."""

    def __init__(self, message: str, *, permission: str) -> None:
        super().__init__(message)
        self.permission = permission


class SelfConfirmed(Forbidden):
    """Who proposed an account or a post may not confirm it."""

    default_message = "申报人不得自行确认，请由安全管理员确认。"


class OrganisationNotFound(NotFound):
    """No such body in this tenant."""

    default_message = "未找到该单位"


class AccountNotFound(NotFound):
    """No such account in this tenant."""

    default_message = "未找到该账号"


class PostNotFound(NotFound):
    """No such post, role or delegation in this tenant."""

    default_message = "未找到该岗位、职责或委托"


class LoginTaken(Conflict):
    """The login name is in use in this tenant."""

    default_message = "该登录名已被使用，请更换登录名。"


class CodeTaken(Conflict):
    """The code or the credit code of an organisation is in use in this tenant."""

    default_message = "单位代码或统一社会信用代码已被使用，请核对。"


class RoleHeld(Conflict):
    """The organisation already holds the role in part of that time."""

    default_message = "该单位在此期间已承担该职责，无需重复登记。"


class PeriodReversed(Invalid):
    """The last day lies before the first."""

    default_message = "截止日期不得早于起始日期，请核对。"


class CircularParent(Invalid):
    """A body would stand above itself."""

    default_message = "上级单位不得是本单位或其下属单位。"


class AdministratorMayNotAct(Invalid):
    """An administrator was to be given a post, or a post was missing where one is needed (三员分立)."""

    default_message = "系统、安全、审计管理员不得承担业务岗位；请使用业务账号。"


class WronglyBound(Invalid):
    """An outside party must be bound to a case and a role; nobody else may be."""

    default_message = "外部账号须限定于一个项目及其角色；其他账号不得限定。"


class OneAdministration(Conflict):
    """The person is already an administrator (三员不得兼任)."""

    default_message = "同一人不得兼任系统管理员、安全管理员、审计管理员，请另行指定人员。"


class LastAdministrator(Conflict):
    """Without this account nobody would hold the office."""

    default_message = "该账号是本类管理员中最后一个启用的账号，不能停用；请先启用另一名管理员。"


class WrongState(Conflict):
    """The account, post or delegation is not in the state this act starts from."""

    default_message = "当前状态不允许此操作，请刷新后重试。"


class WrongCreditCode(Invalid):
    """Not a unified social credit code."""

    def __init__(self, message: str, value: str) -> None:
        super().__init__(
            message, details=[Problem(field="credit_code", message=f"“{value}”不是有效的统一社会信用代码。")]
        )


class WrongDelegation(Invalid):
    """A delegation that gives more than its giver has, to nobody, or without reason."""


class PersonCodeMissing(Invalid):
    """An administrator must be told apart from every other person."""

    default_message = "管理员账号须填写人员编号，用于核对三员不兼任。"
