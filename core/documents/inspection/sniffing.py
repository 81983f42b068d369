"""What a file is by its content (内容识别), and whether it is what its name claims."""

import codecs
from typing import IO

from core.documents.inspection import archives, compound_files
from core.documents.inspection.archives import ends_as_archive
from core.documents.inspection.kinds import Content, Kind
from core.documents.inspection.limits import Limits
from core.documents.inspection.naming import kind_by_name
from core.documents.model import FileRefused

_PORTION = 1024 * 1024
_HEAD = 4096

_MAGIC = (
    (b"%PDF-", Content.PDF),
    (b"\x89PNG\r\n\x1a\n", Content.PNG),
    (b"\xff\xd8\xff", Content.JPEG),
)

# Beginnings that are text to a decoder and a program to a browser or a shell.
_MARKUP = (
    b"<!doctype",
    b"<html",
    b"<head",
    b"<body",
    b"<script",
    b"<svg",
    b"<?xml",
    b"<?php",
    b"<iframe",
    b"#!",
    b"<%",
)
_ACTIVE = (b"<script", b"<svg", b"<html", b"<iframe")

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def inspect(file: IO[bytes], name: str, limits: Limits) -> Kind:
    """Name the kind of a file whose name is sanitised, or refuse it.

    Raises: FileRefused with the first reason found.
    """
    claimed = kind_by_name(name)
    content = content_of(file, limits, claimed)
    if content is not claimed.content:
        raise FileRefused(f"文件内容不是{claimed.title}，与扩展名不符", code="file_content_mismatch", name=name)
    return claimed


def content_of(file: IO[bytes], limits: Limits, claimed: Kind) -> Content:
    """The content that the bytes themselves show; text only where text is claimed, because nearly all is text."""
    head = _head(file)
    for magic, content in _MAGIC:
        if head.startswith(magic):
            if ends_as_archive(file):
                raise FileRefused("文件内夹带压缩包", code="file_polyglot")
            return content
    if head.startswith(compound_files.MAGIC):
        return compound_files.content_of(file)
    if head.startswith(archives.MAGIC):
        return archives.content_of(file, limits)
    if claimed.content is Content.TEXT:
        check_text(file, head)
        return Content.TEXT
    raise FileRefused("文件内容与扩展名不符，或为不接收的类型", code="file_content_mismatch")


def check_text(file: IO[bytes], head: bytes) -> None:
    """Refuse what is not text throughout, or is markup that a browser would run.

    Raises: FileRefused.
    """
    beginning = head.removeprefix(codecs.BOM_UTF8).lstrip().lower()
    if beginning.startswith(_MARKUP) or any(tag in beginning for tag in _ACTIVE):
        raise FileRefused("文件含网页或脚本内容", code="file_markup")
    if head.startswith(_UTF16):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8", "gb18030"]
        _refuse_nul(file)
    if not any(_decodes(file, encoding) for encoding in encodings):
        raise FileRefused("文件不是可识别的文本", code="file_content_mismatch")


def _refuse_nul(file: IO[bytes]) -> None:
    file.seek(0)
    while portion := file.read(_PORTION):
        if b"\0" in portion:
            raise FileRefused("文件不是可识别的文本", code="file_content_mismatch")


def _decodes(file: IO[bytes], encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    try:
        while portion := file.read(_PORTION):
            decoder.decode(portion)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _head(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read(_HEAD)
