"""Values of getting in: the tenant's sign-in policy, what a sign-in ends in, who a session stands for."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from core.kernel.clock import Clock, SystemClock
from core.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from core.kernel.tenancy import Actor


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """When something happens, twice: the instant, and the legal day.

    They come apart when a demonstration's clock stands on some day: posts and delegations follow that day, while
    locks and sessions follow real time, or moving the day would sign everybody out.
    """

    at: datetime
    on: date

    @classmethod
    def of(cls, clock: Clock) -> "Moment":
        return cls(at=SystemClock().now(), on=clock.today())


class SignInPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """What a tenant demands of passwords and sessions (登录安全策略); set by the security administrator.

    The defaults are those of 等保 level 3 as commonly practised. `password_days` 0 means passwords do not age.
    """

    password_length: int = 10
    password_classes: int = 3
    password_history: int = 5
    password_days: int = 90
    attempts: int = 5
    address_attempts: int = 50
    lock_minutes: int = 15
    idle_minutes: int = 30
    session_hours: int = 12
    factor_for_administrators: bool = True


class Must(StrEnum):
    """What a signed-in person has to do before anything else; until then the actor has no rights."""

    GIVE_FACTOR = "give_factor"
    CHANGE_PASSWORD = "change_password"  # noqa: S105 - a code, not a password
    ENROL_FACTOR = "enrol_factor"


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """One try at the door. `former_token` is the session cookie that came along; it never survives."""

    login: str
    password: str
    code: str = ""
    address: str = ""
    former_token: str | None = None


class Door(StrEnum):
    """How a sign-in ended."""

    OPEN = "open"
    FACTOR_NEEDED = "factor_needed"
    REFUSED = "refused"
    LOCKED = "locked"


class SignIn(msgspec.Struct, frozen=True, kw_only=True):
    """The answer at the door. For an unknown account and a wrong password it is the same, word for word.

    `token` is the new session's secret: rights come with OPEN, while FACTOR_NEEDED only lets a code be given.
    """

    door: Door
    message: str
    token: str | None = None
    remaining: int = 0
    locked_until_at: datetime | None = None


class SignedIn(msgspec.Struct, frozen=True, kw_only=True):
    """Who stands behind a session or a token now, computed anew for each request.

    `is_touch_due` says that its last use should be noted (at most once a minute). `acting_for_name` is the giver
    of the delegation in use; `has_lost_delegation` that one was chosen and has ended since.
    """

    actor: Actor
    access_id: UUID
    must: tuple[Must, ...] = ()
    is_touch_due: bool = False
    ends_at: datetime
    bound_case_id: UUID | None = None
    acting_for_name: str | None = None
    has_lost_delegation: bool = False


class SessionSeen(msgspec.Struct, frozen=True, kw_only=True):
    """One session as its owner and the security administrator see it in a list."""

    id: UUID
    account_id: UUID
    address: str
    created_at: datetime
    seen_at: datetime
    ends_at: datetime


class ApiToken(msgspec.Struct, frozen=True, kw_only=True):
    """One API token (接口令牌) without its secret, which nobody can show again."""

    id: UUID
    account_id: UUID
    name: str
    scopes: frozenset[str]
    created_at: datetime
    ends_at: datetime
    used_at: datetime | None = None
    revoked_at: datetime | None = None


class Credential(msgspec.Struct, frozen=True, kw_only=True):
    """An account with its secrets as stored; never leaves this folder."""

    account_id: UUID
    login: str
    name: str
    kind: str
    state: str
    password_hash: str | None
    former_hashes: tuple[str, ...] = ()
    password_set_at: datetime | None = None
    must_change: bool = False
    factor_secret: str | None = None
    factor_confirmed_at: datetime | None = None
    factor_last_step: int = 0


class WeakPassword(Invalid):
    """The new password does not meet the tenant's policy; every fault is listed."""

    default_message = "新密码不符合要求，请按下列提示修改。"


class WrongPassword(Forbidden):
    """The present password was given wrongly."""

    default_message = "当前密码不正确，请重新输入。"


class AttemptsExhausted(Forbidden):
    """Too many wrong tries; only time or the security administrator helps."""

    default_message = "尝试次数过多，账号已临时锁定，请稍后再试或联系安全管理员。"


class WrongFactor(Forbidden):
    """The six digits do not fit, or were used before."""

    default_message = "动态口令不正确或已使用，请输入验证器上新的 6 位数字。"


class SessionNotFound(NotFound):
    """The session has ended or never was."""

    default_message = "会话已结束，请重新登录。"


class TokenNotFound(NotFound):
    """No such API token in this tenant."""

    default_message = "未找到该接口令牌"


class WrongScopes(Invalid):
    """A token for more than its owner may do."""

    default_message = "令牌的权限不得超出本人的权限，请重新选择。"


class WrongPolicy(Invalid):
    """A sign-in policy weaker than the floor that level 3 demands."""

    default_message = "登录安全策略低于等保三级的最低要求，请调整。"


class NotLinked(Forbidden):
    """The two accounts have not been shown to belong to one person."""

    default_message = "您在该地区没有已关联的账号，请先用该地区账号登录并关联。"


class FactorInUse(Conflict):
    """A second factor is set up already."""

    default_message = "已启用动态口令；如更换设备，请联系安全管理员重置。"
