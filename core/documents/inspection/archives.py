"""Archives (压缩包) and the office formats that are archives, judged by their central directory before unpacking.

Every number a bomb lies about is compared with what lies in the file: how many entries, where each begins
and ends, and how large it claims to become. Entries are only ever peeked at, or read within their declared
bound when they are themselves documents.
"""

import stat
import struct
import zipfile
import zlib
from io import BytesIO
from itertools import pairwise
from typing import IO

from core.documents.inspection import compound_files
from core.documents.inspection.kinds import DANGEROUS, Content
from core.documents.inspection.limits import Limits, readable
from core.documents.inspection.naming import extension_of
from core.documents.model import FileRefused

MAGIC = b"PK\x03\x04"
_END, _END64, _LOCATOR64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_END_SIZE, _LOCAL_SIZE, _LONGEST_COMMENT = 22, 30, 65_535
_TYPES = "[Content_Types].xml"
_MOST_TYPES = 1024 * 1024
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"#!")
_OTHER_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"(\xb5/\xfd", b"MSCF", b"PK\x05\x06")
_ENCRYPTED_FLAGS = 0x1 | 0x40 | 0x2000
_UTF8_FLAG = 0x800
_PACKED_PICTURES = frozenset({"emz", "wmz"})
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
)


def content_of(file: IO[bytes], limits: Limits, depth: int = 0) -> Content:
    """What kind of archive it is.

    Raises: FileRefused for whatever could harm the one who unpacks it.
    """
    try:
        _check_directory(file, limits)
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            _check_entries(entries, limits)
            _check_extent(entries, archive.start_dir)
            content = _content(archive, entries)
            _check_inside(archive, entries, limits, depth, content)
            return content
    except _DAMAGE as error:
        raise FileRefused("压缩包已损坏，无法检查", code="archive_damaged") from error


def ends_as_archive(file: IO[bytes]) -> bool:
    """Whether an unpacker would take the file for an archive, whatever it begins with."""
    tail, _ = _tail(file)
    at = tail.rfind(_END)
    return at >= 0 and at + _END_SIZE + _comment_length(tail, at) == len(tail)


def _tail(file: IO[bytes]) -> tuple[bytes, int]:
    size = file.seek(0, 2)
    start = max(0, size - _END_SIZE - _LONGEST_COMMENT)
    file.seek(start)
    return file.read(size - start), start


def _comment_length(tail: bytes, at: int) -> int:
    return int(struct.unpack_from("<H", tail, at + 20)[0]) if at + _END_SIZE <= len(tail) else -1


def _check_directory(file: IO[bytes], limits: Limits) -> None:
    """Count before parsing: the directory of a bomb fills memory on its own."""
    tail, start = _tail(file)
    at = tail.rfind(_END)
    if at < 0:
        raise zipfile.BadZipFile
    disk, _, _, entries, length, _ = struct.unpack_from("<HHHHII", tail, at + 4)
    if at >= 20 and tail[at - 20 : at - 16] == _LOCATOR64:
        where = struct.unpack_from("<Q", tail, at - 12)[0]
        file.seek(where)
        record = file.read(56)
        if not record.startswith(_END64) or where > start + at:
            raise zipfile.BadZipFile
        entries, length = struct.unpack_from("<QQ", record, 32)
    if disk not in {0, 0xFFFF}:
        raise FileRefused("不接收分卷压缩包", code="archive_split")
    if entries > limits.entries or length > limits.directory_bytes:
        raise FileRefused(f"压缩包内文件超过 {limits.entries} 个", code="archive_too_many_entries")


