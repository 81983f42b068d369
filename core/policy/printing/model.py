"""What a printed rulebook says, as plain values in the words an officer reads; pages and programs share them."""

from datetime import date
from typing import Any

import msgspec


class Said(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of what is printed."""


class Chosen(Said, frozen=True, kw_only=True, omit_defaults=True):
    """What a tenant has settled: the value, from which day, and why."""

    value: Any
    from_on: date
    reason: str = ""


class Text(Said, frozen=True, kw_only=True, omit_defaults=True):
    """One text in force."""

    title: str
    number: str
    issued_by: str
    effective_on: date | None = None
    expires_on: date | None = None


class Note(Said, frozen=True, kw_only=True, omit_defaults=True):
    """One line of a step: what, under which condition or with which detail, by which article."""

    title: str
    detail: str = ""
    article: str = ""
    kind: str = ""


class Step(Said, frozen=True, kw_only=True, omit_defaults=True):
    """One stage: who acts, what is handed in, until when, what it can lead to, and what is checked."""

    number: int
    key: str
    title: str
    kind: str
    line: str
    who: str
    article: str
    basis: str = ""
    condition: str = ""
    told: tuple[str, ...] = ()
    asks: tuple[Note, ...] = ()
    papers: tuple[Note, ...] = ()
    limits: tuple[Note, ...] = ()
    outcomes: tuple[Note, ...] = ()
    review: tuple[Note, ...] = ()
    checks: tuple[Note, ...] = ()


class Path(Said, frozen=True, kw_only=True, omit_defaults=True):
    """One track: when it applies, its map in sheets, the numbers of its steps; `result` where it is no path."""

    key: str
    title: str
    article: str
    when: tuple[str, ...]
    result: str
    maps: tuple[str, ...] = ()
    steps: tuple[int, ...] = ()


class Part(Said, frozen=True, kw_only=True, omit_defaults=True):
    """A segment or a side process with its steps."""

    key: str
    title: str
    article: str
    steps: tuple[Step, ...]
    note: str = ""
    maps: tuple[str, ...] = ()


class RowLine(Said, frozen=True, kw_only=True, omit_defaults=True):
    """One row of the index: how it lives, what encodes it, which scenarios exercise it."""

    id: str
    kind: str
    text: str
    note: str = ""
    encoded_by: tuple[str, ...] = ()
    exercised_by: tuple[str, ...] = ()
    missing: str = ""


class Article(Said, frozen=True, kw_only=True, omit_defaults=True):
    """One article with its rows."""

    article: str
    rows: tuple[RowLine, ...]


class Choice(Said, frozen=True, kw_only=True, omit_defaults=True):
    """One option or parameter: what is open, what can be chosen, what holds here and why."""

    key: str
    title: str
    article: str
    set_by: str
    values: str
    value: str
    reason: str
    by_tenant: bool = False
    from_on: date | None = None


class Gap(Said, frozen=True, kw_only=True, omit_defaults=True):
    """A slot that another text fills, or a silence."""

    key: str
    title: str
    article: str
    detail: str = ""


class Printed(Said, frozen=True, kw_only=True, omit_defaults=True):
    """A whole rulebook as it is read on one day, by one tenant or by anybody."""

    place: str
    edition: str
    digest: str
    printed_on: date
    tenant: str
    texts: tuple[Text, ...]
    roles: tuple[Note, ...]
    thresholds: tuple[Note, ...]
    paths: tuple[Path, ...]
    parts: tuple[Part, ...]
    sides: tuple[Part, ...]
    effects: tuple[Note, ...]
    registers: tuple[Note, ...]
    listing: tuple[Note, ...]
    articles: tuple[Article, ...]
    options: tuple[Choice, ...]
    parameters: tuple[Choice, ...]
    slots: tuple[Gap, ...]
    silences: tuple[Gap, ...]
    scenarios: int = 0

    @property
    def title(self) -> str:
        """What the title page says."""
        return self.texts[0].title if self.texts else self.place
