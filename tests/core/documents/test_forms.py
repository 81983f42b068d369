"""A declared form is filled from the case, marks what is missing, and comes out as Word and PDF with the same words."""

import dataclasses
import io
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader

from core.documents.forms import FilledForm, FontsMissing, FormMissing, Known, fill, forms_of, to_docx, to_pdf
from core.policy.rulebooks.composing import PluginRefusedError
from core.policy.rulebooks.registry import Jurisdiction
from core.policy.rules.forms import FormField, FormSection, Source
from core.policy.rules.papers import DocumentType
from tests.core.documents.hamlet import OUTLINE, SHEET, C, Hamlet, a_case

UNIT = Known(unit={"name": "村水利站", "credit_code": "91350100M000100Y43"})
FULL: dict[str, Any] = {"site": "村东", "declared": 1_234_567_89, "project_kind": "om", "need": "依据一\n依据二"}
PLAN: dict[str, Any] = {
    "plan": {"goal": "不断水"},
    "estimate": {"rows": [{"what": "水泵", "amount": 100_00}, {"what": "井盖"}]},
}


def filled(paper: str = "sheet", contracts: int = 0, **facts: Any) -> FilledForm:
    return fill(a_case(contracts, **facts), paper, UNIT)


def values(form: FilledForm) -> dict[str, str]:
    return {item.key: item.value for section in form.sections for item in section.items}


def word_text(form: FilledForm) -> str:
    document = Document(io.BytesIO(to_docx(form)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def pdf_text(form: FilledForm) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(to_pdf(form))).pages)


def test_what_the_case_knows_stands_in_the_form_as_an_office_writes_it() -> None:
    found = values(filled(**FULL))
    assert found["applicant"] == "村水利站"
    assert found["name"] == "智慧水井 <平台> #1"
    assert found["total"] == "1,234,567.89 元"
    assert found["kind"] == "运维"
    assert found["applied_on"] == "2025年9月2日"


def test_a_form_in_which_all_is_known_misses_nothing_and_leaves_seals_to_the_pen() -> None:
    form = filled(**FULL)
    assert form.missing == ()
    assert form.warning == ""
    assert {i.key for s in form.sections for i in s.items if i.filling == "by_hand"} == {"opinion"}
    assert {i.key for s in form.sections for i in s.items if i.filling == "empty"} == {"remarks"}


def test_what_is_missing_is_named_with_the_stage_that_asks_it_and_its_article() -> None:
    form = filled(**{key: value for key, value in FULL.items() if key not in ("site", "declared")})
    assert [(m.key, m.asked_at, m.article) for m in form.missing] == [
        ("site", "申报", "第二条"),
        ("total", "申报", "第一条"),
    ]
    assert form.warning == "尚缺 2 项，报送前须补齐：建设地点、总投资。"


def test_a_default_that_nobody_has_entered_is_not_printed_as_if_it_were_said() -> None:
    form = filled(**{key: value for key, value in FULL.items() if key != "site"})
    assert (values(form)["site"], [missing.key for missing in form.missing]) == ("", ["site"])


def test_a_field_that_does_not_apply_is_not_asked() -> None:
    assert "cloud" not in values(filled(**FULL))
    assert "cloud" in values(filled(**FULL, online=True))


@pytest.mark.parametrize(("quotes", "missing"), [(2, ["quotes"]), (3, []), (4, [])])
def test_a_table_needs_as_many_lines_as_the_text_asks(quotes: int, missing: list[str]) -> None:
    assert [m.key for m in filled("plan", quotes, **PLAN).missing] == missing


def test_parts_of_a_paper_are_complete_when_nothing_in_them_is_missing() -> None:
    assert filled("plan", 3, **PLAN).complete == ("overview", "money")
    assert filled("plan", 2, **PLAN).complete == ("overview",)
    assert filled("plan", 3, estimate=PLAN["estimate"]).complete == ("money",)


