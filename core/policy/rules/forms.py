"""A paper's form as data (表样): sections, fields bound to what the case knows, tables, fixed headings.

A regulation that attaches a form, or prescribes the outline of a plan, declares it here; core fills it, marks what is
missing and writes the document. Nothing is typed into a form: what it shows is a fact, an amount, or left to the pen.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from core.policy.rules.citations import Citation

if TYPE_CHECKING:
    from core.policy.cases.case import Case


class Layout(StrEnum):
    """How a form is laid out: a sheet is one ruled table (申报表), an outline has numbered chapters (方案提纲)."""

    SHEET = "sheet"
    OUTLINE = "outline"


class Source(StrEnum):
    """Where the content of a field comes from.

    `fact` a fact or an amount, or one entry of a record fact, written `record.entry`; `case` one of CASE_NAMES;
    `unit` one of UNIT_NAMES; `paper` the latest paper of that type; `stage` the day a stage was last closed, and
    today before that; `hand` is written or sealed on the printed paper and never counts as missing.
    """

    FACT = "fact"
    CASE = "case"
    UNIT = "unit"
    PAPER = "paper"
    STAGE = "stage"
    HAND = "hand"


CASE_NAMES = frozenset({"title", "code", "plan_year", "track", "created_on", "subordinate"})
UNIT_NAMES = frozenset({"name", "short_name", "code", "credit_code"})


class Rows(StrEnum):
    """What the lines of a table are: entries of a fact, papers of a type, contracts, lots, or budget lines.

    A `texts` fact gives one column; a record fact gives its entry `rows`. Columns of papers are attributes, besides
    `on`, `number` and `title`; those of contracts, lots and budget lines are the names of their fields.
    """

    FACT = "fact"
    PAPERS = "papers"
    CONTRACTS = "contracts"
    LOTS = "lots"
    BUDGET = "budget"


class Shown(StrEnum):
    """How a value of a column is written."""

    TEXT = "text"
    MONEY = "money"
    DATE = "date"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One field (栏目). `required` fields without content are marked as missing; `space` asks for lines of room."""

    key: str
    title: str
    source: Source
    name: str = ""
    required: bool = True
    when: Callable[["Case"], bool] | None = None
    citation: Citation | None = None
    space: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FormColumn:
    """One column of a table."""

    key: str
    title: str
    shown: Shown = Shown.TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class FormTable:
    """A table that repeats (附表): fewer than `minimum` lines count as missing."""

    key: str
    title: str
    rows: Rows
    columns: tuple[FormColumn, ...]
    name: str = ""
    minimum: int = 0
    when: Callable[["Case"], bool] | None = None
    citation: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormNote:
    """A fixed sentence of the form (填表说明)."""

    text: str


FormItem = FormField | FormTable | FormNote


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSection:
    """A heading with what stands below it; `key` names the part of the paper it is, where the paper has parts."""

    key: str
    title: str
    items: tuple[FormItem, ...] = ()
    sections: tuple["FormSection", ...] = ()
    when: Callable[["Case"], bool] | None = None
    citation: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperForm:
    """The form of one type of paper. Its title is the printed one; `official` says that the text attaches it."""

    title: str
    sections: tuple[FormSection, ...]
    citation: Citation
    layout: Layout = Layout.SHEET
    official: bool = True


def sections_of(form: PaperForm) -> Iterator[FormSection]:
    """Every section, those inside others too, in the order of printing."""
    yield from _within(form.sections)


def _within(sections: tuple[FormSection, ...]) -> Iterator[FormSection]:
    for section in sections:
        yield section
        yield from _within(section.sections)


def citations_of(form: PaperForm) -> Iterator[Citation]:
    """Every citation in a form."""
    yield form.citation
    for section in sections_of(form):
        for cited in (section, *section.items):
            if not isinstance(cited, FormNote) and cited.citation is not None:
                yield cited.citation


class FormNames:
    """The names a form may refer to: facts and amounts, papers, stages of its rulebook."""

    def __init__(self, *, facts: Iterable[str], papers: Iterable[str], stages: Iterable[str]) -> None:
        self.facts, self.papers, self.stages = frozenset(facts), frozenset(papers), frozenset(stages)

    def of_source(self, source: Source) -> frozenset[str]:
        """What a field of this source may name."""
        known = {
            Source.FACT: self.facts,
            Source.CASE: CASE_NAMES,
            Source.UNIT: UNIT_NAMES,
            Source.PAPER: self.papers,
            Source.STAGE: self.stages,
            Source.HAND: frozenset({""}),
        }
        return known[source]

    def of_rows(self, rows: Rows) -> frozenset[str]:
        """What a table of these rows may name."""
        known = {Rows.FACT: self.facts, Rows.PAPERS: self.papers, Rows.BUDGET: self.facts}
        return known.get(rows, frozenset({""}))


def problems_of(form: PaperForm, names: FormNames) -> Iterator[str]:
    """What is wrong with a form: names nobody declares, keys used twice, a table without columns."""
    seen: set[str] = set()
    for section in sections_of(form):
        keyed = [section, *(item for item in section.items if not isinstance(item, FormNote))]
        for one in keyed:
            if one.key in seen:
                yield f"{one.key!r} is used twice"
            seen.add(one.key)
        for item in section.items:
            yield from _wrong_names(item, names)


def _wrong_names(item: FormItem, names: FormNames) -> Iterator[str]:
    if isinstance(item, FormField):
        name = item.name.split(".", 1)[0] if item.source is Source.FACT else item.name
        if name not in names.of_source(item.source):
            yield f"field {item.key} names unknown {item.source.value} {item.name!r}"
    elif isinstance(item, FormTable):
        if item.name not in names.of_rows(item.rows):
            yield f"table {item.key} names unknown {item.rows.value} {item.name!r}"
        if not item.columns:
            yield f"table {item.key} has no columns"
