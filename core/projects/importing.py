"""From a row of somebody's table to a project to be begun (导入): columns, kinds, amounts, years; pure.

Everything wrong with a row is named at once, with its line, column and value. Nothing is guessed: an amount whose
column does not say its unit, or a kind nobody has heard of, is asked for.
"""

import re
import unicodedata
from collections.abc import Mapping
from hashlib import sha256
from typing import Final

import msgspec

from core.kernel.errors import Invalid
from core.kernel.money import Fen, parse_yuan
from core.projects.columns import FIELDS, Columns
from core.projects.sheets import Row, plain_header

_YEAR: Final = re.compile(r"(\d{4})(?:年度?|-\d{2}-\d{2})?", re.ASCII)
_YEARS: Final = range(2000, 2101)
_FORMULA: Final = "=+-@"
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]+")
_ERROR_VALUE: Final = re.compile(r"#[A-Z/0]+[!?A]", re.ASCII)
_NO_AMOUNT: Final = frozenset({"", "-", "—", "/", "无"})
_MOST_FEN: Final = 10**14
_LONGEST: Final = 500


class BadCell(msgspec.Struct, frozen=True, kw_only=True):
    """One thing wrong with one row: where, what stands there, and why it cannot be taken."""

    line: int
    column: str
    value: str
    reason: str


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """One project read from a row. `notes` says what had to be changed; `extra` is kept in the journal only."""

    line: int
    title: str
    unit: str
    declared_fen: Fen | None
    kind: str | None
    year: int | None
    source: str
    source_key: str
    extra: dict[str, str]
    notes: tuple[str, ...] = ()

    def facts(self) -> dict[str, object]:
        """What the sheet says in the regulation's words."""
        known = {"declared": self.declared_fen, "project_kind": self.kind}
        return {key: value for key, value in known.items() if value is not None}


class Reader:
    """One table being read: its columns, where it comes from, which kinds the regulation has, what was seen so far."""

    def __init__(
        self, columns: Columns, *, origin: str, kinds: Mapping[str, str], source: str = "", unit: str = ""
    ) -> None:
        """`source` overrides the rows' own; `origin` is used where neither is given; `unit` fills empty units.

        `kinds` says which of the regulation's kinds each word means (`kinds_for`).
        """
        self._columns = columns
        self._source = source
        self._origin = origin
        self._kinds = kinds
        self._unit = unit
        self._seen: dict[tuple[str, str], int] = {}

    def read(self, row: Row) -> Candidate | tuple[BadCell, ...]:
        """The project a row describes, or everything that is wrong with it."""
        line = _Line(self._columns, row)
        title, unit, year = line.text("name"), line.text("unit", otherwise=self._unit), line.year()
        source = self._source or plain_text(line.cell("source"))[0] or self._origin
        candidate = Candidate(
            line=row.line,
            title=title,
            unit=unit,
            declared_fen=line.amount(),
            kind=line.kind(self._kinds),
            year=year,
            source=source[:_LONGEST],
            source_key=key_of(title, unit, year),
            extra={key: plain_text(line.cell(key))[0] for key in ("region", "note", "source") if line.cell(key)},
            notes=tuple(line.notes),
        )
        earlier = self._seen.setdefault((candidate.source, candidate.source_key), row.line) if title and unit else 0
        if earlier not in (0, row.line):
            line.refuse("name", title, f"与第 {earlier} 行重复（名称、单位、年度相同）")
        return tuple(line.bad) or candidate


class _Line:
    """One row being read, with what is found wrong in it."""

    def __init__(self, columns: Columns, row: Row) -> None:
        self._columns = columns
        self._row = row
        self.bad: list[BadCell] = []
        self.notes: list[str] = []

    def cell(self, field: str) -> str:
        """The text in a field's column, empty where the sheet has none."""
        place = self._columns.places.get(field)
        return self._row.cells[place] if place is not None and place < len(self._row.cells) else ""

    def refuse(self, field: str, value: str, reason: str) -> None:
        """Note something wrong."""
        column = self._columns.titles.get(field, FIELDS[field])
        self.bad.append(BadCell(line=self._row.line, column=column, value=value, reason=reason))

    def text(self, field: str, *, otherwise: str = "") -> str:
        """A text that must be there."""
        text, changed = plain_text(self.cell(field))
        text = text or otherwise
        if not text:
            self.refuse(field, "", f"{FIELDS[field]}不能为空")
        elif len(text) > _LONGEST:
            self.refuse(field, f"{text[:20]}…", f"{FIELDS[field]}不能超过 {_LONGEST} 字")
        elif _ERROR_VALUE.fullmatch(text):
            self.refuse(field, text, "单元格公式有错误，没有值")
        if changed:
            title = self._columns.titles.get(field, field)
            self.notes.append(f"第 {self._row.line} 行“{title}”以公式符号开头，已改为全角字符")
        return text

    def amount(self) -> Fen | None:
        """The declared amount from whichever column has it."""
        found: list[Fen] = []
        for field in ("amount_yuan", "amount_wan"):
            raw = self.cell(field)
            if raw in _NO_AMOUNT:
                continue
            try:
                fen = parse_yuan(_with_unit(raw) if field == "amount_wan" else raw)
            except Invalid as refused:
                self.refuse(field, raw, refused.message)
                continue
            if not 0 <= fen <= _MOST_FEN:
                self.refuse(field, raw, "金额不能为负，也不能超过一万亿元")
            found.append(fen)
        if len(set(found)) > 1:
            self.refuse("amount_wan", self.cell("amount_wan"), "两列金额不一致")
        return found[0] if found else None

    def kind(self, kinds: Mapping[str, str]) -> str | None:
        """The kind of project in the regulation's words."""
        raw = self.cell("kind")
        if not raw:
            return None
        kind = kinds.get(plain_header(raw))
        if kind is None:
            first: dict[str, str] = {}
            for title, key in kinds.items():
                if not title.isascii():
                    first.setdefault(key, title)
            known = "、".join(first.values())
            self.refuse("kind", raw, f"本办法没有这一项目类型，可填：{known}；或用 --kind {raw}=类型 指明")
        return kind

    def year(self) -> int | None:
        """The plan year."""
        raw = self.cell("year")
        if not raw:
            return None
        match = _YEAR.fullmatch(unicodedata.normalize("NFKC", raw))
        if match is None or int(match[1]) not in _YEARS:
            self.refuse("year", raw, f"年度应为 {_YEARS.start} 至 {_YEARS.stop - 1} 的四位数字")
            return None
        return int(match[1])


def plain_text(text: str) -> tuple[str, bool]:
    """A cell as it may be stored and exported again: no control characters, nothing a spreadsheet would execute.

    A leading formula sign is written full width, so that a person reads the same and a program reads text. The
    second part says whether that happened.
    """
    clean = _CONTROL.sub(" ", text).strip()
    if clean[:1] and clean[0] in _FORMULA:
        return chr(ord(clean[0]) + 0xFEE0) + clean[1:], True
    return clean, False


def key_of(title: str, unit: str, year: int | None) -> str:
    """What makes a row the same row when it comes again: name, unit and year, however they are spaced."""
    parts = ["".join(unicodedata.normalize("NFKC", part).split()) for part in (title, unit, str(year or ""))]
    return sha256("\x1f".join(parts).encode()).hexdigest()


def _with_unit(text: str) -> str:
    """An amount of a column in 万元; one that names its own unit keeps it."""
    return text if text.rstrip("元").endswith(("万", "亿")) or text.endswith("元") else f"{text}万"
