"""The kinds of file that are taken (文件类型): extensions, media type, and the content each must have."""

from enum import StrEnum
from typing import Final

import msgspec


class Content(StrEnum):
    """What the bytes are, whatever the name says."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    WORD_97 = "word_97"
    EXCEL_97 = "excel_97"
    POWERPOINT_97 = "powerpoint_97"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    OFD = "ofd"
    ZIP = "zip"
    TEXT = "text"


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of file: the name officers use, and how it is served."""

    code: str
    title: str
    content: Content
    media_type: str
    extensions: tuple[str, ...]


_OFFICE: Final = "application/vnd.openxmlformats-officedocument"


def _kind(code: str, content: Content, media_type: str, title: str, *more: str) -> Kind:
    return Kind(code=code, title=title, content=content, media_type=media_type, extensions=(code, *more))


_ALL: Final = (
    _kind("pdf", Content.PDF, "application/pdf", "PDF 文档"),
    _kind("ofd", Content.OFD, "application/ofd", "OFD 版式文件"),
    _kind("doc", Content.WORD_97, "application/msword", "Word 文档"),
    _kind("docx", Content.DOCX, f"{_OFFICE}.wordprocessingml.document", "Word 文档"),
    _kind("xls", Content.EXCEL_97, "application/vnd.ms-excel", "Excel 表格"),
    _kind("xlsx", Content.XLSX, f"{_OFFICE}.spreadsheetml.sheet", "Excel 表格"),
    _kind("ppt", Content.POWERPOINT_97, "application/vnd.ms-powerpoint", "演示文稿"),
    _kind("pptx", Content.PPTX, f"{_OFFICE}.presentationml.presentation", "演示文稿"),
    _kind("wps", Content.WORD_97, "application/vnd.ms-works", "WPS 文字"),
    _kind("png", Content.PNG, "image/png", "PNG 图片"),
    _kind("jpg", Content.JPEG, "image/jpeg", "JPEG 图片", "jpeg"),
    _kind("zip", Content.ZIP, "application/zip", "ZIP 压缩包"),
    _kind("csv", Content.TEXT, "text/csv", "CSV 表格"),
    _kind("txt", Content.TEXT, "text/plain", "文本文件"),
)

KINDS: Final[dict[str, Kind]] = {extension: kind for kind in _ALL for extension in kind.extensions}

# Extensions that a system may run or a browser may interpret: refused anywhere in a name, also before the last dot.
DANGEROUS: Final = frozenset(
    {
        *(
            "exe",
            "com",
            "scr",
            "pif",
            "msi",
            "msp",
            "dll",
            "sys",
            "bat",
            "cmd",
            "ps1",
            "vbs",
            "vbe",
            "wsf",
            "wsh",
            "lnk",
        ),
        *(
            "js",
            "jse",
            "mjs",
            "hta",
            "jar",
            "war",
            "class",
            "py",
            "rb",
            "pl",
            "sh",
            "bash",
            "php",
            "phtml",
            "asp",
            "aspx",
        ),
        *("jsp", "jspx", "cgi", "htm", "html", "xhtml", "shtml", "mht", "mhtml", "svg", "svgz", "xml", "xsl", "xslt"),
        *("url", "reg", "apk", "app", "dmg", "deb", "rpm", "iso", "img", "swf", "docm", "dotm", "xlsm", "xltm", "xlsb"),
        *("xlam", "pptm", "potm", "ppsm"),
    }
)
