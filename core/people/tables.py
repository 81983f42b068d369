"""Piccolo tables of people. Queries stand in the repositories as SQL; these describe the schema to tools and checks."""

from piccolo.columns import JSONB, UUID, Array, BigInt, Boolean, Bytea, Date, Integer, Text, Timestamptz
from piccolo.table import Table


class Organisation(Table, tablename="organisation"):
    """One body, whatever its name at the time. No personal data."""

    tenant_id = UUID(default=None)
    id = UUID(primary_key=True, default=None)
    code = Text()
    kind = Text()
    parent_id = UUID(null=True, default=None)
    credit_code = Text(null=True, default=None)
    active_from_on = Date()
    active_to_on = Date(null=True, default=None)


class OrganisationAlias(Table, tablename="organisation_alias"):
    """One name of a body, from a day until the next name begins. No personal data."""

    tenant_id = UUID(default=None)
    organisation_id = UUID(primary_key=True, default=None)
    from_on = Date()
    name = Text()
    short_name = Text(default="")


class RoleBinding(Table, tablename="role_binding"):
    """One role of the regulation held by a body between two days. No personal data."""

    tenant_id = UUID(default=None)
    id = UUID(primary_key=True, default=None)
    role = Text()
    organisation_id = UUID(default=None)
    from_on = Date()
    to_on = Date(null=True, default=None)


class Account(Table, tablename="account"):
    """One way of one person into the tenant. Personal data: login, name, person code."""

    tenant_id = UUID(default=None)
    id = UUID(primary_key=True, default=None)
    kind = Text()
    login = Text()
    name = Text()
    person_code = Text(null=True, default=None)
    state = Text()
    bound_case_id = UUID(null=True, default=None)
    bound_entry = Text(default="")
    bound_roles = Array(base_column=Text())
    created_by = UUID(default=None)
    created_at = Timestamptz()
    activated_by = UUID(null=True, default=None)
    activated_at = Timestamptz(null=True, default=None)


class Credential(Table, tablename="credential"):
    """The secrets of one account, hashed or sealed. Personal data: yes, secret."""

    tenant_id = UUID(default=None)
    account_id = UUID(primary_key=True, default=None)
    password_hash = Text(null=True, default=None, secret=True)
    former_hashes = Array(base_column=Text(), secret=True)
    password_set_at = Timestamptz(null=True, default=None)
    must_change = Boolean(default=True)
    factor_secret = Text(null=True, default=None, secret=True)
    factor_confirmed_at = Timestamptz(null=True, default=None)
    factor_last_step = BigInt(default=0)


class Membership(Table, tablename="membership"):
    """One post of an account in a body; unconfirmed it gives no right. Personal data: who works where."""

    tenant_id = UUID(default=None)
    id = UUID(primary_key=True, default=None)
    account_id = UUID(default=None)
    account_kind = Text()
    organisation_id = UUID(default=None)
    functions = Array(base_column=Text())
    is_primary = Boolean(default=False)
    from_on = Date()
    to_on = Date(null=True, default=None)
    proposed_by = UUID(default=None)
    confirmed_by = UUID(null=True, default=None)
    confirmed_at = Timestamptz(null=True, default=None)


class Delegation(Table, tablename="delegation"):
    """One leave to act with another's powers between two days. Personal data: who stands in for whom, and why."""

    tenant_id = UUID(default=None)
    id = UUID(primary_key=True, default=None)
    from_account_id = UUID(default=None)
    from_kind = Text(default="officer")
    to_account_id = UUID(default=None)
    to_kind = Text(default="officer")
    organisation_id = UUID(default=None)
    roles = Array(base_column=Text())
    reason = Text()
    from_on = Date()
    to_on = Date()
    created_at = Timestamptz()
    revoked_at = Timestamptz(null=True, default=None)
    revoked_by = UUID(null=True, default=None)


class SignInThrottle(Table, tablename="sign_in_throttle"):
    """One counter of attempts by digest of login or address. No readable personal data."""

    tenant_id = UUID(default=None)
    kind = Text()
    subject = Bytea(primary_key=True)
    attempts = Integer()
    counted_from_at = Timestamptz()
    locked_until_at = Timestamptz(null=True, default=None)


class SignInPolicy(Table, tablename="sign_in_policy"):
    """What one tenant demands at sign-in. No personal data."""

    tenant_id = UUID(primary_key=True, default=None)
    body = JSONB()
    set_by = UUID(default=None)
    set_at = Timestamptz()


class SignInSession(Table, tablename="sign_in_session"):
    """One session by the digest of its secret. Personal data: address and times of use."""

    tenant_id = UUID(default=None)
    id = UUID(primary_key=True, default=None)
    token_hash = Bytea(secret=True)
    account_id = UUID(default=None)
    organisation_id = UUID(null=True, default=None)
    delegation_id = UUID(null=True, default=None)
    awaits_factor = Boolean(default=False)
    address = Text(default="")
    created_at = Timestamptz()
    seen_at = Timestamptz()
    idle_until_at = Timestamptz()
    ends_at = Timestamptz()
    revoked_at = Timestamptz(null=True, default=None)


class ApiToken(Table, tablename="api_token"):
    """One API token by the digest of its secret. Personal data: times of use."""

    tenant_id = UUID(default=None)
    id = UUID(primary_key=True, default=None)
    account_id = UUID(default=None)
    organisation_id = UUID(null=True, default=None)
    name = Text()
    secret_hash = Bytea(secret=True)
    scopes = Array(base_column=Text())
    created_at = Timestamptz()
    ends_at = Timestamptz()
    used_at = Timestamptz(null=True, default=None)
    revoked_at = Timestamptz(null=True, default=None)
    revoked_by = UUID(null=True, default=None)


class LoginDirectory(Table, tablename="login_directory"):
    """Which tenants know a login, by digest. Global: asked before a tenant is known. No readable personal data."""

    login_digest = Bytea(primary_key=True)
    tenant_id = UUID(default=None)
    account_id = UUID(default=None)
    person_id = UUID(default=None)
