"""Somebody's table becomes projects: columns told apart, everything wrong named at once, nothing guessed."""

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from core.projects.columns import KINDS, KNOWN, ColumnsUnclear, kinds_for, map_columns
from core.projects.importing import BadCell, Candidate, Reader, key_of, plain_text
from core.projects.sheets import Row, SheetUnreadable, open_sheet

PUBLIC = Path(__file__).parents[2] / "data" / "projects-public.csv"


def _reader(*header: str, **values: str) -> Reader:
    fields = {"source": "", "origin": "file"} | values
    return Reader(map_columns(header, {}), kinds=KINDS, **fields)


def _read(header: str, *lines: str) -> list[Candidate | tuple[BadCell, ...]]:
    reader = _reader(*header.split(","))
    return [reader.read(Row(line=n, cells=tuple(line.split(",")))) for n, line in enumerate(lines, start=2)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_a_text_table_is_read_whatever_its_encoding_and_separator(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    path = tmp_path / "项目.csv"
    path.write_text(f"项目名称{separator}建设单位\n“一网统管”平台{separator}数据局\n", encoding=encoding)
    sheet = open_sheet(path, knows=KNOWN)
    assert sheet.header == ("项目名称", "建设单位")
    assert [row.cells for row in sheet.rows()] == [("“一网统管”平台", "数据局")]


def test_lines_are_numbered_as_an_editor_numbers_them_over_title_blank_and_broken_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        '2025 年项目汇总表,\n\n项目名称,项目单位\n"两行的\n名称",甲局\n,\n最后一个,乙局\n', encoding="utf-8"
    )
    sheet = open_sheet(path, knows=KNOWN)
    assert sheet.header_line == 3
    assert [(row.line, row.cells[1]) for row in sheet.rows()] == [(4, "甲局"), (7, "乙局")]


def test_a_workbook_gives_cells_as_somebody_would_have_typed_them(tmp_path: Path) -> None:
    path = tmp_path / "项目.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(1, 0, ["汇总表"])
        sheet.write_row(3, 0, ["项目名称", "项目单位", "金额（万元）", "年度", "备注"])
        sheet.write_row(4, 0, ["平台", "数据局", 49.999999, 2026, True])
        sheet.write_datetime(4, 4, date(2025, 3, 1), book.add_format({"num_format": "yyyy-mm-dd"}))
    sheet_read = open_sheet(path, knows=KNOWN)
    (row,) = sheet_read.rows()
    assert (sheet_read.encoding, sheet_read.header_line, row.line) == ("xlsx", 4, 5)
    assert row.cells == ("平台", "数据局", "49.999999", "2026", "2025-03-01")
    candidate = Reader(map_columns(sheet_read.header, {}), source="", origin="x", kinds={}).read(row)
    assert isinstance(candidate, Candidate)
    assert candidate.declared_fen == 49_999_999


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b""),
        ("a.csv", b"\x00\x01"),
        ("a.csv", b"\xff\xff\xff"),
        ("a.xlsx", b"PK\x03\x04"),
        ("a.csv", b'a,b\n"x'),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SheetUnreadable):
        list(open_sheet(path, knows=KNOWN).rows())
    with pytest.raises(SheetUnreadable, match="没有找到"):
        open_sheet(tmp_path / "none.csv", knows=KNOWN)


def test_columns_are_known_by_their_chinese_and_english_names() -> None:
    chinese = map_columns(("序号", "项 目 名 称*", "建设单位", "总投资（万元）", "类型", "年度"), {})
    english = map_columns(("source", "name", "unit", "amount_yuan", "kind", "region", "year", "note"), {})
    assert chinese.places == {"name": 1, "unit": 2, "amount_wan": 3, "kind": 4, "year": 5}
    assert chinese.ignored == ("序号",)
    assert len(english.places) == 8


def test_a_column_named_by_hand_comes_before_one_that_is_recognised() -> None:
    columns = map_columns(("项目名称", "单位", "使用单位"), {"使用单位": "unit"})
    assert columns.places == {"name": 0, "unit": 2}
    assert columns.ignored == ("单位",)


@pytest.mark.parametrize(
    ("header", "chosen", "problem"),
    [
        (("单位", "金额(元)"), {}, "没有找到项目名称列"),
        (("项目名称", "金额"), {}, "没有写明单位"),
        (("项目名称", "名称"), {}, "都是项目名称"),
        (("项目名称",), {"别名": "name"}, "没有名为“别名”的列"),
        (("项目名称",), {"项目名称": "nom"}, "没有名为“nom”的字段"),
    ],
)
def test_unclear_columns_are_asked_for_and_never_guessed(
    header: tuple[str, ...], chosen: dict[str, str], problem: str
) -> None:
    with pytest.raises(ColumnsUnclear) as caught:
        map_columns(header, chosen)
    assert any(problem in found.message for found in caught.value.details)


def test_an_amount_without_unit_is_clear_once_its_column_is_named() -> None:
    assert map_columns(("项目名称", "金额"), {"金额": "amount_wan"}).places == {"name": 0, "amount_wan": 1}


