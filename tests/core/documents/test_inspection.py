"""The corpus of files: each honest kind is taken, each lie is named."""

import io
import zipfile

import pytest

from core.documents.inspection import DEFAULT_LIMITS, Limits, inspect, sanitised
from core.documents.inspection.naming import kind_by_name
from core.documents.model import FileRefused
from tests.core.documents import samples

GBK = "项目名称,金额\n平台,49\n".encode("gbk")


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("方案.pdf", samples.PDF, "pdf"),
        ("方案.PDF", samples.PDF, "pdf"),
        ("方案v1.2.pdf", samples.PDF, "pdf"),
        ("章.png", samples.PNG, "png"),
        ("章.jpeg", samples.JPEG, "jpg"),
        ("批复.ofd", samples.ofd(), "ofd"),
        ("报告.docx", samples.office("word"), "docx"),
        ("清单.xlsx", samples.office("xl"), "xlsx"),
        ("汇报.pptx", samples.office("ppt"), "pptx"),
        ("报告.doc", samples.compound("WordDocument"), "doc"),
        ("报告.wps", samples.compound("WordDocument"), "wps"),
        ("清单.xls", samples.compound("Workbook"), "xls"),
        ("汇报.ppt", samples.compound("PowerPoint Document"), "ppt"),
        ("附件.zip", samples.zipped({"一/方案.pdf": samples.PDF, "说明.txt": b"ok"}), "zip"),
        ("附件.zip", samples.zipped({"报告.docx": samples.office("word"), "旧.doc": samples.compound("Book")}), "zip"),
        ("明细.csv", GBK, "csv"),
        ("说明.txt", "说明".encode("utf-16"), "txt"),
        ("说明.txt", "\ufeff说明".encode(), "txt"),
    ],
)
def test_an_honest_file_is_taken_for_what_it_is(name: str, data: bytes, code: str) -> None:
    assert inspect(io.BytesIO(data), name, DEFAULT_LIMITS).code == code


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("方案.pdf", samples.HTML, "file_content_mismatch"),
        ("方案.pdf", samples.EXE, "file_content_mismatch"),
        ("方案.pdf", samples.PNG, "file_content_mismatch"),
        ("方案.pdf", samples.PDF + samples.zipped({"a.txt": b"1"}), "file_polyglot"),
        ("章.png", samples.PNG + samples.zipped({"a.txt": b"1"}), "file_polyglot"),
        ("方案.docx", samples.zipped({"a.txt": b"1"}), "file_content_mismatch"),
        ("方案.zip", samples.office("word"), "file_content_mismatch"),
        ("清单.xls", samples.compound("WordDocument"), "file_content_mismatch"),
        ("清单.xls", samples.HTML, "file_content_mismatch"),
        ("说明.txt", samples.HTML, "file_markup"),
        ("说明.txt", samples.SVG, "file_markup"),
        ("说明.txt", b"#!/bin/sh\n", "file_markup"),
        ("说明.txt", b"\xef\xbb\xbf  <script>", "file_markup"),
        ("说明.txt", b"a\0b", "file_content_mismatch"),
        ("说明.csv", b"\xff\xff\xff", "file_content_mismatch"),
        ("报告.docx", samples.office("word", more={"word/vbaProject.bin": b"1"}), "file_macros"),
        ("报告.docx", samples.office("word", types="application/vnd.ms-word.document.macroEnabled.12"), "file_macros"),
        ("报告.doc", samples.compound("WordDocument", "_VBA_PROJECT"), "file_macros"),
        ("报告.doc", samples.compound("EncryptedPackage", "EncryptionInfo"), "file_encrypted"),
        ("报告.doc", samples.compound("WordDocument")[:40], "file_damaged"),
        ("报告.doc", samples.circular_compound(), "file_content_mismatch"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(name: str, data: bytes, code: str) -> None:
    assert refusal(name, data) == code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (samples.zipped({"零.txt": b"\0" * 20_000_000}), "archive_ratio"),
        (samples.declaring(0xF0000000), "archive_too_large"),
        (samples.overlapping(), "archive_overlap"),
        (samples.crowded(100_000), "archive_too_many_entries"),
        (samples.encrypted(), "archive_encrypted"),
        (samples.linked(), "archive_link"),
        (samples.zipped({"../../etc/cron.d/x": b"1"}), "archive_path"),
        (samples.zipped({"/etc/cron.d/x": b"1"}), "archive_path"),
        (samples.zipped({"a\\..\\b": b"1"}), "archive_path"),
        (samples.zipped({"C:/windows/x": b"1"}), "archive_path"),
        (samples.zipped({"内.zip": samples.zipped({"a.txt": b"1"})}), "archive_nested"),
        (samples.zipped({"内.txt": samples.zipped({"a.txt": b"1"})}), "archive_nested"),
        (samples.zipped({"内.rar": b"Rar!\x1a\x07\x00"}), "archive_nested"),
        (samples.zipped({"内.gz": b"\x1f\x8b\x08"}), "archive_nested"),
        (samples.zipped({"安装.txt": samples.EXE}), "archive_dangerous_entry"),
        (samples.zipped({"页面.html": b"hello"}), "archive_dangerous_entry"),
        (samples.zipped({"宏.doc": samples.compound("WordDocument", "Macros")}), "file_macros"),
        (samples.zipped({}), "file_content_mismatch"),
        (b"PK\x03\x04" + b"\0" * 200, "archive_damaged"),
        (samples.zipped({"a.txt": b"1" * 500}, packed=False)[:300], "archive_damaged"),
    ],
)
def test_an_archive_that_could_harm_its_reader_is_refused(data: bytes, code: str) -> None:
    assert refusal("附件.zip", data) == code


