"""Filling a form from what is known of a project: a pure function of its case and a few facts about its unit."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

import msgspec

from core.documents.forms.model import FilledForm, FilledItem, FilledSection, Filling, ItemKind, Missing
from core.documents.forms.tables import lines_of
from core.documents.forms.wording import day, heading_number, in_words
from core.documents.model import PaperVersion
from core.kernel.errors import NotFound
from core.policy.cases.case import Case, UnknownFactError
from core.policy.rules.citations import Citation
from core.policy.rules.forms import (
    FormField,
    FormItem,
    FormNote,
    FormSection,
    FormTable,
    Layout,
    PaperForm,
    Rows,
    Source,
)
from core.policy.rules.papers import DocumentType
from core.projects import BudgetRow


class FormMissing(NotFound):
    """The regulation declares no form for this paper."""

    default_message = "办法没有为该材料规定表样"


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What a form may show that is not in the case: the unit by `UNIT_NAMES`, current papers, budget lines."""

    unit: Mapping[str, str]
    papers: tuple[PaperVersion, ...] = ()
    budget: tuple[BudgetRow, ...] = ()


def forms_of(case: Case) -> tuple[DocumentType, ...]:
    """The papers of a case's rulebook that have a form."""
    return tuple(kind for kind in case.rules.papers.values() if kind.form is not None)


def fill(case: Case, paper: str, known: Known) -> FilledForm:
    """The form of a paper as it stands today.

    Raises: FormMissing.
    """
    kind = case.rules.papers.get(paper)
    if kind is None or kind.form is None:
        raise FormMissing
    return _Pen(case, kind.form, known).written(kind)


class _Pen:
    """Writes one form for one case."""

    def __init__(self, case: Case, form: PaperForm, known: Known) -> None:
        self.case, self.form, self.known = case, form, known
        self.missing: list[Missing] = []
        self.complete: list[str] = []

    def written(self, kind: DocumentType) -> FilledForm:
        sections = self._sections(self.form.sections, 1)
        state = self.case.state
        return FilledForm(
            paper=kind.key,
            title=self.form.title,
            layout=self.form.layout.value,
            official=self.form.official and not kind.form_missing,
            article=self._article(self.form.citation),
            code=state.code,
            project=state.title,
            on=self.case.today,
            sections=sections,
            missing=tuple(self.missing),
            complete=tuple(part for part in kind.parts if part in self.complete),
        )

    def _sections(self, sections: Iterable[FormSection], level: int) -> tuple[FilledSection, ...]:
        applying = [section for section in sections if self._applies(section.when)]
        return tuple(self._section(section, level, place) for place, section in enumerate(applying, 1))

    def _section(self, section: FormSection, level: int, place: int) -> FilledSection:
        before = len(self.missing)
        items = tuple(self._item(item, section) for item in section.items if self._shown(item))
        inner = self._sections(section.sections, level + 1)
        if len(self.missing) == before:
            self.complete.append(section.key)
        number = heading_number(place, level) if self.form.layout is Layout.OUTLINE else ""
        return FilledSection(
            key=section.key, number=number, title=section.title, level=level, items=items, sections=inner
        )

    def _item(self, item: FormItem, section: FormSection) -> FilledItem:
        if isinstance(item, FormNote):
            return FilledItem(kind=ItemKind.NOTE, value=item.text)
        found = self._table(item) if isinstance(item, FormTable) else self._field(item)
        if found.filling is Filling.MISSING:
            self.missing.append(
                Missing(
                    key=found.key,
                    title=found.title,
                    section=section.title,
                    asked_at=found.asked_at,
                    article=found.article,
                )
            )
        return found

    def _field(self, field: FormField) -> FilledItem:
        value = "" if field.source is Source.HAND else self._value(field)
        filling = Filling.KNOWN if value else Filling.MISSING if field.required else Filling.EMPTY
        return FilledItem(
            kind=ItemKind.FIELD,
            key=field.key,
            title=field.title,
            value=value,
            filling=Filling.BY_HAND if field.source is Source.HAND else filling,
            article=self._article(field.citation or self.form.citation),
            asked_at=self._asked_at(field.name) if field.source is Source.FACT else "",
            space=field.space,
        )

    def _table(self, table: FormTable) -> FilledItem:
        rows = lines_of(table, self.case, self.known.budget, self.known.papers)
        enough = len(rows) >= table.minimum
        filling = Filling.KNOWN if rows else Filling.EMPTY
        return FilledItem(
            kind=ItemKind.TABLE,
            key=table.key,
            title=table.title,
            filling=filling if enough else Filling.MISSING,
            article=self._article(table.citation or self.form.citation),
            asked_at=self._asked_at(table.name) if table.rows is Rows.FACT else "",
            columns=tuple(column.title for column in table.columns),
            rows=rows,
        )

    def _value(self, field: FormField) -> str:
        case, name = self.case, field.name
        if field.source is Source.FACT:
            return self._fact(name)
        if field.source is Source.UNIT:
            return self.known.unit.get(name, "")
        if field.source is Source.PAPER:
            paper = case.paper(name)
            if paper is None:
                return ""
            title = case.rules.papers[name].title
            return f"《{title}》（{day(paper.dated_on or paper.on)}，第 {paper.version} 版）"
        if field.source is Source.STAGE:
            run = case.result_run(name)
            return day(run.closed_on if run is not None and run.closed_on is not None else case.today)
        if name == "track":
            return case.rules.tracks[case.track].title if case.track in case.rules.tracks else ""
        value = getattr(case.state, name)
        return day(value) if isinstance(value, date) else str(value or "")

    def _fact(self, name: str) -> str:
        key, _, entry = name.partition(".")
        # What nobody has entered is not printed: a default decides rules, and says nothing about the project.
        raw: Any = self.case.state.facts.get(key)
        if entry:
            return in_words(raw.get(entry)) if isinstance(raw, dict) else ""
        fact = self.case.rules.facts.get(key)
        return in_words(raw, fact, money=fact is None)

    def _asked_at(self, name: str) -> str:
        key = name.partition(".")[0]
        owner = self.case.rules.facts.get(key) or self.case.rules.amounts.get(key)
        return self.case.rules.title_of(owner.asked_at) if owner is not None and owner.asked_at else ""

    def _shown(self, item: FormItem) -> bool:
        return isinstance(item, FormNote) or self._applies(item.when)

    def _applies(self, when: Callable[[Case], bool] | None) -> bool:
        """A condition whose fact nobody has entered yet leaves its part in the form: better asked than forgotten."""
        try:
            return when is None or when(self.case)
        except UnknownFactError:
            return True

    def _article(self, citation: Citation) -> str:
        return self.case.rules.article(citation.rows)
