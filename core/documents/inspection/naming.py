"""File names (文件名): made fit to be shown and offered for download. A name is never used as a path."""

import unicodedata

from core.documents.inspection.kinds import DANGEROUS, KINDS, Kind
from core.documents.model import FileRefused

LONGEST_BYTES = 255
_LONGEST_EXTENSION = 16


def sanitised(name: str) -> str:
    """The name as it is kept: no folders, no control or direction characters, at most 255 bytes.

    Direction characters go because `报告<U+202E>fdp.exe` is shown as `报告exe.pdf`.
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c) not in _HIDDEN)
    kept = " ".join(kept.split()).strip(" .")
    return _shortened(kept) or "未命名"


def extension_of(name: str) -> str:
    """The last extension in lower case, or an empty string."""
    stem, dot, extension = name.rpartition(".")
    return extension.lower() if dot and stem and len(extension) <= _LONGEST_EXTENSION else ""


def kind_by_name(name: str) -> Kind:
    """The kind that the name claims.

    Raises: FileRefused when the kind is not taken, or an extension hides before the last one.
    """
    extensions = [part.strip().lower() for part in name.split(".")[1:]]
    hidden = next((extension for extension in extensions if extension in DANGEROUS), None)
    if hidden is not None:
        raise FileRefused(f"不接收 .{hidden} 类型的文件", code="file_dangerous_extension", name=name)
    kind = KINDS.get(extension_of(name))
    if kind is None:
        raise FileRefused(
            f"不接收该类型的文件，可上传：{'、'.join(sorted(KINDS))}", code="file_type_not_allowed", name=name
        )
    return kind


# Control, format (bidi, zero width), surrogate, private use, unassigned, line and paragraph separators.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def _shortened(name: str) -> str:
    if len(name.encode()) <= LONGEST_BYTES:
        return name
    extension = extension_of(name)
    tail = f".{extension}" if extension else ""
    stem = name[: len(name) - len(tail)]
    room = LONGEST_BYTES - len(tail.encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(" .") + tail