def test_an_archive_hidden_behind_another_file_is_refused() -> None:
    kept = samples.zipped({"first.txt": b"1"}) + samples.zipped({"second.txt": b"2"})
    assert refusal("附件.zip", kept) == "file_polyglot"


def test_the_number_of_entries_is_refused_just_over_the_limit() -> None:
    limits = Limits(entries=3)
    for entries in (2, 3):
        assert inspect(io.BytesIO(samples.crowded(entries)), "附件.zip", limits).code == "zip"
    assert refusal("附件.zip", samples.crowded(4), limits) == "archive_too_many_entries"


def test_a_count_that_the_end_record_understates_does_not_help() -> None:
    data = bytearray(samples.crowded(4))
    data[-14:-10] = b"\1\0\1\0"
    assert refusal("附件.zip", bytes(data), Limits(entries=3)) == "archive_too_many_entries"


def test_a_name_written_by_chinese_windows_with_a_backslash_byte_is_not_taken_for_a_path() -> None:
    # 0x5C is the second byte of 乗 in GBK; the archive does not say that its names are GBK.
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("AB.txt", b"1")
    data = kept.getvalue().replace(b"AB.txt", "乗".encode("gbk") + b".txt")
    assert "乗".encode("gbk")[1:] == b"\\"
    assert inspect(io.BytesIO(data), "附件.zip", DEFAULT_LIMITS).code == "zip"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("方案.pdf", "方案.pdf"),
        ("C:\\用户\\方案.pdf", "方案.pdf"),
        ("../../etc/方案.pdf", "方案.pdf"),
        ("报告\u202efdp.exe", "报告fdp.exe"),
        ("方案.pdf\0.exe", "方案.pdf.exe"),
        ("方\r\n案.pdf", "方案.pdf"),
        (" . .方案.pdf. ", "方案.pdf"),
        ("", "未命名"),
        ("..", "未命名"),
    ],
)
def test_a_name_is_made_fit_to_be_shown(given: str, kept: str) -> None:
    assert sanitised(given) == kept


def test_a_name_is_cut_at_255_bytes_and_keeps_its_extension() -> None:
    assert sanitised("a" * 251 + ".pdf") == "a" * 251 + ".pdf"
    assert sanitised("a" * 252 + ".pdf") == "a" * 251 + ".pdf"
    long = sanitised("方" * 1400 + ".pdf")
    assert long.endswith("方.pdf")
    assert len(long.encode()) <= 255


@pytest.mark.parametrize(
    "name", ["病毒.exe.pdf", "报告.pdf.exe", "图.svg", "页.html", "宏.docm", "无扩展名", "包.rar", ".pdf"]
)
def test_an_extension_that_is_not_taken_is_refused_before_anything_is_read(name: str) -> None:
    with pytest.raises(FileRefused, match="不接收"):
        kind_by_name(sanitised(name))


def refusal(name: str, data: bytes, limits: Limits = DEFAULT_LIMITS) -> str:
    with pytest.raises(FileRefused) as caught:
        inspect(io.BytesIO(data), name, limits)
    assert caught.value.details[0].message
    return caught.value.code
