"""What is told to the public: notices that run for a time and may be objected to (公示), and what may go out at all."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from core.policy.rules.citations import Citation

if TYPE_CHECKING:
    from core.policy.cases.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A public notice on a stage of kind `notice`: published, objected to, completed, each a recorded act.

    `limit` is its minimum period, whose last day belongs to it; empty where the text sets none. `objectors` may
    object or record an objection; who closes the stage settles them. Objections belong to their round: a stage
    opened anew begins with none. The gates speak for what stands in the way of completion, `late_gate` warns.
    """

    citation: Citation
    limit: str = ""
    objectors: tuple[str, ...] = ()
    over_gate: str
    objection_gate: str
    late_gate: str


class PostingKind(StrEnum):
    """What is posted to everybody: a call to answer, a public notice of a period, or a publication."""

    CALL = "call"
    NOTICE = "notice"
    PUBLICATION = "publication"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publicity:
    """What of a stage of kind `notice` or `publication` goes out to everybody; what is not named stays inside.

    The title of stage and project go out, and `facts` (amounts too), the current version of `papers`, the `unit`, the
    names of the `entries` computed, and those that the publication fixes, each only if said here. A call is answered
    while the stage `answers_at` takes entries, by parties who become `answered_as`; `closes_by` is the fact with its
    last day. Anybody may object to a notice, without an account, in the role `objects_as`; nobody where it is empty.
    """

    kind: PostingKind
    citation: Citation
    title: str = ""
    facts: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    unit: bool = False
    entries: Callable[["Case"], tuple[str, ...]] | None = None
    names: bool = False
    answers_at: str = ""
    answered_as: str = ""
    closes_by: str = ""
    objects_as: str = ""
