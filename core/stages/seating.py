"""Where a role sits for a case (层级): from the seat a regulation names to the tenant of the tree that acts.

Pure: the tree is a snapshot of the directory. Where nobody is served at the seat, the case's own tenant stands in, so
that an installation of one tenant works whatever its regulation says of other levels.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from core.kernel.tenancy import Level, Tenant
from core.policy.cases.acts import Task
from core.policy.cases.case import Case, UnknownFactError
from core.policy.cases.state import Entry
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.actors import Role, Seat


@dataclass(frozen=True, slots=True)
class Tree:
    """The tree of tenants as one of them, `here`, sees it."""

    here: Tenant
    tenants: dict[UUID, Tenant]

    @property
    def is_alone(self) -> bool:
        """Whether nobody else is served at all."""
        return self.tenants.keys() <= {self.here.id}

    def way_up(self) -> tuple[Tenant, ...]:
        """From here to the root, both included."""
        found = [self.here]
        while (above := self.parent_of(found[-1])) is not None:
            found.append(above)
        return tuple(found)

    def parent_of(self, tenant: Tenant) -> Tenant | None:
        """The tenant above, if one is served."""
        return self.tenants.get(tenant.parent_id) if tenant.parent_id is not None else None

    def home(self, jurisdiction: str) -> Tenant:
        """The highest one on the way up that lives by a regulation, not counting those that only take part."""
        living = [t for t in self.way_up() if t.jurisdiction == jurisdiction and not t.takes_part]
        return living[-1] if living else self.here

    def kin(self) -> tuple[Tenant, ...]:
        """Every tenant of the tree that stands under the same root."""
        root = self.way_up()[-1]
        return tuple(t for t in self.tenants.values() if Tree(t, self.tenants).way_up()[-1].id == root.id)

    def below(self) -> tuple[Tenant, ...]:
        """Every tenant under this one that lives by its regulation."""
        return tuple(
            t
            for t in self.tenants.values()
            if t.jurisdiction == self.here.jurisdiction
            and not t.takes_part
            and self.here in Tree(t, self.tenants).way_up()[1:]
        )

    def named(self, name: str, among: Iterable[Tenant]) -> Tenant | None:
        """The one of these that a text names, by code or name."""
        return next((t for t in among if name and name in (t.code, t.name)), None)


def alone(tenant: Tenant) -> Tree:
    """The tree of a tenant that knows of no other."""
    return Tree(tenant, {tenant.id: tenant})


def acting_tenant(tree: Tree, case: Case, task: Task) -> UUID | None:
    """Which other tenant a task waits in; None where it is the case's own."""
    role = case.rules.roles.get(task.role)
    found = _at_seat(tree, case.at(task.ref), task, role) if role is not None else None
    return elsewhere(tree, found)


def usual_seat(tree: Tree, rules: Rulebook, role: Role) -> UUID | None:
    """Which other tenant a role sits in whatever the case: at the home of the rulebook, or above it."""
    return elsewhere(tree, _at_usual_seat(tree, rules.place, role.seat))


def _at_usual_seat(tree: Tree, place: str, seat: Seat) -> Tenant | None:
    home = tree.home(place)
    return {Seat.HOME: home, Seat.PARENT: tree.parent_of(home) or tree.parent_of(tree.here)}.get(seat)


def elsewhere(tree: Tree, found: Tenant | None) -> UUID | None:
    """The id of a tenant that is served and is not one's own."""
    return found.id if found is not None and found.is_open and found.id != tree.here.id else None


def tenant_of(tree: Tree, entry: Entry) -> Tenant | None:
    """Where a party comes from: the tenant whose body entered it, or the region of its first member that has one."""
    named = (entry.party, *(member.region for member in entry.members))
    return next((found for name in named if (found := tree.named(name, tree.kin())) is not None), None)


def _at_seat(tree: Tree, case: Case, task: Task, role: Role) -> Tenant | None:
    home = tree.home(case.rules.place)
    match role.seat:
        case Seat.HOME | Seat.PARENT:
            return _at_usual_seat(tree, case.rules.place, role.seat)
        case Seat.EACH_LEVEL:
            return _on_the_way(tree, home, _place(role, case), task.n)
        case Seat.CHILD:
            below = [t for t in tree.tenants.values() if t.parent_id in (tree.here.id, home.id)]
            return tree.named(_place(role, case), below)
        case Seat.SAME_LEVEL_AS:
            name = _place(role, case)
            return _at_level(tree.way_up(), name) if name in tuple(Level) else tree.named(name, tree.kin())
        case Seat.PLACE:
            return tree.named(_place(role, case), tree.kin())
        case Seat.ANY:
            entry = case.entry or _holder(case, role)
            return tenant_of(tree, entry) if entry is not None else None
        case Seat.OWN | Seat.EXTERNAL:
            return None


def _on_the_way(tree: Tree, home: Tenant, level: str, turn: int) -> Tenant | None:
    """The level named, or, where none is, the level whose turn it is: the first run is one's own."""
    way = tree.way_up()
    way = way[: way.index(home) + 1]
    if level in tuple(Level):
        return _at_level(way, level)
    return tree.named(level, way) if level else way[min(turn, len(way)) - 1]


def _at_level(way: Iterable[Tenant], level: str) -> Tenant | None:
    return next((t for t in way if t.level == level), None)


def _holder(case: Case, role: Role) -> Entry | None:
    """The party to which an outcome has given the role."""
    held = case.holders(role.key)
    return next((entry for entry in case.state.entries if entry.id in held), None)


def _place(role: Role, case: Case) -> str:
    try:
        return role.place(case) if role.place is not None else ""
    except UnknownFactError:
        return ""
