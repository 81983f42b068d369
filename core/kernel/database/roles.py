"""The start-up check that the wall between tenants holds for the role the application runs as."""

from core.kernel.database.failures import UnsafeRole
from core.kernel.database.pool import Database

_ROLE = """
SELECT current_user::text AS name, r.rolsuper, r.rolbypassrls,
       EXISTS (SELECT FROM pg_roles o WHERE (o.rolsuper OR o.rolbypassrls) AND o.rolname <> r.rolname
               AND pg_has_role(r.oid, o.oid, 'MEMBER')) AS may_become_unbound,
       EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
               WHERE c.relkind IN ('r', 'p', 'v', 'm') AND n.nspname NOT LIKE 'pg\\_%'
               AND n.nspname <> 'information_schema' AND pg_has_role(r.oid, c.relowner, 'MEMBER')) AS owns_tables
FROM pg_roles r WHERE r.rolname = current_user
"""


async def assert_safe_role(database: Database) -> None:
    """Refuse to run as a role that row-level security does not bind.

    Raises: UnsafeRole naming the role and the reason.
    """
    async with database.platform(read_only=True) as uow:
        row = await uow.fetchrow(_ROLE)
    if row is None:
        raise UnsafeRole("?", "the role is unknown to the server")
    reasons = {
        "rolsuper": "is a superuser",
        "rolbypassrls": "has BYPASSRLS",
        "may_become_unbound": "is a member of a superuser or BYPASSRLS role",
        "owns_tables": "owns tables, or is a member of the role that does",
    }
    for column, reason in reasons.items():
        if row[column]:
            raise UnsafeRole(row["name"], reason)
