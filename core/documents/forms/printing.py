"""A filled form as PDF: typeset by Typst with fonts that come with the installation, so that no machine lacks them.

System fonts are not looked at: the same form gives the same pages everywhere. How long it takes is a tenth of a
second, in a thread of the caller's.
"""

from datetime import datetime, time
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import typst

from core.documents.forms.model import FilledForm
from core.kernel.clock import SHANGHAI
from core.kernel.codec import decode, encode
from core.kernel.errors import Unavailable

_TEMPLATE = Path(__file__).with_name("paper.typ")
_FONTS = "pylopdf_fonts_zh_cn"
_UNKNOWN_FONT = "unknown font family"


class FontsMissing(Unavailable):
    """The machine has no Chinese fonts for PDF; the Word document needs none."""

    default_message = (
        "本机缺少生成 PDF 所需的中文字体（思源宋体、思源黑体），请系统管理员重新安装平台所附的字体包；"
        "可先下载 Word 版本，内容相同。"
    )


def to_pdf(form: FilledForm, *, fonts: Path | None = None) -> bytes:
    """The form as the bytes of a PDF with text that can be searched and read aloud.

    Raises: FontsMissing.
    """
    folder = fonts or installed_fonts()
    if folder is None:
        raise FontsMissing
    compiler = typst.Compiler(
        input=str(_TEMPLATE),
        root=str(_TEMPLATE.parent),
        font_paths=[str(folder)],
        ignore_system_fonts=True,
        sys_inputs={"form": _data(form)},
    )
    moment = datetime.combine(form.on, time(12), SHANGHAI)
    pdf, warnings = compiler.compile_with_warnings(format="pdf", timestamp=int(moment.timestamp()))
    if any(_UNKNOWN_FONT in warning.message for warning in warnings):
        raise FontsMissing
    if not isinstance(pdf, bytes):
        wrong = "one PDF was asked for"
        raise TypeError(wrong)
    return pdf


@cache
def installed_fonts() -> Path | None:
    """The folder of the fonts that are installed with us, None when they were left out."""
    spec = find_spec(_FONTS)
    return Path(spec.origin).parent if spec is not None and spec.origin is not None else None


def _data(form: FilledForm) -> str:
    return encode(decode(encode(form), dict) | {"remark": form.remark, "warning": form.warning})
