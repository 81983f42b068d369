"""What a case is measured by: facts, amounts, thresholds, yearly totals, options, parameters, slots."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from core.policy.rules.citations import Citation

if TYPE_CHECKING:
    from core.policy.cases.case import Case


class NoValueError(LookupError):
    """A threshold had no value on the day asked: the text was not in force yet, or the rule is repealed."""


class FactType(StrEnum):
    """The shape of a fact's value; money is integer fen, `texts` a list of short strings, `record` a mapping."""

    BOOL = "bool"
    INTEGER = "integer"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    TEXT = "text"
    TEXTS = "texts"
    RECORD = "record"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing a case knows about itself (事实), asked once and nowhere else.

    `entered_by` names the roles that may set it; `asked_at` the stage whose form shows it; a fact without
    `default` that nobody has entered is *unknown*, which blocks what depends on it and says so. `locked_by`
    names a stage whose passing freezes the value. `standing` facts are visible to the unit's other projects.
    A fact of scope `entry` is asked of each entry for itself and read for the entry an act is about.
    """

    key: str
    title: str
    type: FactType
    citation: Citation
    entered_by: tuple[str, ...] = ("project_unit",)
    asked_at: str = "plan_application"
    default: Any = None
    has_default: bool = False
    choices: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    required: bool = False
    locked_by: str = ""
    standing: bool = False
    scope: str = "project"
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """One step on the ladder of money (金额口径): the moment it is fixed, by whom, on which paper; value in fen."""

    key: str
    title: str
    fixed_by: str
    moment: str
    citation: Citation
    paper: str = ""
    entered_by: tuple[str, ...] = ("project_unit",)
    asked_at: str = ""
    scope: str = "project"
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dated:
    """One value of a threshold with the first day it holds; a repealed rule is a dated None, never a deletion."""

    since: date
    value: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A limit that decides something (限额), with its comparator, unit and basis on the ladder.

    `unit` is fen, percent, count, months or days; `comparator` reads "<basis> <comparator> <value>".
    Thresholds that share `partition` split one space and are tested for gaps and overlaps.
    """

    key: str
    code: str
    title: str
    values: tuple[Dated, ...]
    comparator: str
    unit: str
    basis: str
    decides: str
    citation: Citation
    partition: str = ""
    aliases: tuple[str, ...] = ()

    def value_on(self, day: date) -> int:
        """The value in force on a day.

        Raises: NoValueError before the first dated value, or once the rule is repealed.
        """
        found: int | None = None
        for dated in self.values:
            if dated.since <= day:
                found = dated.value
        if found is None:
            message = f"threshold {self.key} has no value on {day.isoformat()}"
            raise NoValueError(message)
        return found


class SetBy(StrEnum):
    """Who may set an option or a parameter (设置权)."""

    TENANT = "tenant"
    OFFICE = "office"
    ROUND = "round"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An open reading of the text that a tenant may settle (解释选项): values, default, reason, open point.

    Changing it makes another rulebook (the digest covers it) and never touches a running project. Where it is a
    list that must not be empty, `lists` names what may stand in it.
    """

    key: str
    title: str
    point: str
    values: tuple[Any, ...]
    default: Any
    reason: str
    citation: Citation
    set_by: SetBy = SetBy.TENANT
    open_values: bool = False
    lists: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A dated value outside the text (参数), such as a yearly total or a list; acts at once, is never pinned."""

    key: str
    title: str
    default: Any
    set_by: SetBy
    citation: Citation
    empty_means: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningTotal:
    """A sum over the cases of one calendar year (年度累计): which result of which stage adds how much to it.

    `per` is tenant or unit. The act that reaches a limit is itself judged: a gate that needs `totals` reads the sum
    so far, and core lets no second act on the same total go on until the first is stored. `year` is that of the act
    unless said otherwise.
    """

    key: str
    title: str
    stage: str
    outcome: str
    amount: Callable[["Case"], int]
    citation: Citation
    year: Callable[["Case"], int] | None = None
    per: str = "tenant"
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A rule that another text owns (参照其他办法): our minimal stand-in, flagged wherever it acts."""

    key: str
    title: str
    owner: str
    stand_in: str
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """A topic on which the text says nothing (文本未规定); scenarios assert that nothing was invented."""

    key: str
    title: str
    citation: Citation
