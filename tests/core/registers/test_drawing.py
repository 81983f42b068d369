"""The random draw: anybody with its record gets the same panel, and nobody can run it again until they like it."""

from datetime import UTC, date, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.kernel.identity import new_id
from core.registers.model import Draw, DrawNotPossible, Excluded, Expert, pool_hash, replay, seed_hash


def _pool(size: int) -> tuple[Expert, ...]:
    return tuple(
        Expert(
            id=new_id(),
            library="expert_library",
            name=f"专家{i}",
            specialty="安全" if i % 2 else "软件",
            employer=f"单位{i}",
            active_from_on=date(2024, 1, 1),
        )
        for i in range(size)
    )


def _draw(pool: tuple[Expert, ...], seed: str = "s", **values: object) -> Draw:
    defaults: dict[str, object] = {"quotas": {"": 3}, "exclusions": ()}
    return Draw(
        id=new_id(),
        project_id=new_id(),
        stage="scheme_expert_review",
        number=1,
        library="expert_library",
        pool=pool,
        pool_hash=pool_hash(pool),
        seed_hash=seed_hash(seed),
        seed=seed,
        prepared_at=datetime.now(UTC),
        **(defaults | values),  # type: ignore[arg-type]
    )


@given(st.integers(min_value=3, max_value=30), st.text(min_size=1))
def test_the_same_record_gives_the_same_panel_and_another_order_of_the_pool_too(size: int, seed: str) -> None:
    pool = _pool(size)
    draw = _draw(pool, seed)
    assert replay(draw) == replay(msgspec.structs.replace(draw, pool=tuple(reversed(pool))))
    drawn, alternates = replay(draw)
    assert len(drawn) == 3
    assert {*drawn, *alternates} == {expert.id for expert in pool}


def test_an_excluded_expert_is_never_drawn_and_quotas_by_specialty_are_kept() -> None:
    pool = _pool(12)
    out = Excluded(expert_id=pool[1].id, name=pool[1].name, reason="现任职单位为项目单位")
    for number in range(50):
        drawn, alternates = replay(_draw(pool, f"seed{number}", quotas={"安全": 2, "": 1}, exclusions=(out,)))
        assert pool[1].id not in {*drawn, *alternates}
        assert sum(expert.specialty == "安全" for expert in pool if expert.id in drawn) >= 2


def test_a_record_whose_pool_or_seed_was_changed_does_not_replay() -> None:
    pool = _pool(5)
    draw = _draw(pool)
    for changed in (
        msgspec.structs.replace(draw, pool=pool[:-1]),
        msgspec.structs.replace(draw, seed="another"),
    ):
        with pytest.raises(DrawNotPossible):
            replay(changed)


def test_every_quota_that_cannot_be_met_is_named_at_once() -> None:
    with pytest.raises(DrawNotPossible) as refused:
        replay(_draw(_pool(4), quotas={"安全": 3, "软件": 3}))
    assert len(refused.value.details) == 2
