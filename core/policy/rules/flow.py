"""What a step is: stages, outcomes and where they lead, reviews and what they need."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from core.policy.rules.citations import Citation
from core.policy.rules.competing import Binding, Competition, Entering, Join
from core.policy.rules.limits import Extension
from core.policy.rules.papers import PaperDemand
from core.policy.rules.publicity import Notice, Publicity

if TYPE_CHECKING:
    from core.policy.cases.case import Case


class StageKind(StrEnum):
    """What happens in a stage (环节类型); each kind has its own closing act."""

    TASK = "task"
    REVIEW = "review"
    PARALLEL_REVIEW = "parallel_review"
    FILING = "filing"
    NOTICE = "notice"
    PUBLICATION = "publication"
    WAIT = "wait"
    PAYMENT = "payment"


CLOSING_ACT = {
    StageKind.TASK: "submit",
    StageKind.REVIEW: "decide",
    StageKind.PARALLEL_REVIEW: "decide",
    StageKind.FILING: "lodge",
    StageKind.NOTICE: "complete",
    StageKind.PUBLICATION: "publish",
    StageKind.WAIT: "complete",
    StageKind.PAYMENT: "pay",
}


class Line(StrEnum):
    """Where a stage stands to the main line: on it, entered only by name, beside it, or in a side process."""

    MAIN = "main"
    DETOUR = "detour"
    OBLIGATION = "obligation"
    SIDE = "side"


class Holds(StrEnum):
    """What an open stage holds up: the main line, only the end of the case, or nothing."""

    LINE = "line"
    END = "end"
    NOTHING = "nothing"


class OutcomeKind(StrEnum):
    """Whether a result moves the case forward; gates guard forward acts only."""

    FORWARD = "forward"
    NEGATIVE = "negative"
    NEUTRAL = "neutral"


class Ends(StrEnum):
    """How a case or a lot is over (终态)."""

    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"
    LAPSED = "lapsed"
    TERMINATED = "terminated"
    COMPLETED = "completed"


class By(StrEnum):
    """Who determines where an outcome leads: the rulebook, a pure function, the decider, or the way it came."""

    FIXED = "fixed"
    COMPUTED = "computed"
    CHOICE = "choice"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Next:
    """Where an outcome leads. `targets` lists every stage it can lead to, so that reachability can be proved.

    No target means the next stage of the track whose condition holds.
    """

    targets: tuple[str, ...] = ()
    by: By = By.FIXED
    pick: Callable[["Case"], tuple[str, ...]] | None = None


ONWARD = Next()
STAY = Next(targets=("",))


def to(*targets: str) -> Next:
    """Lead to these stages, all of them at once."""
    return Next(targets=targets)


def chosen_from(*targets: str) -> Next:
    """Lead to the stage the decider chooses from the list (重启点由审核人确定)."""
    return Next(targets=targets, by=By.CHOICE)


def computed(pick: Callable[["Case"], tuple[str, ...]], *targets: str) -> Next:
    """Lead where a pure function of the case says, within the declared targets."""
    return Next(targets=targets, by=By.COMPUTED, pick=pick)


BACK = Next(by=By.BACK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One result a stage can have (结果): a closed set; what the text does not name is cited as core default.

    `opens` are obligations started beside the next stage; `counts` says whether the result uses up an attempt;
    `reopens` lists stages whose approval falls with it; `binds` are roles it gives, `extends` a period it moves,
    `deems` papers that count as handed in from then on (视同).
    """

    key: str
    title: str
    kind: OutcomeKind
    citation: Citation
    next: Next = ONWARD
    opens: tuple[str, ...] = ()
    ends: Ends | None = None
    reason_required: bool = False
    counts: bool = True
    reopens: tuple[str, ...] = ()
    binds: tuple[Binding, ...] = ()
    extends: Extension | None = None
    deems: tuple[str, ...] = ()


class Force(StrEnum):
    """The force of an opinion (意见效力)."""

    BINDING = "binding"
    WEIGHED = "weighed"
    ADVISORY = "advisory"


class Aggregate(StrEnum):
    """How opinions become an outcome (结论规则); none of them is invented where the text names one decider."""

    DECIDER = "decider"
    ALL = "all"
    ANY = "any"
    VOTE = "vote"
    WORST = "worst"
    SIGNATURES = "signatures"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewer:
    """A body that joins a review when its condition holds (联合审核单位).

    `each` names entries of which every one speaks for itself, as when all parties must consent (会签); `gate`
    speaks for an opinion that is outstanding.
    """

    role: str
    citation: Citation
    when: Callable[["Case"], bool] | None = None
    force: Force = Force.WEIGHED
    each: Callable[["Case"], tuple[str, ...]] | None = None
    gate: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelRule:
    """Who may sit and in which form (专家或会议): libraries per purpose, whether the draw must be random.

    `meeting_when` says when an expert review meeting is compulsory; below that the form is the unit's choice.
    """

    citation: Citation
    libraries: tuple[str, ...]
    random: bool
    library_gate: str
    meeting_when: Callable[["Case"], bool] | None = None
    meeting_gate: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What a review must contain before it may conclude: items, joint reviewers, aggregate, panel.

    `items` are (key, title, citation) of results a conclusion needs, each its own finding when absent.
    `quorum` counts opinions needed for a vote; a vote passes at `majority` percent or more of those cast.
    `worst_first` ranks the outcomes where the worst opinion is the conclusion (并联审批): nobody decides over the
    others, the last required opinion concludes, and what guards the outcome is asked then.
    """

    citation: Citation
    items: tuple[tuple[str, str, Citation], ...] = ()
    reviewers: tuple[Reviewer, ...] = ()
    aggregate: Aggregate = Aggregate.DECIDER
    quorum: int = 0
    majority: int = 0
    worst_first: tuple[str, ...] = ()
    invites: bool = False
    panel: PanelRule | None = None
    defects: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One step of a segment (环节): kind, who acts, what it asks, what it leads to.

    `records` names facts that may be recorded while the stage is open, beyond those it asks. `repeats` lets a
    stage be opened again while an earlier run of it is open (one per contract, for example). `scope` is project, or
    lot or entry for a stage that each of them goes through for itself; `names` are fixed by its publication, and
    `public` says what of it everybody may read.
    """

    key: str
    title: str
    kind: StageKind
    actors: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    citation: Citation
    papers: tuple[PaperDemand, ...] = ()
    asks: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    review: Review | None = None
    line: Line = Line.MAIN
    holds: Holds = Holds.LINE
    when: Callable[["Case"], bool] | None = None
    when_citation: Citation | None = None
    scope: str = "project"
    takes: Entering | None = None
    join: Join | None = None
    competition: Competition | None = None
    notice: Notice | None = None
    public: Publicity | None = None
    names: Callable[["Case"], tuple[str, ...]] | None = None
    repeats: bool = False
    unbounded: bool = False
    decided_by: str = ""
    aliases: tuple[str, ...] = ()

    def outcome(self, key: str) -> Outcome | None:
        """The outcome of that key, if the stage has it."""
        return next((outcome for outcome in self.outcomes if outcome.key == key), None)
