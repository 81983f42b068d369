"""Reads the catalogue and names what would breach the wall between tenants, or keep the schema off Citus.

Run by the tests after every migration and by `lixiang doctor`. It works on the database, not on the SQL files:
what counts is what is there.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

import msgspec

WALL = "(tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)"
APP_ROLE = "lixiang_app"

# Tables that belong to no tenant, and why each may.
GLOBAL_TABLES: Mapping[str, str] = {
    "schema_migration": "the record of migrations; about the schema, not about anybody",
    "posting": "calls, notices and publications are for everybody; holds only what a regulation orders to publish",
    "login_directory": "somebody must say which tenants know a login before a tenant is known; digests and ids only",
    "shared_entry": "what an ancestor publishes for all below it; public as a listing is, written only by publishing",
    "tenant": "a request must find its tenant before it has one; holds public names only",
    "tenant_directory_version": "one number that tells processes to read `tenant` again",
}

# Tables the application may add to and never change: what they say is evidence.
APPEND_ONLY = frozenset({"journal_entry", "journal_root", "tenant_choice", "calendar_amendment", "document_version"})

_TABLES = """
SELECT c.relname AS name, c.relrowsecurity AS walled, c.relforcerowsecurity AS forced, c.relkind::text AS kind,
    EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id') AS scoped,
    coalesce((SELECT a.attnotnull AND a.atttypid = 'uuid'::regtype AND a.attnum = 1 FROM pg_attribute a
              WHERE a.attrelid = c.oid AND a.attname = 'tenant_id'), false) AS scoped_well,
    EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal) AS has_trigger,
    EXISTS (SELECT FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
            WHERE a.attrelid = c.oid AND a.attnum > 0 AND t.typtype = 'e') AS has_enum,
    EXISTS (SELECT FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE a.attrelid = c.oid AND a.attnum > 0 AND (a.attidentity <> ''
            OR pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%')) AS has_serial,
    has_table_privilege($1, c.oid, 'UPDATE') OR has_any_column_privilege($1, c.oid, 'UPDATE') AS may_update,
    has_table_privilege($1, c.oid, 'DELETE') AS may_delete,
    has_table_privilege($1, c.oid, 'TRUNCATE') OR has_table_privilege($1, c.oid, 'TRIGGER')
    OR has_table_privilege($1, c.oid, 'REFERENCES') AS may_too_much
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') ORDER BY c.relname
"""
_POLICIES = """
SELECT tablename AS table, policyname AS name, permissive, roles::text[] AS roles, cmd, qual, with_check
FROM pg_policies WHERE schemaname = 'public' ORDER BY tablename
"""
# The columns of a key or index in their order; for a foreign key also those it points to.
_CONSTRAINTS = """
SELECT c.conrelid::regclass::text AS table, c.conname AS name, c.contype::text AS kind, c.condeferrable AS deferrable,
    c.confrelid::regclass::text AS target, pg_get_constraintdef(c.oid) AS definition,
    (SELECT array_agg(a.attname::text ORDER BY k.n) FROM unnest(c.conkey) WITH ORDINALITY AS k (num, n)
     JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.num) AS columns,
    (SELECT array_agg(a.attname::text ORDER BY k.n) FROM unnest(c.confkey) WITH ORDINALITY AS k (num, n)
     JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.num) AS target_columns
FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
WHERE n.nspname = 'public' AND c.contype IN ('p', 'u', 'f', 'x') ORDER BY 1, 2
"""
_INDEXES = """
SELECT i.indrelid::regclass::text AS table, i.indexrelid::regclass::text AS name, am.amname::text AS method,
    i.indnkeyatts AS width, pg_get_indexdef(i.indexrelid, 1, true) AS first
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am am ON am.oid = c.relam
JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' ORDER BY 1, 2
"""
_OTHERS = """
SELECT c.relname AS name, 'view without security_invoker' AS problem FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind IN ('v', 'm')
AND NOT coalesce('security_invoker=true' = ANY (c.reloptions), false)
UNION ALL
SELECT p.proname, 'function with SECURITY DEFINER' FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = 'public' AND p.prosecdef
UNION ALL
SELECT c.relname, 'sequence; ids are made by the application' FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind = 'S'
"""


class Reader(Protocol):
    """Whatever runs a query: a unit of work, or a connection."""

    async def fetch(self, query: str, *args: Any) -> list[Any]: ...


class Breach(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One rule of the schema that one table, key, index or policy does not keep."""

    table: str
    problem: str

    def __str__(self) -> str:
        return f"{self.table}: {self.problem}"


async def lint_schema(reader: Reader, *, global_tables: Iterable[str] = GLOBAL_TABLES) -> tuple[Breach, ...]:
    """Everything in the catalogue that breaks the rules; empty when all is well."""
    allowed = frozenset(global_tables)
    tables = await reader.fetch(_TABLES, APP_ROLE)
    scoped = {row["name"] for row in tables if row["scoped"] and row["name"] not in allowed}
    found = [Breach(table=row["name"], problem=row["problem"]) for row in await reader.fetch(_OTHERS)]
    for row in tables:
        found.extend(_table(row, row["name"] in scoped, row["name"] in allowed))
    found.extend(_policies(await reader.fetch(_POLICIES), scoped))
    for row in await reader.fetch(_CONSTRAINTS):
        found.extend(_constraint(row, scoped))
    for row in await reader.fetch(_INDEXES):
        found.extend(_index(row, scoped))
    return tuple(sorted(found))


def _table(row: Mapping[str, Any], scoped: bool, allowed: bool) -> Iterable[Breach]:  # noqa: FBT001 - two facts
    name = row["name"]
    problems = {
        "has no tenant_id and is not on the list of global tables": not scoped and not allowed,
        "is on the list of global tables and yet behind the wall": allowed and row["walled"],
        "tenant_id must be the first column, uuid, not null": scoped and not row["scoped_well"],
        "row-level security is not enabled": scoped and not row["walled"],
        "row-level security is not forced": scoped and not row["forced"],
        "has a trigger": row["has_trigger"],
        "has an enum column; use text with a check": row["has_enum"],
        "has a serial or identity column; ids are made by the application": row["has_serial"],
        "is append-only, yet the application may update it": name in APPEND_ONLY and row["may_update"],
        "is append-only, yet the application may delete from it": name in APPEND_ONLY and row["may_delete"],
        "the application may truncate, reference or put triggers on it": row["may_too_much"],
        "is partitioned; tenant tables are not": row["kind"] == "p",
    }
    return (Breach(table=name, problem=problem) for problem, holds in problems.items() if holds)


def _policies(rows: Iterable[Mapping[str, Any]], scoped: set[str]) -> Iterable[Breach]:
    counted: dict[str, int] = {}
    for row in rows:
        counted[row["table"]] = counted.get(row["table"], 0) + 1
        form = (row["name"], row["permissive"], row["roles"], row["cmd"], row["qual"], row["with_check"])
        if form != ("tenant_wall", "PERMISSIVE", ["public"], "ALL", WALL, WALL):
            yield Breach(table=row["table"], problem=f"policy {row['name']} is not of the one allowed form")
    for table in sorted(scoped):
        if counted.get(table, 0) != 1:
            yield Breach(table=table, problem="needs exactly one policy")


def _constraint(row: Mapping[str, Any], scoped: set[str]) -> Iterable[Breach]:
    table, columns, kind = row["table"], row["columns"], row["kind"]
    if row["deferrable"]:
        yield Breach(table=table, problem=f"constraint {row['name']} is deferrable")
    if kind == "x":
        yield Breach(table=table, problem=f"constraint {row['name']} excludes; Citus cannot")
    if table not in scoped:
        return
    if kind in "pu" and columns[0] != "tenant_id":
        yield Breach(table=table, problem=f"key {row['name']} does not begin with tenant_id")
    if kind == "f" and row["target"] in scoped and (columns[0], row["target_columns"][0]) != ("tenant_id", "tenant_id"):
        yield Breach(table=table, problem=f"foreign key {row['name']} could point into another tenant")
    if kind == "f" and re.search(r"ON (DELETE|UPDATE) SET", row["definition"]):
        yield Breach(table=table, problem=f"foreign key {row['name']} would set tenant_id")


def _index(row: Mapping[str, Any], scoped: set[str]) -> Iterable[Breach]:
    if row["method"] in {"gin", "gist"}:
        # These cannot lead with a uuid without an extension; a policy narrows such a search by another index.
        if row["width"] > 1:
            yield Breach(table=row["table"], problem=f"index {row['name']} is a {row['method']} over several columns")
    elif row["table"] in scoped and row["first"] != "tenant_id":
        yield Breach(table=row["table"], problem=f"index {row['name']} does not begin with tenant_id")
