"""Getting in (身份鉴别): passwords, second factors, throttling, sessions, API tokens, going between tenants."""

from core.people.access.credentials import (
    begin_factor,
    confirm_factor,
    give_initial_password,
    reset_factor,
    reset_password,
    set_policy,
    unlock,
)
from core.people.access.model import (
    ApiToken,
    Attempt,
    Door,
    Moment,
    Must,
    SessionSeen,
    SignedIn,
    SignIn,
    SignInPolicy,
)
from core.people.access.repository import get_policy
from core.people.access.sealing import (
    Vault,
    check_csrf,
    issue_csrf,
    login_digest,
    parts_of_api_token,
    tenant_of_session,
)
from core.people.access.sessions import (
    act_for,
    choose_organisation,
    end_all_access,
    end_session,
    forget_ended_sessions,
    list_sessions,
    resolve_session,
    sign_out,
    touch_session,
)
from core.people.access.signing_in import change_password, give_factor, sign_in
from core.people.access.switching import link_accounts, switch_tenant, tenants_of_login, tenants_of_person
from core.people.access.throttling import sweep as sweep_throttle
from core.people.access.tokens import create_token, list_tokens, resolve_token, revoke_token, touch_token

__all__ = [
    "ApiToken",
    "Attempt",
    "Door",
    "Moment",
    "Must",
    "SessionSeen",
    "SignIn",
    "SignInPolicy",
    "SignedIn",
    "Vault",
    "act_for",
    "begin_factor",
    "change_password",
    "check_csrf",
    "choose_organisation",
    "confirm_factor",
    "create_token",
    "end_all_access",
    "end_session",
    "forget_ended_sessions",
    "get_policy",
    "give_factor",
    "give_initial_password",
    "issue_csrf",
    "link_accounts",
    "list_sessions",
    "list_tokens",
    "login_digest",
    "parts_of_api_token",
    "reset_factor",
    "reset_password",
    "resolve_session",
    "resolve_token",
    "revoke_token",
    "set_policy",
    "sign_in",
    "sign_out",
    "sweep_throttle",
    "switch_tenant",
    "tenant_of_session",
    "tenants_of_login",
    "tenants_of_person",
    "touch_session",
    "touch_token",
    "unlock",
]
