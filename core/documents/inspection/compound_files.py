"""Binary office files of the old kind (复合文档, OLE): which program wrote them, and whether they carry macros.

Only the directory of the container is read, with bounds: a chain that runs in circles ends the reading.
"""

import struct
from typing import IO

from core.documents.inspection.kinds import Content
from core.documents.model import FileRefused

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_END = 0xFFFFFFFA  # this and above are markers, not sectors
_ENTRY = 128
_MOST_SECTORS = 4096
_MACROS = frozenset({"_VBA_PROJECT", "_VBA_PROJECT_CUR", "VBA", "Macros"})
_ENCRYPTED = frozenset({"EncryptedPackage", "EncryptionInfo"})
_STREAMS = (
    ("WordDocument", Content.WORD_97),
    ("Workbook", Content.EXCEL_97),
    ("Book", Content.EXCEL_97),
    ("PowerPoint Document", Content.POWERPOINT_97),
)


def content_of(file: IO[bytes]) -> Content:
    """Word, Excel or PowerPoint, by the streams inside.

    Raises: FileRefused for macros, encryption, damage, or another program's file.
    """
    names = names_of(file)
    for stream, content in _STREAMS:
        if stream in names:
            return content
    raise FileRefused("文件内容与扩展名不符，或为不接收的类型", code="file_content_mismatch")


def names_of(file: IO[bytes]) -> set[str]:
    """The streams and storages inside.

    Raises: FileRefused for macros, encryption or damage.
    """
    try:
        names = _names(file)
    except (struct.error, IndexError, ValueError) as error:
        raise FileRefused("文件已损坏，无法识别", code="file_damaged") from error
    if names & _MACROS:
        raise FileRefused("文件含宏，请去除宏后重新上传", code="file_macros")
    if names & _ENCRYPTED:
        raise FileRefused("文件已加密，请解除密码后重新上传", code="file_encrypted")
    return names


def _names(file: IO[bytes]) -> set[str]:
    file.seek(0)
    header = file.read(512)
    shift = struct.unpack_from("<H", header, 30)[0]
    if shift not in {9, 12}:
        raise ValueError(shift)
    size = 1 << shift
    fat = [s for s in struct.unpack_from("<109I", header, 76) if s < _END]
    fat += _further_fat(file, header, size)
    names: set[str] = set()
    sector, seen = struct.unpack_from("<I", header, 48)[0], 0
    while sector < _END and seen < _MOST_SECTORS:
        names |= _entries(_sector(file, sector, size))
        per_sector = size // 4
        entry = _sector(file, fat[sector // per_sector], size)
        sector = struct.unpack_from("<I", entry, sector % per_sector * 4)[0]
        seen += 1
    return names


def _further_fat(file: IO[bytes], header: bytes, size: int) -> list[int]:
    """Where the allocation table lies beyond what the header has room for."""
    sector, count = struct.unpack_from("<II", header, 68)
    found: list[int] = []
    for _ in range(min(count, _MOST_SECTORS)):
        if sector >= _END:
            break
        *part, sector = struct.unpack(f"<{size // 4}I", _sector(file, sector, size))
        found += [s for s in part if s < _END]
    return found


def _sector(file: IO[bytes], number: int, size: int) -> bytes:
    file.seek((number + 1) * size)
    data = file.read(size)
    if len(data) < size:
        # The last sector of a file may be cut short by careless writers.
        data = data.ljust(size, b"\xff")
    return data


def _entries(data: bytes) -> set[str]:
    names: set[str] = set()
    for start in range(0, len(data) - _ENTRY + 1, _ENTRY):
        length = struct.unpack_from("<H", data, start + 64)[0]
        if data[start + 66] not in {0, 255} and 2 <= length <= 64:
            names.add(data[start : start + length - 2].decode("utf-16-le", errors="replace"))
    return names
