"""What a comparison says: per place the path, with who acts, papers, limits and articles, and which facts it lacked."""

from datetime import date
from typing import Any

import msgspec


class LimitLine(msgspec.Struct, frozen=True, kw_only=True):
    """One period of a stage, as the text counts it; `owner` is whose time it is."""

    limit: str
    title: str
    kind: str
    amount: int
    unit: str
    owner: str
    article: str


class StageLine(msgspec.Struct, frozen=True, kw_only=True):
    """One stage of the path.

    `walked` stages were passed by the engine, step for step; the others follow from the track's conditions alone, and
    `conditional` says that a fact nobody gave decides about them.
    """

    stage: str
    title: str
    segment: str
    kind: str
    actors: tuple[str, ...]
    reviewers: tuple[str, ...]
    papers: tuple[str, ...]
    limits: tuple[LimitLine, ...]
    article: str
    walked: bool
    conditional: bool = False
    on: date | None = None


class UnknownFact(msgspec.Struct, frozen=True, kw_only=True):
    """A fact the place asks and nobody gave; `assumed` is what the walk went on with, `money` in fen."""

    fact: str
    title: str
    stage: str
    money: bool = False
    assumed: Any = None


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A finding on the way: what stands against the project there, or is noted about it."""

    gate: str
    severity: str
    message: str
    article: str


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """One place's answer.

    `result` is path, refused, elsewhere or undecided, as the place chooses paths; `track_assumed` says that the choice
    rests on facts that were assumed. `complete` says that the engine came to the end of the line, or to a stage that
    goes on without end (`endless`); else `stopped_at` names the stage and why. `presumed` are conditions beyond the
    project's own facts that the walk took for met. `workdays` adds up the periods counted in working days, by the role
    whose time it is; `others` are periods in months, years or calendar days.
    """

    place: str
    edition: str
    title: str
    result: str
    track: str
    track_title: str
    track_article: str
    track_assumed: bool
    stages: tuple[StageLine, ...]
    papers: tuple[str, ...]
    approvers: tuple[str, ...]
    workdays: int
    workdays_by: dict[str, int]
    others: tuple[LimitLine, ...]
    ends_on: date | None
    articles: tuple[str, ...]
    unknown: tuple[UnknownFact, ...]
    unused: tuple[str, ...]
    findings: tuple[Told, ...]
    presumed: tuple[Told, ...]
    endless: bool
    complete: bool
    stopped_at: str = ""
    stopped_by: tuple[str, ...] = ()


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """The same facts through each place, on one day."""

    on: date
    facts: dict[str, Any]
    columns: tuple[Column, ...]
