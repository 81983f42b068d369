"""One run of an import: rows become projects at their first stage, each through the regulation like any other.

All or nothing: one transaction, undone if one row is bad. By row: portions are committed as they come and a bad row
only stays out. Both may be repeated: a row that is there already is counted and left alone.
"""

import unicodedata
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from hashlib import sha256
from itertools import islice
from pathlib import Path
from uuid import UUID

import asyncpg
import msgspec

from core import journal
from core.kernel.clock import Clock
from core.kernel.database import Database, UnitOfWork
from core.kernel.errors import LixiangError
from core.kernel.tenancy import SYSTEM_USER, Actor, Channel, Tenant
from core.people import NewOrganisation, bind_role, found_organisation, list_organisations
from core.people.model import FIRST_LEVEL_UNIT
from core.people.permissions import ADMIN_ORGANISATIONS, ADMIN_ROLES
from core.policy.rulebooks.registry import Registry
from core.policy.rules.actors import PROJECT_UNIT
from core.projects import get_project
from core.projects.columns import KINDS, KNOWN, kinds_for, map_columns
from core.projects.importing import BadCell, Candidate, Reader
from core.projects.repository import ids_by_source
from core.projects.sheets import Row, open_sheet
from core.stages import NewProject, Venue, Venues, begin

_PORTION = 50


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wants imported, and how."""

    file: Path
    columns: dict[str, str] = {}
    kinds: dict[str, str] = {}
    source: str = ""
    default_unit: str = ""
    atomic: bool = True
    create_units: bool = False
    dry_run: bool = False


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """One project that was begun."""

    line: int
    code: str
    title: str


class Report(msgspec.Struct, kw_only=True):
    """What became of a file: every project begun, every row that is bad, how many were there already.

    `kept` is false when nothing was written: a dry run, or one bad row where all or nothing was asked for.
    """

    file: str
    sha256: str
    encoding: str
    atomic: bool
    dry_run: bool
    columns: dict[str, str]
    ignored_columns: tuple[str, ...]
    rows: int = 0
    kept: bool = True
    already_there: int = 0
    created: list[Made] = []
    created_units: list[str] = []
    bad: list[BadCell] = []
    notes: list[str] = []


class _Undone(Exception):
    """Ends a unit of work that must leave no trace."""


class Import:
    """One file on its way into one tenant."""

    def __init__(self, database: Database, registry: Registry, tenant: Tenant, clock: Clock, wish: Wish) -> None:
        """Look at the file and tell its columns.

        Raises: SheetUnreadable, ColumnsUnclear.
        """
        self._database, self._tenant, self._clock, self._wish = database, tenant, clock, wish
        self._venues = Venues(registry)
        self._sheet = open_sheet(wish.file, knows=KNOWN)
        self._columns = map_columns(self._sheet.header, wish.columns)
        self._actor = Actor(
            user_id=SYSTEM_USER,
            name="批量导入",
            tenant_id=tenant.id,
            admin="system",
            scopes=frozenset({ADMIN_ORGANISATIONS, ADMIN_ROLES}),
            channel=Channel.CLI,
        )
        self.report = Report(
            file=wish.file.name,
            sha256=self._sheet.sha256,
            encoding=self._sheet.encoding,
            atomic=wish.atomic,
            dry_run=wish.dry_run,
            columns={title: field for field, title in self._columns.titles.items()},
            ignored_columns=self._columns.ignored,
        )

    async def run(self, advance: Callable[[int], None] = lambda _: None) -> Report:
        """Take in every row; `advance` hears how many rows are done."""
        together = self._wish.atomic or self._wish.dry_run
        reader: Reader | None = None
        for rows in [self._sheet.rows()] if together else _portions(self._sheet.rows()):
            async with self._transaction() as uow:
                venue = await self._venues.of(uow, self._tenant, self._clock.today())
                reader = reader or self._reader(venue)
                units = _Units(uow, self._actor, self._clock, await self._known_units(uow))
                for some in _portions(rows):
                    await self._take(uow, venue, reader, units, some)
                    advance(self.report.rows)
                if self._wish.dry_run or (self._wish.atomic and self.report.bad):
                    raise _Undone
        return self.report

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[UnitOfWork]:
        try:
            async with self._database.unit_of_work(self._tenant.id) as uow:
                yield uow
        except _Undone:
            self.report.kept = False

    def _reader(self, venue: Venue) -> Reader:
        fact = venue.rulebook().facts.get("project_kind")
        choices = fact.choices if fact is not None and fact.choices else dict.fromkeys(KINDS.values())
        return Reader(
            self._columns,
            source=self._wish.source,
            origin=self._wish.file.stem,
            kinds=kinds_for(choices, self._wish.kinds),
            unit=self._wish.default_unit,
        )

    async def _known_units(self, uow: UnitOfWork) -> dict[str, set[str]]:
        known: dict[str, set[str]] = {}
        for body in await list_organisations(uow, self._clock.today()):
            for name in filter(None, (body.name, body.short_name, body.code)):
                known.setdefault(_plain(name), set()).add(body.code)
        return known

    async def _take(self, uow: UnitOfWork, venue: Venue, reader: Reader, units: "_Units", rows: Iterable[Row]) -> None:
        good: list[Candidate] = []
        for row in rows:
            self.report.rows += 1
            read = reader.read(row)
            if isinstance(read, Candidate):
                good.append(read)
                self.report.notes += read.notes
            else:
                self.report.bad += read
        there = await _already_there(uow, good)
        for candidate in good:
            if (candidate.source, candidate.source_key) in there:
                self.report.already_there += 1
            else:
                await self._begin(uow, venue, units, candidate)

    async def _begin(self, uow: UnitOfWork, venue: Venue, units: "_Units", candidate: Candidate) -> None:
        code = units.find(candidate.unit)
        if isinstance(code, int) or (code is None and not self._wish.create_units):
            self._refuse(candidate, "unit", candidate.unit, _no_such_unit(code))
            return
        try:
            async with uow.savepoint():
                made = await self._project(uow, venue, code or await units.create(candidate.unit), candidate)
        except asyncpg.UniqueViolationError:
            self.report.already_there += 1  # Another import was faster by a moment.
        except LixiangError as refused:
            self._refuse(candidate, "name", candidate.title, str(refused))
        else:
            if code is None:
                self.report.created_units.append(candidate.unit)
            self.report.created.append(Made(line=candidate.line, code=made, title=candidate.title))
            return
        if code is None:
            units.forget(candidate.unit)

    async def _project(self, uow: UnitOfWork, venue: Venue, unit_code: str, candidate: Candidate) -> str:
        rules = venue.rulebook()
        facts = {k: v for k, v in candidate.facts().items() if k in rules.facts or k in rules.amounts}
        request = NewProject(
            title=candidate.title,
            unit_code=unit_code,
            facts=facts,
            plan_year=candidate.year,
            source=candidate.source,
            source_key=candidate.source_key,
        )
        acted = await begin(uow, venue, actor=self._actor, request=request)
        project = await get_project(uow, acted.code)
        detail = {"file": self.report.file, "sha256": self.report.sha256, "line": candidate.line, **candidate.extra}
        entry = journal.Entry(kind="project:imported", actor=self._actor, on=venue.today, detail=detail)
        await journal.append(uow, chain=project.id, entries=[entry])
        return acted.code

    def _refuse(self, candidate: Candidate, field: str, value: str, reason: str) -> None:
        column = self._columns.titles.get(field, "")
        self.report.bad.append(BadCell(line=candidate.line, column=column, value=value, reason=reason))


class _Units:
    """The units of a tenant by their names, growing as an import founds new ones."""

    def __init__(self, uow: UnitOfWork, actor: Actor, clock: Clock, known: dict[str, set[str]]) -> None:
        self._uow, self._actor, self._clock, self._known = uow, actor, clock, known

    def find(self, name: str) -> str | int | None:
        """The code of the unit; how many there are when it is not one; None when there is none."""
        codes = self._known.get(_plain(name)) or self._known.get(_code(name), set())
        return next(iter(codes)) if len(codes) == 1 else len(codes) or None

    async def create(self, name: str) -> str:
        """Found a unit with the role of a project unit; its code follows from its name, so a repetition finds it."""
        code = _code(name)
        today = self._clock.today()
        new = NewOrganisation(code=code, kind=FIRST_LEVEL_UNIT, name=name, from_on=today)
        body = await found_organisation(self._uow, actor=self._actor, clock=self._clock, new=new)
        await self._bind(body.id)
        self._known[_plain(name)] = {code}
        return code

    def forget(self, name: str) -> None:
        """Take back a founding that was undone."""
        self._known.pop(_plain(name), None)

    async def _bind(self, organisation_id: UUID) -> None:
        await bind_role(
            self._uow, actor=self._actor, clock=self._clock, organisation_id=organisation_id, role=PROJECT_UNIT,
            from_on=self._clock.today(),
        )  # fmt: skip


async def _already_there(uow: UnitOfWork, candidates: Iterable[Candidate]) -> set[tuple[str, str]]:
    by_source: dict[str, list[str]] = {}
    for candidate in candidates:
        by_source.setdefault(candidate.source, []).append(candidate.source_key)
    found: set[tuple[str, str]] = set()
    for source, keys in by_source.items():
        found |= {(source, key) for key in await ids_by_source(uow, source, keys)}
    return found


def _no_such_unit(code: object) -> str:
    if code is None:
        return "没有这个名称的单位；请核对，或使用 --create-units 新建"
    return f"有 {code} 个单位叫这个名称，请改用单位代码"


def _code(name: str) -> str:
    return f"u_{sha256(_plain(name).encode()).hexdigest()[:12]}"


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def _portions(rows: Iterable[Row]) -> Iterator[list[Row]]:
    source = iter(rows)
    while some := list(islice(source, _PORTION)):
        yield some


def summary(report: Report) -> Mapping[str, int]:
    """The figures of a report, for people."""
    return {
        "读取行数": report.rows,
        "新建项目": len(report.created) if report.kept else 0,
        "已经存在": report.already_there,
        "新建单位": len(report.created_units) if report.kept else 0,
        "有误行数": len({cell.line for cell in report.bad}),
    }