def test_headings_are_numbered_as_an_outline_is() -> None:
    form = filled("plan", **PLAN)
    inner = [(s.number, s.title) for s in form.sections[0].sections]
    assert [(s.number, s.title) for s in form.sections] == [("一、", "概述"), ("二、", "投资估算")]
    assert inner == [("（一）", "项目概况"), ("（二）", "应用单位概况")]


def test_a_paper_without_a_form_is_not_invented() -> None:
    with pytest.raises(FormMissing):
        filled("letter")
    assert [kind.key for kind in forms_of(a_case())] == ["sheet", "plan"]


@pytest.mark.parametrize("text", [word_text, pdf_text])
def test_both_files_say_what_is_known_and_what_is_missing(text: Any) -> None:
    whole = text(filled(**FULL)).replace("\n", "")
    for words in ("某村数字化项目申报表", "智慧水井 <平台> #1", "1,234,567.89 元", "主管部门意见", "本表一式三份"):
        assert words in whole
    assert "待填" not in whole
    without: dict[str, Any] = FULL | {"site": ""}
    lacking = text(filled(**without)).replace("\n", "")
    assert "尚缺 1 项" in lacking
    assert "【待填】" in lacking


@pytest.mark.parametrize("text", [word_text, pdf_text])
def test_both_files_carry_tables_and_headings(text: Any) -> None:
    whole = text(filled("plan", 3, **PLAN))
    for words in ("一、概述", "（一）项目概况", "不断水", "水泵", "100.00", "第3家公司", "金额（元）"):
        assert words in whole


def test_nothing_in_a_value_is_read_as_markup() -> None:
    pasted = "*粗* #let x = 1 $a$ </w:t> \x00\x07结尾"
    for text in (word_text, pdf_text):
        assert "*粗* #let x = 1 $a$ </w:t>" in text(filled(**(FULL | {"need": pasted})))


def test_a_form_of_ours_never_passes_for_the_official_one() -> None:
    assert "不是办法所附表样" in pdf_text(filled("plan", 3, **PLAN))
    assert "不是办法所附表样" not in pdf_text(filled(**FULL))


def test_the_pdf_brings_its_fonts_and_can_be_read_aloud() -> None:
    reader = PdfReader(io.BytesIO(to_pdf(filled(**FULL))))
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    assert all("NotoSerifSC" in name or "NotoSansSC" in name for name in fonts), fonts
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"  # type: ignore[index]
    assert "/StructTreeRoot" in reader.trailer["/Root"]  # type: ignore[operator]


def test_a_machine_without_the_fonts_says_so_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FontsMissing, match="缺少生成 PDF 所需的中文字体") as refused:
        to_pdf(filled(**FULL), fonts=tmp_path)
    assert "Word" in refused.value.message


def test_the_same_form_gives_the_same_pages() -> None:
    assert to_pdf(filled(**FULL)) == to_pdf(filled(**FULL))


def _refusal(*items: FormField, **more: Any) -> str:
    form = dataclasses.replace(SHEET, sections=(FormSection(key="s", title="", items=items),))
    kind = DocumentType(key="sheet", code="D1", title="申报表", citation=C, **({"form": form} | more))
    with pytest.raises(PluginRefusedError) as refused:
        Jurisdiction("hamlet", Hamlet(kind)).rulebook()
    return str(refused.value)


def test_a_form_that_names_what_nobody_declares_refuses_the_plugin() -> None:
    field = FormField(key="x", title="栏", source=Source.FACT, name="nowhere.at_all")
    assert "form of paper sheet: field x names unknown fact 'nowhere.at_all'" in _refusal(field)
    assert "names unknown unit 'colour'" in _refusal(dataclasses.replace(field, source=Source.UNIT, name="colour"))
    assert "'x' is used twice" in _refusal(*[dataclasses.replace(field, name="site")] * 2)
    assert "official must be False" in _refusal(form=SHEET, form_missing=True)
    assert OUTLINE.official is False
