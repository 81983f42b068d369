"""What an actor may do: permissions as scopes (权限), and the separation of the three administrators (三员分立).

A permission is a code such as `projects:act`. Functions of a membership, the kind of an administrator and the
scopes of a token all speak this one language, so that a right can only shrink on its way to an act.
"""

from collections.abc import Iterable
from typing import Final

from core.kernel.tenancy import Actor
from core.people.model import ADMINISTRATIONS, NotAllowed

PROJECTS_READ: Final = "projects:read"
PROJECTS_ACT: Final = "projects:act"
PROJECTS_DECIDE: Final = "projects:decide"
DOCUMENTS_READ: Final = "documents:read"
DOCUMENTS_WRITE: Final = "documents:write"
MARKET_READ: Final = "market:read"
MARKET_ACT: Final = "market:act"
REGISTERS_READ: Final = "registers:read"
REGISTERS_WRITE: Final = "registers:write"
REPORTS_READ: Final = "reports:read"
DELEGATE: Final = "people:delegate"
OWN_TOKENS: Final = "people:own_tokens"

ADMIN_ACCOUNTS: Final = "admin:accounts"
ADMIN_ORGANISATIONS: Final = "admin:organisations"
ADMIN_ROLES: Final = "admin:roles"
ADMIN_OPTIONS: Final = "admin:options"
ADMIN_ACTIVATE: Final = "admin:activate"
ADMIN_GRANTS: Final = "admin:grants"
ADMIN_UNLOCK: Final = "admin:unlock"
ADMIN_SESSIONS: Final = "admin:sessions"
ADMIN_TOKENS: Final = "admin:tokens"
ADMIN_PASSWORDS: Final = "admin:password_policy"
ADMIN_LABELS: Final = "admin:labels"
ADMIN_JOURNAL: Final = "admin:journal"
ADMIN_SIGN_INS: Final = "admin:sign_ins"

_READER = frozenset({PROJECTS_READ, DOCUMENTS_READ, MARKET_READ, REGISTERS_READ, REPORTS_READ, OWN_TOKENS})
_HANDLER = _READER | {PROJECTS_ACT, DOCUMENTS_WRITE, MARKET_ACT, REGISTERS_WRITE, DELEGATE}

# 查阅 sees, 经办 acts, 负责人 acts and decides.
FUNCTION_SCOPES: Final = {
    "reader": _READER,
    "handler": _HANDLER,
    "head": _HANDLER | {PROJECTS_DECIDE},
}
OUTSIDE_SCOPES: Final = frozenset({PROJECTS_READ, PROJECTS_ACT, DOCUMENTS_READ, DOCUMENTS_WRITE})

# Disjoint by design and by test: no power belongs to two administrations.
ADMIN_SCOPES: Final = {
    "system": frozenset({ADMIN_ACCOUNTS, ADMIN_ORGANISATIONS, ADMIN_ROLES, ADMIN_OPTIONS}),
    "security": frozenset(
        {ADMIN_ACTIVATE, ADMIN_GRANTS, ADMIN_UNLOCK, ADMIN_SESSIONS, ADMIN_TOKENS, ADMIN_PASSWORDS, ADMIN_LABELS}
    ),
    "audit": frozenset({ADMIN_JOURNAL, ADMIN_SIGN_INS}),
}
TOKEN_SCOPES: Final = FUNCTION_SCOPES["head"] - {OWN_TOKENS} | frozenset().union(*ADMIN_SCOPES.values())

_NAMES: Final = {
    PROJECTS_READ: "查阅项目",
    PROJECTS_ACT: "办理项目事项（经办）",
    PROJECTS_DECIDE: "作出审批决定（负责人）",
    DOCUMENTS_READ: "查阅材料",
    DOCUMENTS_WRITE: "提交材料",
    MARKET_READ: "查阅应用市场",
    MARKET_ACT: "办理应用市场事项",
    REGISTERS_READ: "查阅名录和台账",
    REGISTERS_WRITE: "登记名录和台账",
    REPORTS_READ: "查阅统计",
    DELEGATE: "委托他人代办",
    OWN_TOKENS: "管理本人的接口令牌",
    ADMIN_ACCOUNTS: "管理账号",
    ADMIN_ORGANISATIONS: "管理单位",
    ADMIN_ROLES: "管理单位职责",
    ADMIN_OPTIONS: "设置本地选项",
    ADMIN_ACTIVATE: "启用和停用账号",
    ADMIN_GRANTS: "授予岗位权限",
    ADMIN_UNLOCK: "解除登录锁定",
    ADMIN_SESSIONS: "结束他人会话",
    ADMIN_TOKENS: "吊销接口令牌",
    ADMIN_PASSWORDS: "设置登录安全策略",
    ADMIN_LABELS: "标定材料密级",
    ADMIN_JOURNAL: "查阅审计日志",
    ADMIN_SIGN_INS: "查阅登录记录",
}


def scopes_of(kind: str, functions: Iterable[str]) -> frozenset[str]:
    """What an account may do by its kind and its functions, before a token narrows it."""
    if kind in ADMIN_SCOPES:
        return ADMIN_SCOPES[kind]
    if kind == "outside":
        return OUTSIDE_SCOPES
    return frozenset().union(*(FUNCTION_SCOPES[function] for function in functions))


def narrowed(scopes: frozenset[str], wanted: Iterable[str]) -> frozenset[str]:
    """Keep the scopes that a token names, where `admin:*` names every one of its family."""
    exact = frozenset(wanted)
    families = tuple(scope.removesuffix("*") for scope in exact if scope.endswith(":*"))
    return frozenset(scope for scope in scopes if scope in exact or (families and scope.startswith(families)))


def may(actor: Actor, permission: str) -> bool:
    """Answer whether the actor holds the permission; an administrator never holds one outside his own office."""
    if permission not in actor.scopes:
        return False
    if actor.admin is not None:
        return permission in ADMIN_SCOPES.get(actor.admin, frozenset())
    return not permission.startswith("admin:")


def require(actor: Actor, permission: str) -> None:
    """Refuse, naming what is needed and who holds it.

    Raises: NotAllowed.
    """
    if may(actor, permission):
        return
    needed = _NAMES.get(permission, permission)
    if permission.startswith("admin:"):
        holder = next((kind for kind, scopes in ADMIN_SCOPES.items() if permission in scopes), "system")
        raise NotAllowed(f"此操作需要“{needed}”权限，由{ADMINISTRATIONS[holder]}行使。", permission=permission)
    if actor.admin is not None:
        raise NotAllowed(
            f"{ADMINISTRATIONS[actor.admin]}不得办理业务事项；此操作需要“{needed}”权限，请由业务账号办理。",
            permission=permission,
        )
    raise NotAllowed(
        f"此操作需要“{needed}”权限，请联系本单位负责人，由系统管理员申报、安全管理员授予。", permission=permission
    )


def require_role(actor: Actor, *roles: str, titles: str = "") -> None:
    """Refuse an actor whose organisation holds none of the roles.

    Raises: NotAllowed.
    """
    if actor.admin is None and not actor.roles.isdisjoint(roles):
        return
    raise NotAllowed(f"此操作由{titles or '、'.join(roles)}办理，您所在单位未承担该职责。", permission="|".join(roles))
