"""A filled form as a Word document (Word 文档), in the fonts that offices print with and word processors replace."""

import io
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from core.documents.forms.model import FilledForm, FilledItem, FilledSection, Filling, ItemKind
from core.documents.forms.wording import printable
from core.policy.rules.forms import Layout

TO_FILL = "【待填】"
_BODY, _HEADING, _TITLE = "仿宋", "黑体", "宋体"
_RED = RGBColor(0xB0, 0x10, 0x10)
_INK = RGBColor(0, 0, 0)


def to_docx(form: FilledForm) -> bytes:
    """The form as the bytes of a Word document."""
    document = Document()
    _prepare(document, form)
    _write(document.add_paragraph(), form.title, size=22, font=_TITLE, bold=True, centre=True)
    if form.warning:
        _write(document.add_paragraph(), form.warning, colour=_RED, bold=True)
    for section in form.sections:
        _section(document, section, sheet=form.layout == Layout.SHEET)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def _prepare(document: WordDocument, form: FilledForm) -> None:
    properties = document.core_properties
    properties.title, properties.subject, properties.author = form.title, f"{form.code} {form.project}", ""
    properties.comments, properties.language = "", "zh-CN"
    normal = document.styles["Normal"]
    normal.font.size = Pt(12)
    _fonts(normal.element.get_or_add_rPr(), _BODY)
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Cm(2.8), Cm(2.6), Cm(3), Cm(2.5)
    foot = page.footer.paragraphs[0]
    _write(foot, f"{form.remark}　第 ", size=9, centre=True)
    _counter(foot, "PAGE")
    _run(foot, " 页，共 ", size=9)
    _counter(foot, "NUMPAGES")
    _run(foot, " 页", size=9)


def _section(document: WordDocument, section: FilledSection, *, sheet: bool) -> None:
    if section.title:
        heading = document.add_heading(level=min(section.level, 9))
        _write(heading, f"{section.number}{section.title}", size=16 if section.level == 1 else 14, font=_HEADING)
    pending: list[FilledItem] = []
    for item in section.items:
        if sheet and item.kind is ItemKind.FIELD:
            pending.append(item)
            continue
        _grid(document, pending)
        pending = []
        _item(document, item, section.title)
    _grid(document, pending)
    for inner in section.sections:
        _section(document, inner, sheet=sheet)


def _item(document: WordDocument, item: FilledItem, heading: str) -> None:
    if item.kind is ItemKind.TABLE:
        _table(document, item)
    elif item.kind is ItemKind.NOTE:
        _write(document.add_paragraph(), item.value, size=10.5)
    else:
        paragraph = document.add_paragraph()
        if item.title != heading:
            _run(paragraph, f"{item.title}：", bold=True)
        _value(paragraph, item)


def _grid(document: WordDocument, fields: list[FilledItem]) -> None:
    """Fields of a sheet: short ones two in a line, those that ask for room across the page."""
    if not fields:
        return
    grid = document.add_table(rows=0, cols=4)
    grid.style = "Table Grid"
    waiting: FilledItem | None = None
    for field in fields:
        if field.space:
            _pair(grid, waiting, None)
            waiting = None
            _across(grid, field)
        elif waiting is None:
            waiting = field
        else:
            _pair(grid, waiting, field)
            waiting = None
    _pair(grid, waiting, None)
    document.add_paragraph()


def _pair(grid: Table, left: FilledItem | None, right: FilledItem | None) -> None:
    if left is None:
        return
    cells = grid.add_row().cells
    _labelled(cells[0], cells[1] if right is not None else cells[1].merge(cells[3]), left)
    if right is not None:
        _labelled(cells[2], cells[3], right)


def _across(grid: Table, field: FilledItem) -> None:
    row = grid.add_row()
    row.height = Cm(0.9 * field.space)
    _labelled(row.cells[0], row.cells[1].merge(row.cells[3]), field)


def _labelled(label: _Cell, content: _Cell, field: FilledItem) -> None:
    _run(label.paragraphs[0], field.title, bold=True)
    _value(content.paragraphs[0], field)


def _table(document: WordDocument, item: FilledItem) -> None:
    caption = document.add_paragraph()
    _run(caption, item.title, bold=True)
    if item.filling is Filling.MISSING:
        _run(caption, TO_FILL, colour=_RED, bold=True)
    table = document.add_table(rows=1, cols=len(item.columns))
    table.style = "Table Grid"
    for cell, title in zip(table.rows[0].cells, item.columns, strict=True):
        _run(cell.paragraphs[0], title, bold=True)
    _repeat_head(table)
    for row in item.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            _run(cell.paragraphs[0], text)
    document.add_paragraph()


def _repeat_head(table: Table) -> None:
    """The head of a table stands again on each page, and is announced as a head by readers of screens."""
    properties = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no word for it
    properties.append(OxmlElement("w:tblHeader"))


def _value(paragraph: Paragraph, item: FilledItem) -> None:
    if item.filling is Filling.MISSING:
        _run(paragraph, TO_FILL, colour=_RED, bold=True)
    else:
        for place, line in enumerate(item.value.split("\n")):
            if place:
                paragraph.add_run().add_break()
            _run(paragraph, line)


def _write(paragraph: Paragraph, text: str, *, centre: bool = False, **style: Any) -> None:
    if centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, text, **style)


def _run(
    paragraph: Paragraph,
    text: str,
    *,
    size: float = 12,
    font: str = _BODY,
    bold: bool = False,
    colour: RGBColor = _INK,
) -> Run:
    run = paragraph.add_run(printable(text))
    run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, colour
    _fonts(run._r.get_or_add_rPr(), font)  # noqa: SLF001 - python-docx sets only the Latin font
    return run


def _fonts(properties: Any, font: str) -> None:
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia"):
        fonts.set(qn(script), font)


def _counter(paragraph: Paragraph, code: str) -> None:
    """A field that the word processor counts: the page, or how many there are."""
    run = _run(paragraph, "", size=9)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    shown = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    shown.append(text)
    field.append(shown)
    run._r.addnext(field)  # noqa: SLF001 - the same
