"""How much a file may be and hold (限额), as an operator may set it."""

import msgspec

from core.documents.model import FileRefused

MIB = 1024 * 1024


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """The most that is taken. `ratio` counts only above `ratio_from`, because small XML packs very well."""

    max_bytes: int = 500 * MIB
    entries: int = 10_000
    directory_bytes: int = 16 * MIB
    unpacked_bytes: int = 2048 * MIB
    ratio: int = 100
    ratio_from: int = 10 * MIB
    depth: int = 1
    inner_bytes: int = 32 * MIB


DEFAULT_LIMITS = Limits()


def readable(size: int) -> str:
    """A size as people write it."""
    return f"{size / MIB:g} MB" if size >= MIB else f"{size / 1024:g} KB" if size >= 1024 else f"{size} 字节"


def check_size(size: int, limit: int) -> None:
    """Refuse the first byte over the limit.

    Raises: FileRefused.
    """
    if size > limit:
        raise FileRefused(f"文件超过 {readable(limit)} 的上限", code="file_too_large")
