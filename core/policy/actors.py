"""Who acts: the roles of a regulation and where in the tree of tenants each one sits."""

from dataclasses import dataclass
from enum import StrEnum

from core.policy.citations import Citation

PROJECT_UNIT = "project_unit"
"""The unit whose case it is (项目单位); held by that unit alone, case by case."""
SUBORDINATE_UNIT = "subordinate_unit"
"""The unit on whose behalf the project unit acts (下属单位)."""


class Seat(StrEnum):
    """Where a role sits (层级): of the case's tenant, the rulebook's home, up, down, or outside every tenant."""

    OWN = "own"
    HOME = "home"
    PARENT = "parent"
    CHILD = "child"
    EACH_LEVEL = "each_level"
    SAME_LEVEL_AS = "same_level_as"
    PLACE = "place"
    ANY = "any"
    EXTERNAL = "external"


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """One capacity in which a body acts (角色). Roles bind to organisations; organisations change their names.

    `reads_all` roles see every project of their reach; `records_for` names bodies outside the system whose
    decisions this role records, so that a record never shows the typist as the approver.
    """

    key: str
    title: str
    seat: Seat
    citation: Citation
    reads_all: bool = False
    acts: bool = True
    records_for: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
