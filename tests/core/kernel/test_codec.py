"""What is stored reads back equal, and equal values have equal digests."""

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from uuid import UUID

import msgspec
import pytest
from asyncpg.pgproto import pgproto

from core.kernel.codec import canonical, decode, digest, encode
from core.kernel.identity import new_id


class Colour(StrEnum):
    RED = "red"


class Thing(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    on: date
    at: datetime
    share: Decimal
    colour: Colour
    labels: tuple[str, ...] = ()


THING = Thing(
    id=new_id(), on=date(2025, 9, 30), at=datetime(2025, 9, 30, tzinfo=UTC), share=Decimal("0.10"), colour=Colour.RED
)


def test_a_stored_value_reads_back_equal() -> None:
    assert decode(encode(THING), Thing) == THING
    assert decode(encode((THING, THING)), tuple[Thing, ...]) == (THING, THING)


def test_a_text_of_another_shape_is_not_taken() -> None:
    with pytest.raises(msgspec.ValidationError):
        decode('{"id": 1}', Thing)


def test_chinese_is_stored_as_chinese() -> None:
    assert encode({"名称": "立项"}) == '{"名称":"立项"}'


def test_ids_and_read_only_mappings_as_the_driver_gives_them_are_written() -> None:
    made = new_id()
    assert (
        encode([pgproto.UUID(str(made)), MappingProxyType({"a": 1}), {"b": 2}.keys()]) == f'["{made}",{{"a":1}},["b"]]'
    )


def test_a_value_without_a_form_is_refused() -> None:
    with pytest.raises(NotImplementedError, match="no JSON form"):
        encode(object())


@pytest.mark.parametrize(("left", "right"), [({"a": 1, "b": 2}, {"b": 2, "a": 1}), ({3, 1, 2}, frozenset({1, 2, 3}))])
def test_equal_values_have_equal_digests(left: Any, right: Any) -> None:
    assert canonical(left) == canonical(right)
    assert digest(left) == digest(right)


def test_a_digest_is_sha256_of_the_canonical_form() -> None:
    assert digest({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    assert digest({"a": 1}) != digest({"a": 2})
