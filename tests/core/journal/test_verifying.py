"""Tampering is found: every kind, on the pure checker; and the database's links are those of the checker."""

import random
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from core.journal.hashing import GENESIS, digest, link, pack_heads, root_of, unpack_heads
from core.journal.model import Root
from core.journal.verifying import Checker, check_roots, sealed_by
from core.kernel.identity import new_id

_TENANT = str(new_id())
Row = tuple[Any, ...]


def _chain(chain: UUID, length: int, *, start: int = 0, previous: bytes = GENESIS) -> list[Row]:
    rows: list[Row] = []
    for seq in range(start + 1, start + length + 1):
        fields: Row = (_TENANT, str(chain), str(new_id()), "stage:advanced", "", "2025-03-11", 1741651200000000 + seq)
        fields += ("u", "王敏", "", "数据局", _TENANT, "", "web")
        detail = f'{{"n":{seq}}}'
        here = link(previous, seq, digest(fields, detail))
        rows.append((chain, seq, previous, here, detail, *fields))
        previous = here
    return rows


def _heads(rows: list[Row]) -> dict[UUID, tuple[int, bytes]]:
    return {row[0]: (row[1], row[3]) for row in rows}


def _flawed(rows: list[Row], heads: dict[UUID, tuple[int, bytes]], **sealed: Any) -> bool:
    checker = Checker(heads, sealed.get("sealed", {}))
    checker.feed(rows)
    return not checker.result().is_sound


def _edit(rows: list[Row], at: int) -> None:
    column = random.Random(at).randrange(4, len(rows[at]))
    row = list(rows[at])
    row[column] = row[column] + 1 if isinstance(row[column], int) else row[column] + "x"
    rows[at] = tuple(row)


def _delete(rows: list[Row], at: int) -> None:
    del rows[at]


def _swap(rows: list[Row], at: int) -> None:
    other = at - 1 if at else 1
    rows[at], rows[other] = rows[other], rows[at]


def _double(rows: list[Row], at: int) -> None:
    rows.insert(at, rows[at])


def _truncate(rows: list[Row], at: int) -> None:
    del rows[at:]


def _rewrite_tail(rows: list[Row], at: int) -> None:
    previous = rows[at - 1][3] if at else GENESIS
    rows[at:] = _chain(rows[at][0], len(rows) - at, start=at, previous=previous)


@pytest.mark.parametrize("tamper", [_edit, _delete, _swap, _double, _truncate, _rewrite_tail])
def test_every_tampering_anywhere_is_found(tamper: Callable[[list[Row], int], None]) -> None:
    original = _chain(new_id(), 60)
    heads = _heads(original)
    assert not _flawed(original, heads), "the control: untouched rows are sound"
    for at in range(60):
        rows = list(original)
        tamper(rows, at)
        assert _flawed(rows, heads), (tamper.__name__, at)


def test_a_rewriting_of_rows_and_heads_is_seen_only_against_a_seal() -> None:
    chain = new_id()
    original = _chain(chain, 10)
    forged = _chain(chain, 10)
    assert not _flawed(forged, _heads(forged)), "the control: without a seal nothing can be seen"
    sealed = {(chain, 7): original[6][3]}
    assert not _flawed(original, _heads(original), sealed=sealed)
    assert _flawed(forged, _heads(forged), sealed=sealed)
    assert _flawed(forged[:6], _heads(forged[:6]), sealed=sealed)


def test_a_chain_that_vanished_or_came_from_nowhere_is_named() -> None:
    one, two = _chain(new_id(), 2), _chain(new_id(), 2)
    assert _flawed(one, _heads(one) | _heads(two))
    assert _flawed(one + two, _heads(one))


def _root(day: int, previous: bytes, heads: bytes) -> Root:
    on = date(2025, 3, day)
    root = root_of(previous, on.isoformat(), heads)
    return Root(
        day_on=on, made_at=datetime(2025, 3, day, tzinfo=UTC), chains=1, previous=previous, root=root, heads=heads
    )


def test_seals_hang_together_and_agree_with_those_kept_elsewhere() -> None:
    chain = new_id()
    heads = pack_heads([(chain, 3, b"\x01" * 32)])
    first = _root(11, GENESIS, heads)
    second = _root(12, first.root, b"")
    assert unpack_heads(heads) == ((chain, 3, b"\x01" * 32),)
    assert sealed_by([first, second]) == {(chain, 3): b"\x01" * 32}
    assert check_roots([first, second], {"2025-03-12": second.root}) == ()
    assert check_roots([second], {})
    assert check_roots([first, second], {"2025-03-12": first.root})
    assert check_roots([first], {"2025-03-12": second.root})


@pytest.mark.slow
def test_a_million_entries_are_checked_in_ten_seconds() -> None:
    part = _chain(new_id(), 100_000)
    best = float("inf")
    for _ in range(2):
        started = time.process_time()
        assert not _flawed(part, _heads(part))
        best = min(best, time.process_time() - started)
    assert best * 10 < 10
