"""Streams that end well, badly, or never."""

from collections.abc import AsyncIterator


class Killed(BaseException):
    """The process is gone: no handler of ours runs after it, so none may be relied on."""


async def portions(data: bytes, size: int = 65_536) -> AsyncIterator[bytes]:
    for start in range(0, len(data), size):
        yield data[start : start + size]


async def broken(data: bytes, error: BaseException) -> AsyncIterator[bytes]:
    yield data
    raise error
