"""Who acts: the roles of a regulation and where in the tree of tenants each one sits."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from core.policy.rules.citations import Citation

if TYPE_CHECKING:
    from core.policy.cases.case import Case

PROJECT_UNIT = "project_unit"
"""The unit whose case it is (项目单位); held by that unit alone, case by case."""
SUBORDINATE_UNIT = "subordinate_unit"
"""The unit on whose behalf the project unit acts (下属单位)."""


class Seat(StrEnum):
    """Where a role sits (层级): which tenant of the tree holds it for a case.

    OWN is the case's tenant; HOME the highest one above it that lives by the same rulebook; PARENT the one above the
    home (above the case's own where nothing stands above the home); EACH_LEVEL the one whose turn it is on the way up,
    own tenant first; CHILD, SAME_LEVEL_AS and PLACE the one that `Role.place` names; ANY whichever tenant answers;
    EXTERNAL none: a body outside every tenant. Where nobody is served at the seat, the case's own tenant stands in.
    """

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
    decisions this role records, so that a record never shows the typist as the approver. `place` says of a case which
    tenant a seat means, by its code, its name or, on the way up, its level; empty while nobody knows.
    """

    key: str
    title: str
    seat: Seat
    citation: Citation
    reads_all: bool = False
    acts: bool = True
    records_for: tuple[str, ...] = ()
    from_outcome: bool = False
    place: Callable[["Case"], str] | None = None
    aliases: tuple[str, ...] = ()
