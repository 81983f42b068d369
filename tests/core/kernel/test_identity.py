"""Ids are made before the database sees them, and ascend."""

import pytest

from core.kernel.errors import Invalid
from core.kernel.identity import new_id, parse_id


def test_ids_made_later_sort_later() -> None:
    ids = [new_id() for _ in range(1000)]
    assert ids == sorted(ids)
    assert len(set(ids)) == 1000
    assert {made.version for made in ids} == {7}


def test_an_id_is_read_back_from_a_path() -> None:
    made = new_id()
    assert parse_id(str(made)) == made


@pytest.mark.parametrize("text", ["", "123", "not-a-uuid", "01a20dda-2f28-77d2-806e"])
def test_a_broken_id_is_named_as_such(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse_id(text, field="project_id")
    assert refused.value.details[0].field == "project_id"