def _check_entries(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if not entries:
        raise FileRefused("压缩包为空", code="archive_empty")
    if len(entries) > limits.entries:
        # The end record may understate; what was parsed counts.
        raise FileRefused(f"压缩包内文件超过 {limits.entries} 个", code="archive_too_many_entries")
    if any(entry.flag_bits & _ENCRYPTED_FLAGS for entry in entries):
        raise FileRefused("压缩包已加密，请解除密码后重新上传", code="archive_encrypted")
    for entry in entries:
        _check_path(entry)
    if len({entry.orig_filename for entry in entries}) < len(entries):
        raise FileRefused("压缩包内有重名文件", code="archive_duplicate_names")
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > limits.unpacked_bytes:
        raise FileRefused(f"压缩包解压后超过 {readable(limits.unpacked_bytes)}", code="archive_too_large")
    if unpacked > limits.ratio_from and unpacked > limits.ratio * packed:
        raise FileRefused("压缩包压缩比异常", code="archive_ratio")


def _check_path(entry: zipfile.ZipInfo) -> None:
    name = _name(entry)
    parts = name.split("/")
    if name.startswith("/") or ".." in parts or "\\" in name or "\0" in name or parts[0].endswith(":"):
        raise FileRefused("压缩包内含越界路径", code="archive_path")
    mode = entry.external_attr >> 16
    if mode and stat.S_IFMT(mode) not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise FileRefused("压缩包内含链接或特殊文件", code="archive_link")


def _name(entry: zipfile.ZipInfo) -> str:
    """The name as written. Chinese Windows writes GBK without saying so, whose second bytes include the backslash's."""
    if entry.flag_bits & _UTF8_FLAG:
        return entry.orig_filename
    try:
        return entry.orig_filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return entry.orig_filename


def _check_extent(entries: list[zipfile.ZipInfo], end: int) -> None:
    """Entries that share bytes multiply without end; each must have its own place before the directory."""
    extents = sorted((e.header_offset, e.header_offset + _LOCAL_SIZE + e.compress_size) for e in entries)
    if extents[0][0] != 0:
        raise FileRefused("文件内夹带压缩包", code="file_polyglot")
    if extents[-1][1] > end or any(before[1] > after[0] for before, after in pairwise(extents)):
        raise FileRefused("压缩包结构异常：文件互相重叠", code="archive_overlap")


def _content(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Content:
    names = {entry.filename for entry in entries}
    if "OFD.xml" in names:
        return Content.OFD
    if _TYPES not in names:
        return Content.ZIP
    with archive.open(_TYPES) as types:
        declared = types.read(_MOST_TYPES + 1).lower()
    macros = any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in names)
    if macros or len(declared) > _MOST_TYPES or b"macroenabled" in declared or b"vbaproject" in declared:
        raise FileRefused("文件含宏，请去除宏后重新上传", code="file_macros")
    for folder, content in (("word/", Content.DOCX), ("xl/", Content.XLSX), ("ppt/", Content.PPTX)):
        if any(name.startswith(folder) for name in names):
            return content
    return Content.ZIP


def _check_inside(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], limits: Limits, depth: int, content: Content
) -> None:
    for entry in entries:
        if entry.is_dir():
            continue
        extension = extension_of(_name(entry))
        # The parts of an office file are XML by nature; in a plain archive a page is a page.
        if content is Content.ZIP and extension in DANGEROUS:
            raise FileRefused(f"压缩包内含不接收的文件：{_name(entry)}", code="archive_dangerous_entry")
        if content is not Content.ZIP and extension in _PACKED_PICTURES:
            continue
        with archive.open(entry) as inner:
            head = inner.read(8)
        if head.startswith(_PROGRAMS):
            raise FileRefused(f"压缩包内含程序：{_name(entry)}", code="archive_dangerous_entry")
        if head.startswith(_OTHER_ARCHIVES):
            raise FileRefused(f"压缩包内嵌套压缩包：{_name(entry)}", code="archive_nested")
        if head.startswith((MAGIC, compound_files.MAGIC)):
            _check_nested(archive, entry, limits, depth)


def _check_nested(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits, depth: int) -> None:
    """An office file inside is a document and is looked into once; an archive inside an archive is refused."""
    if entry.file_size > limits.inner_bytes:
        raise FileRefused(f"压缩包内的文档过大，请单独上传：{_name(entry)}", code="archive_nested")
    with archive.open(entry) as inner:
        data = BytesIO(inner.read(limits.inner_bytes + 1))
    if data.getvalue().startswith(compound_files.MAGIC):
        compound_files.names_of(data)
    elif depth >= limits.depth:
        raise FileRefused(f"压缩包嵌套过深：{_name(entry)}", code="archive_nested")
    elif content_of(data, limits, depth + 1) is Content.ZIP:
        raise FileRefused(f"压缩包内嵌套压缩包：{_name(entry)}", code="archive_nested")
