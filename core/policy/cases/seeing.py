"""The surroundings of a case as a rule sees them: loaded because a gate said it needs them, and refused otherwise."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any

from core.kernel.workdays import Calendar
from core.policy.cases.context import Candidate, Context, RegisterEntry, Round, SharedEntry, UnitRecord

if TYPE_CHECKING:
    from core.policy.rulebooks.rulebook import Rulebook


class UndeclaredNeedError(LookupError):
    """A rule reads surroundings its gate has not declared in `needs`; core would not have loaded them."""

    def __init__(self, need: str) -> None:
        """Say which need is missing."""
        super().__init__(f"a rule reads {need!r} without declaring needs=({need!r},)")


class Surroundings:
    """What a decision may look at beyond the case itself; `allowed` limits it to what a gate has declared."""

    __slots__ = ("allowed", "context", "rules")

    def __init__(self, context: Context, rules: "Rulebook") -> None:
        """Bind surroundings and rulebook together."""
        self.context = context
        self.rules = rules
        self.allowed: Collection[str] | None = None

    def _need(self, name: str) -> None:
        if self.allowed is not None and name not in self.allowed:
            raise UndeclaredNeedError(name)

    @property
    def today(self) -> date:
        """The day of the decision."""
        return self.context.today

    @property
    def calendar(self) -> Calendar:
        """The calendar of today; calendars are never pinned."""
        return self.context.calendar

    @property
    def unit(self) -> UnitRecord:
        """The unit's record across its projects; a gate that reads it declares the need `unit`."""
        self._need("unit")
        return self.context.unit

    @property
    def round(self) -> Round | None:
        """The application round the case falls in; needs `round`."""
        self._need("round")
        return self.context.round

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """Existing systems that resemble this one; needs `candidates`."""
        self._need("candidates")
        return self.context.candidates

    def parameter(self, key: str) -> Any:
        """Today's value of a parameter, or its declared default."""
        if key in self.context.parameters:
            return self.context.parameters[key]
        return self.rules.parameters[key].default

    def register(self, key: str) -> RegisterEntry | None:
        """The unit's current entry in a register, or the tenant's where the register is kept per tenant."""
        self._need("unit")
        return self.context.unit.registers.get(key) or self.context.registers.get(key)

    def shared(self, key: str) -> tuple[SharedEntry, ...]:
        """The published entries in force of a register that an ancestor shares; needs `shared`."""
        self._need("shared")
        entries = (e for e in self.context.shared if e.register == key and e.place in ("", self.rules.place))
        return tuple(entry for entry in entries if entry.stands_on(self.context.today))

    def total(self, key: str) -> int:
        """The sum of a yearly total so far, this act not counted; needs `totals`."""
        self._need("totals")
        return self.context.totals.get(key, 0)