@pytest.mark.parametrize(
    ("header", "cell", "fen"),
    [
        ("金额(元)", "499999.99", 49_999_999),
        ("金额(元)", "500000", 50_000_000),
        ("金额(元)", "50万", 50_000_000),
        ("金额(万元)", "49.9999", 49_999_900),
        ("金额(万元)", "50", 50_000_000),
        ("金额(万元)", "50万元", 50_000_000),
        ("金额(万元)", "500000元", 50_000_000),
        ("金额(万元)", "1.2亿", 12_000_000_000),
        ("金额(元)", "", None),
        ("金额(元)", "—", None),
    ],
)
def test_amounts_are_exact_to_the_fen_in_the_unit_their_column_names(header: str, cell: str, fen: int | None) -> None:
    (candidate,) = _read(f"项目名称,单位,{header}", f"平台,数据局,{cell}")
    assert isinstance(candidate, Candidate)
    assert candidate.declared_fen == fen


def test_everything_wrong_with_a_row_is_named_at_once_with_line_column_and_value() -> None:
    (bad,) = _read("项目名称,单位,金额(元),项目类型,年度", ",,五十,飞船,99")
    assert isinstance(bad, tuple)
    assert [(cell.line, cell.column, cell.value) for cell in bad] == [
        (2, "项目名称", ""), (2, "单位", ""), (2, "年度", "99"), (2, "金额(元)", "五十"), (2, "项目类型", "飞船"),
    ]  # fmt: skip
    assert all(cell.reason for cell in bad)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ("平台,甲,-5,", "不能为负"),
        ("平台,甲,50,60", "两列金额不一致"),
        ("#REF!,甲,,", "公式有错误"),
        ("平台,甲,0.001,", "分"),
    ],
)
def test_amounts_and_formulas_that_cannot_be_right_are_refused(cells: str, reason: str) -> None:
    (bad,) = _read("项目名称,单位,金额(元),金额(万元)", cells)
    assert isinstance(bad, tuple)
    assert reason in bad[0].reason


@pytest.mark.parametrize(
    ("year", "good"), [("1999", False), ("2000", True), ("2026年", True), ("2100", True), ("2101", False)]
)
def test_a_year_lies_in_this_century(year: str, good: bool) -> None:
    (read,) = _read("项目名称,单位,年度", f"平台,数据局,{year}")
    assert isinstance(read, Candidate) is good


def test_a_row_that_stands_twice_is_named_with_the_line_it_repeats() -> None:
    first, second, other = _read("项目名称,单位,年度", "平台,数据局,2026", " 平 台 ,数据局,2026", "平台,数据局,2027")
    assert isinstance(first, Candidate)
    assert isinstance(second, tuple)
    assert "第 2 行" in second[0].reason
    assert isinstance(other, Candidate)


def test_the_words_of_other_tables_for_kinds_mean_the_regulations_four() -> None:
    reads = _read(
        "项目名称,单位,kind", "a,u,建设开发", "b,u,运行维护", "c,u,服务", "d,u,软硬件采购", "e,u,应用(省级)", "f,u,"
    )
    assert [r.kind for r in reads if isinstance(r, Candidate)] == ["build", "om", "service", "equipment", "build", None]


def test_a_kind_the_regulation_lacks_is_refused_until_somebody_says_what_it_means() -> None:
    columns = map_columns(("项目名称", "单位", "类型"), {})
    row = Row(line=2, cells=("平台", "数据局", "软硬件采购"))
    read = Reader(columns, origin="x", kinds=kinds_for(("build", "om"), {})).read(row)
    assert isinstance(read, tuple)
    assert "可填：建设、运维" in read[0].reason
    said = Reader(columns, origin="x", kinds=kinds_for(("build", "om"), {"软硬件采购": "build"})).read(row)
    assert isinstance(said, Candidate)
    assert said.kind == "build"
    with pytest.raises(ColumnsUnclear):
        kinds_for(("build",), {"软硬件采购": "equipment"})


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ('=HYPERLINK("http://x")', '＝HYPERLINK("http://x")'),
        ("+1", "＋1"),
        ("-1", "－1"),
        ("@SUM(A1)", "＠SUM(A1)"),
        ("\t=1", "＝1"),
        ("二期-平台", "二期-平台"),
        ("两行\n名称\x07", "两行 名称"),
    ],
)
def test_nothing_a_spreadsheet_would_execute_is_kept(cell: str, kept: str) -> None:
    assert plain_text(cell)[0] == kept


@given(st.text(max_size=40))
def test_no_text_comes_out_as_a_formula_and_cleaning_twice_changes_nothing(text: str) -> None:
    clean, _ = plain_text(text)
    assert not clean.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert plain_text(clean) == (clean, False)


def test_the_key_of_a_row_does_not_depend_on_spacing_or_width_but_on_each_part() -> None:
    assert key_of("平台（二期）", "数据局", 2026) == key_of("平台 (二期)", " 数据局", 2026)
    keys = {key_of("平台", "数据局", 2026), key_of("平台", "数据局", None), key_of("平台数", "据局", 2026)}
    assert len(keys) == 3


def test_the_public_projects_are_read_as_they_were_published() -> None:
    sheet = open_sheet(PUBLIC, knows=KNOWN)
    reader = _reader(*sheet.header)
    reads = [reader.read(row) for row in sheet.rows()]
    good = [read for read in reads if isinstance(read, Candidate)]
    bad = [cell for read in reads if isinstance(read, tuple) for cell in read]
    assert (len(reads), len(good)) == (170, 120)
    assert {(cell.column, cell.reason) for cell in bad} == {("unit", "项目单位不能为空")}
    assert sum(candidate.declared_fen is not None for candidate in good) == 85
    assert all(candidate.source for candidate in good)
