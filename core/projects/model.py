"""What a project is to those who store and list it."""

from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.kernel.errors import NotFound
from core.policy.cases.state import CaseState


class ProjectMissing(NotFound):
    """No such project in this tenant, or none this person may see; the two answer alike on purpose."""

    def __init__(self, code: str) -> None:
        super().__init__(f"没有编号为“{code}”的项目")
        self.project_code = code


class Project(msgspec.Struct, frozen=True, kw_only=True):
    """One project with its whole state. `version` grows by one with every accepted act."""

    id: UUID
    code: str
    unit_id: UUID
    unit_code: str
    subordinate_id: UUID | None
    system_id: UUID | None
    jurisdiction: str
    edition: str
    rulebook: str
    options: dict[str, Any]
    version: int
    state: CaseState


class ProjectRow(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the ledger (台账): what lists show, all amounts in fen."""

    id: UUID
    code: str
    title: str
    kind: str
    unit_id: UUID
    unit: str
    subordinate: str
    plan_year: int
    project_kind: str | None
    track: str
    status: str
    open_stages: list[str]
    holders: list[str]
    next_due_on: date | None
    declared_fen: int | None
    confirmed_fen: int | None
    approved_fen: int | None
    contract_fen: int | None
    accepted_fen: int | None
    created_on: date
    ended_on: date | None
    version: int


class AmountEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One figure of the ladder as it was fixed."""

    key: str
    seq: int
    amount_fen: int
    fixed_on: date
    role: str


class ApplicationSystem(msgspec.Struct, frozen=True, kw_only=True):
    """One application system with the unit that owns it."""

    id: UUID
    organisation_id: UUID
    name: str
    state: str
    since_on: date


class Similar(msgspec.Struct, frozen=True, kw_only=True):
    """A project or system whose name resembles another, with the share of common character pairs in percent."""

    id: UUID
    title: str
    owner: str
    overlap: int
    source: str
