"""JSON in and out of the database and of hashes (编码): one encoder, so that a stored value reads back equal.

asyncpg hands jsonb over as text; repositories decode it here into the type they expect. Dates, instants,
UUIDs, decimals, enums, structs and dataclasses are supported.
"""

import hashlib
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Any, TypeVar, cast

import msgspec

T = TypeVar("T")


def encode(value: object) -> str:
    """Write a value as JSON text."""
    return _ENCODER.encode(value).decode()


def decode(text: str | bytes, into: type[T]) -> T:
    """Read JSON text into the given type.

    Raises: msgspec.ValidationError when the text does not fit: what we stored ourselves always fits, so this is a bug.
    """
    decoder: msgspec.json.Decoder[T] = _decoder(cast("Any", into))
    return decoder.decode(text)


def canonical(value: object) -> bytes:
    """Write a value so that equal values give equal bytes: keys and sets sorted, no spaces."""
    return _CANONICAL.encode(value)


def digest(value: object) -> str:
    """SHA-256 of the canonical form, in hex (摘要)."""
    return hashlib.sha256(canonical(value)).hexdigest()


def _plain(value: Any) -> Any:
    """Turn what msgspec does not know into what it knows: read-only mappings and views of keys."""
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, AbstractSet):
        return set(value)
    wrong = f"{type(value).__name__} has no JSON form"
    raise NotImplementedError(wrong)


@lru_cache(maxsize=512)
def _decoder(into: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(into)


_ENCODER = msgspec.json.Encoder(enc_hook=_plain)
_CANONICAL = msgspec.json.Encoder(enc_hook=_plain, order="sorted")
