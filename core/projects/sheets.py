"""Tables as people keep them (.csv, .xlsx), read row by row: encoding, separator and header line are found out.

Both kinds give the same rows: the number of the line as the person's own program shows it, and the cells as plain
text. Formulas are never evaluated; a workbook's cells hold the values its own program left there.
"""

import codecs
import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import msgspec
from python_calamine import CalamineError, CalamineWorkbook

from core.kernel.errors import Invalid

_CHUNK: Final = 1 << 16
_HEADER_WITHIN: Final = 10
_SEPARATORS: Final = ",\t;"
# A cell longer than this is no cell but a broken quotation mark.
_LONGEST_CELL: Final = 100_000


class SheetUnreadable(Invalid):
    """The file is not a table we can read."""

    default_message = "文件无法读取，请提供 .csv 或 .xlsx 表格"


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a table: its number in the file and its cells as text."""

    line: int
    cells: tuple[str, ...]


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """One table file: where it lies, how it is written, where its columns are named."""

    path: str
    encoding: str
    separator: str
    header: tuple[str, ...]
    header_line: int
    sha256: str

    def rows(self) -> Iterator[Row]:
        """Every line below the header that holds anything, one at a time.

        Raises: SheetUnreadable.
        """
        for row in _all_rows(Path(self.path), self.encoding, self.separator):
            if row.line > self.header_line and any(cell for cell in row.cells):
                yield row


def open_sheet(path: Path, *, knows: Iterable[str]) -> Sheet:
    """Look at a file: its encoding, its separator, and the first line that names two columns we know.

    `knows` are plain column names (`plain_header`); a title line above the header is passed over.
    Raises: SheetUnreadable.
    """
    if not path.is_file():
        raise SheetUnreadable(f"没有找到文件“{path.name}”")
    encoding = _encoding(path) if path.suffix.lower() != ".xlsx" else "xlsx"
    separator = _separator(path, encoding) if encoding != "xlsx" else ""
    known = frozenset(knows)
    first: Row | None = None
    for row in _all_rows(path, encoding, separator):
        first = first or row
        if sum(plain_header(cell) in known for cell in row.cells) >= 2:
            return _sheet(path, encoding, separator, row)
        if row.line >= _HEADER_WITHIN:
            break
    if first is None:
        raise SheetUnreadable(f"文件“{path.name}”是空的")
    return _sheet(path, encoding, separator, first)


def plain_header(text: str) -> str:
    """A column's name as it is compared: without blanks, brackets of one width, lower case."""
    return "".join(text.split()).replace("（", "(").replace("）", ")").strip("*＊:：").lower()


def _sheet(path: Path, encoding: str, separator: str, header: Row) -> Sheet:
    with path.open("rb") as file:
        found = sha256()
        while chunk := file.read(_CHUNK):
            found.update(chunk)
    return Sheet(
        path=str(path),
        encoding=encoding,
        separator=separator,
        header=header.cells,
        header_line=header.line,
        sha256=found.hexdigest(),
    )


def _all_rows(path: Path, encoding: str, separator: str) -> Iterator[Row]:
    return _workbook_rows(path) if encoding == "xlsx" else _text_rows(path, encoding, separator)


def _encoding(path: Path) -> str:
    """UTF-8 if the whole file is, else GB 18030, which contains GBK and GB 2312; nothing else is guessed."""
    for encoding in ("utf-8", "gb18030"):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            with path.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    if b"\0" in chunk:
                        raise SheetUnreadable(f"文件“{path.name}”不是文本表格，请另存为 .xlsx 或 UTF-8 编码的 .csv")
                    decoder.decode(chunk)
                decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return "utf-8-sig" if encoding == "utf-8" else encoding
    raise SheetUnreadable(f"文件“{path.name}”的编码既不是 UTF-8 也不是 GB 18030")


def _separator(path: Path, encoding: str) -> str:
    with path.open(encoding=encoding, newline="") as file:
        head = file.readline(_CHUNK)
    return max(_SEPARATORS, key=head.count) if any(mark in head for mark in _SEPARATORS) else ","


def _text_rows(path: Path, encoding: str, separator: str) -> Iterator[Row]:
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(file, delimiter=separator, strict=True)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise SheetUnreadable(f"文件“{path.name}”第 {line} 行格式有误，请检查引号是否成对") from error
            if any(len(cell) > _LONGEST_CELL for cell in cells):
                raise SheetUnreadable(f"文件“{path.name}”第 {line} 行有过长的单元格，请检查引号是否成对")
            yield Row(line=line, cells=tuple(cell.strip() for cell in cells))


def _workbook_rows(path: Path) -> Iterator[Row]:
    try:
        workbook = CalamineWorkbook.from_path(path)
        sheet = workbook.get_sheet_by_index(0)
    except (CalamineError, OSError, IndexError) as error:
        raise SheetUnreadable(f"文件“{path.name}”不是可以读取的 .xlsx 表格，可能已加密或损坏") from error
    for place, values in enumerate(sheet.iter_rows(), start=1):
        yield Row(line=place, cells=_as_text(values))


def _as_text(values: Sequence[Any]) -> tuple[str, ...]:
    return tuple(_plain(value) for value in values)


def _plain(value: Any) -> str:
    """A cell as somebody would have typed it: 2025, not 2025.0; a number in full, not 1e6."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float | int):
        number = Decimal(repr(value))
        return f"{number.quantize(Decimal(1)) if number == number.to_integral_value() else number:f}"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()
