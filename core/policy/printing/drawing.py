"""The map of a track as a picture: plain SVG with its own colours, readable on paper and on a screen, in print too."""

from collections.abc import Iterator
from html import escape

from core.policy.printing.mapping import (
    ASIDE_LEFT,
    GAP,
    HEADER,
    LINE_HEIGHT,
    MAIN_LEFT,
    MAIN_WIDTH,
    MARGIN,
    PADDING,
    TEXT_SIZE,
    TITLE_SIZE,
    WIDTH,
    Box,
    Row,
    Sheet,
)

_FILL = {"main": "#ffffff", "detour": "#fdf3e4", "obligation": "#eaf4ea", "side": "#ffffff"}
_EDGE = {"main": "#1f4e79", "detour": "#b26a00", "obligation": "#2f7d32", "side": "#1f4e79"}
_WORD = {"detour": "支线", "obligation": "伴随义务"}
_CENTRE = MAIN_LEFT + MAIN_WIDTH // 2
_OUT, _BACK = MAIN_LEFT + MAIN_WIDTH + 14, MAIN_LEFT + MAIN_WIDTH + 28
_HEAD = 5


def draw(sheets: tuple[Sheet, ...], title: str) -> tuple[str, ...]:
    """One SVG per sheet."""
    return tuple("".join(_sheet(sheet, title)) for sheet in sheets)


def _sheet(sheet: Sheet, title: str) -> Iterator[str]:
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {sheet.height}" role="img" '
        f'aria-label="{escape(title)}：{escape(sheet.title)}" '
        'font-family="Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, sans-serif">'
    )
    yield (
        f'<rect x="1" y="1" width="{WIDTH - 2}" height="{sheet.height - 2}" rx="6" fill="#f4f6f9" stroke="#c9d2dd"/>'
    )
    yield _text(WIDTH - MARGIN, HEADER - 12, sheet.title, size=TITLE_SIZE, bold=True, anchor="end", fill="#1f4e79")
    for index, row in enumerate(sheet.rows):
        above = sheet.rows[index - 1].main.bottom if index else HEADER - 4
        if index or not sheet.begins:
            yield _arrow_down(above, row.main.top)
        yield from _row(row)
    if sheet.begins:
        yield _word_above(sheet.rows[0].main.top, "开始")
    last = sheet.rows[-1].main.bottom
    yield _arrow_down(last, sheet.height - 4 if not sheet.ends else last + GAP)
    if sheet.ends:
        yield _word(last + GAP, "办毕")
    yield "</svg>"


def _row(row: Row) -> Iterator[str]:
    for box in row.aside:
        yield from _link(row, box)
    for box in (row.main, *row.aside):
        yield from _box(box)


def _link(row: Row, box: Box) -> Iterator[str]:
    """The way out to a box beside the line, and the way back where there is one."""
    edge = _EDGE[box.kind]
    if box.key in row.linked:
        out = min(box.top + 14, row.main.bottom - 10)
        yield _path(f"M{row.main.right} {out}H{_OUT}V{box.top + 14}H{ASIDE_LEFT - _HEAD}", edge)
        yield _head_right(ASIDE_LEFT, box.top + 14, edge)
    elif box.key in row.following:
        yield _arrow_down(box.top - GAP // 2, box.top, box.left + 40, edge)
    if box.key in row.returning:
        back = min(box.bottom - 12, row.main.bottom - 4)
        yield _path(f"M{ASIDE_LEFT} {box.bottom - 12}H{_BACK}V{back}H{row.main.right + _HEAD}", edge)
        yield _head_left(row.main.right, back, edge)


def _box(box: Box) -> Iterator[str]:
    edge = _EDGE[box.kind]
    dashes = ' stroke-dasharray="6 4"' if box.dashed else ""
    yield (
        f'<rect x="{box.left}" y="{box.top}" width="{box.width}" height="{box.height}" rx="4" '
        f'fill="{_FILL[box.kind]}" stroke="{edge}" stroke-width="1.4"{dashes}/>'
    )
    left, y = box.left + PADDING, box.top + PADDING + TITLE_SIZE - 1
    for line in box.title:
        yield _text(left, y, line, size=TITLE_SIZE, bold=True)
        y += LINE_HEIGHT
    if box.kind in _WORD:
        yield _text(box.right - 6, box.top + 14, _WORD[box.kind], size=TEXT_SIZE - 2, anchor="end", fill=edge)
    for line in box.lines:
        yield _text(left, y, line, size=TEXT_SIZE, fill="#333333")
        y += LINE_HEIGHT


def _arrow_down(top: int, bottom: int, x: int = _CENTRE, colour: str = "#1f4e79") -> str:
    return _path(f"M{x} {top}V{bottom - _HEAD}", colour) + (
        f'<path d="M{x - _HEAD} {bottom - 8}L{x} {bottom}L{x + _HEAD} {bottom - 8}Z" fill="{colour}"/>'
    )


def _word_above(top: int, word: str) -> str:
    return _word(top - GAP - 18, word) + _arrow_down(top - GAP + 6, top)


def _word(top: int, word: str) -> str:
    return f'<rect x="{_CENTRE - 34}" y="{top}" width="68" height="24" rx="12" fill="#1f4e79"/>' + _text(
        _CENTRE, top + 17, word, size=TEXT_SIZE, anchor="middle", fill="#ffffff"
    )


def _path(way: str, colour: str) -> str:
    return f'<path d="{way}" fill="none" stroke="{colour}" stroke-width="1.4"/>'


def _head_right(x: int, y: int, colour: str) -> str:
    return f'<path d="M{x - 8} {y - _HEAD}L{x} {y}L{x - 8} {y + _HEAD}Z" fill="{colour}"/>'


def _head_left(x: int, y: int, colour: str) -> str:
    return f'<path d="M{x + 8} {y - _HEAD}L{x} {y}L{x + 8} {y + _HEAD}Z" fill="{colour}"/>'


def _text(
    x: int, y: int, text: str, *, size: int, bold: bool = False, anchor: str = "start", fill: str = "#111"
) -> str:
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" text-anchor="{anchor}" fill="{fill}"{weight}>{escape(text)}</text>'
    )
