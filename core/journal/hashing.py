"""How an entry is turned into bytes, and how one entry's hash leads to the next. Pure; the verifier's whole truth.

An entry's digest covers its content; its hash covers the previous hash, its number, and the digest. The split lets
the database link entries while it holds the lock (`repository.append_sql`), so that no round trip is spent on it.
"""

from collections.abc import Iterable
from hashlib import sha256
from struct import Struct, iter_unpack
from uuid import UUID

import msgspec

ALGORITHM = "sha256"
GENESIS = bytes(32)

_pack_seq = Struct(">q").pack
_pack_head = Struct(">16sq32s").pack
_encode = msgspec.json.Encoder().encode

# One chain's head: chain, number of its last entry, that entry's hash.
Head = tuple[UUID, int, bytes]


def digest(fields: Iterable[str | int], detail: str) -> bytes:
    """Hash what one entry says. `fields` are text and whole numbers, in the fixed order of `repository.FIELDS`."""
    return sha256(_encode(fields) + b"\n" + detail.encode()).digest()


def link(previous: bytes, seq: int, content: bytes) -> bytes:
    """Hash that ties an entry to everything before it."""
    return sha256(previous + _pack_seq(seq) + content).digest()


def pack_heads(heads: Iterable[Head]) -> bytes:
    """Chain heads as one byte string, in the order of their chains."""
    return b"".join(_pack_head(chain.bytes, seq, head) for chain, seq, head in sorted(heads, key=lambda head: head[0]))


def unpack_heads(packed: bytes) -> tuple[Head, ...]:
    """Read `pack_heads`.

    Raises: struct.error when the length is not a whole number of heads.
    """
    return tuple((UUID(bytes=chain), seq, head) for chain, seq, head in iter_unpack(">16sq32s", packed))


def root_of(previous: bytes, day: str, heads: bytes) -> bytes:
    """A day's seal: covers the seal before it, so the newest speaks for all."""
    return sha256(previous + day.encode() + heads).digest()
