"""A draw's record leads everybody to the same panel, and shows whoever changed it."""

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.kernel.clock import FixedClock
from core.kernel.codec import decode, encode
from core.kernel.identity import new_id
from core.registers.experts import Draw, DrawInputs, Ground, Grounds, Note, PoolExpert, Quota, replay, verify_draw
from core.registers.experts.excluding import judge
from core.registers.experts.model import Outcome, commit, play, rank

DAY = date(2025, 9, 25)
SPECIALTIES = ("网络", "安全", "造价")

_experts = st.builds(
    PoolExpert,
    id=st.uuids(version=4).map(str),
    name=st.sampled_from(("张伟", "李娜", "王芳")),
    specialty=st.sampled_from(SPECIALTIES),
    employer=st.sampled_from(("", "甲公司", "白云村小学", "市水务局", "科技大学")),
    former=st.sampled_from(((), (("甲公司", date(2024, 1, 1)),), (("甲公司", None),))),
    active_from_on=st.sampled_from((date(2020, 1, 1), date(2026, 1, 1))),
    active_to_on=st.sampled_from((None, date(2025, 1, 1), date(2026, 1, 1))),
)
_pools = st.lists(_experts, max_size=30, unique_by=lambda expert: expert.id)
_quotas = st.lists(
    st.builds(Quota, specialty=st.sampled_from(SPECIALTIES), seats=st.integers(1, 3)),
    max_size=3,
    unique_by=lambda quota: quota.specialty,
)
_seeds = st.binary(min_size=32, max_size=32).map(bytes.hex)


def _inputs(pool: list[PoolExpert], quotas: list[Quota] | None = None, **values: Any) -> DrawInputs:
    grounds = values.pop("grounds", Grounds(units=("白云村小学",), parties=("甲公司",)))
    ordered = tuple(sorted(pool, key=lambda expert: expert.id))
    fields: dict[str, Any] = {
        "draw_id": str(new_id()),
        "project": "V-2026-0001",
        "stage": "review",
        "number": 1,
        "library": "experts",
        "purpose": "方案评审",
        "on": DAY,
        "size": 9,
        "alternates": 3,
        "quotas": tuple(quotas or ()),
        "grounds": grounds,
        "pool": ordered,
        "exclusions": judge(ordered, grounds, DAY),
    }
    return DrawInputs(**fields | values)


def _draw(inputs: DrawInputs, seed: str) -> Draw:
    now = FixedClock(DAY).now()
    return Draw(
        id=decode(f'"{inputs.draw_id}"', type(new_id())),
        project_id=new_id(),
        stage=inputs.stage,
        number=inputs.number,
        library=inputs.library,
        state="drawn",
        inputs=inputs,
        inputs_hash=inputs.digest(),
        seed_hash=commit(seed),
        seed=seed,
        outcome=play(inputs, seed),
        reason="",
        prepared_by_name="王敏",
        prepared_at=now,
        drawn_by_name="王敏",
        drawn_at=now,
    )


@given(_pools, _quotas, _seeds)
def test_anyone_with_the_record_gets_the_same_panel(pool: list[PoolExpert], quotas: list[Quota], seed: str) -> None:
    draw = _draw(_inputs(pool, quotas), seed)
    copy = decode(encode(draw), Draw)
    assert replay(copy) == draw.outcome
    assert verify_draw(copy) == ()


@given(_pools, _quotas, _seeds)
def test_nobody_excluded_is_ever_drawn_and_nobody_twice(pool: list[PoolExpert], quotas: list[Quota], seed: str) -> None:
    inputs = _inputs(pool, quotas)
    outcome = play(inputs, seed)
    drawn = [seat.expert_id for seat in (*outcome.panel, *outcome.alternates)]
    assert len(drawn) == len(set(drawn))
    assert set(drawn) <= {expert.id for expert in pool} - {exclusion.expert_id for exclusion in inputs.exclusions}


@given(_pools, _quotas, _seeds)
def test_quotas_are_honoured_or_the_shortage_is_named(pool: list[PoolExpert], quotas: list[Quota], seed: str) -> None:
    inputs = _inputs(pool, quotas)
    outcome = play(inputs, seed)
    missing = {shortage.specialty: shortage.wanted - shortage.found for shortage in outcome.shortages}
    for quota in quotas:
        seated = [seat for seat in outcome.panel if seat.quota == quota.specialty]
        assert len(seated) + missing.get(quota.specialty, 0) == quota.seats
        assert all(seat.specialty == quota.specialty for seat in seated)
    assert len(outcome.panel) + sum(missing.values()) == inputs.size


@given(_pools.filter(bool), _quotas, st.data())
def test_changing_any_input_changes_the_hash(pool: list[PoolExpert], quotas: list[Quota], data: st.DataObject) -> None:
    inputs = _inputs(pool, quotas)
    one = inputs.pool[0]
    changed: dict[str, Any] = {
        "draw_id": "x",
        "project": "x",
        "stage": "x",
        "number": 2,
        "library": "x",
        "purpose": "x",
        "on": DAY + timedelta(days=1),
        "size": 8,
        "alternates": 4,
        "quotas": (*inputs.quotas, Quota(specialty="其他", seats=1)),
        "grounds": Grounds(),
        "pool": (msgspec.structs.replace(one, name="改"), *inputs.pool[1:]),
        "exclusions": judge((msgspec.structs.replace(one, employer=""),), Grounds(), DAY) + inputs.exclusions,
    }
    assert set(changed) == set(DrawInputs.__struct_fields__)
    field = data.draw(st.sampled_from(sorted(changed)))
    assert msgspec.structs.replace(inputs, **{field: changed[field]}).digest() != inputs.digest()


def _people(count: int, **values: Any) -> list[PoolExpert]:
    fields: dict[str, Any] = {"name": "张伟", "specialty": "网络", "employer": "科技大学", "active_from_on": DAY}
    return [PoolExpert(id=f"expert-{number:02}", **fields | values) for number in range(count)]


def test_the_rank_is_plain_sha256_of_seed_and_id() -> None:
    """Vector made with `printf %s 00expert-01 | sha256sum`: others must be able to check without our code."""
    assert rank("00", "expert-01") == "f4ffa1d7b0e08c4c88fc5ff7941dfb3ab320ff7125bde862ee543bef36c3d71e"


@pytest.mark.parametrize(
    ("tamper", "sentence"),
    [
        (lambda d: msgspec.structs.replace(d, seed="1" * 64), "随机种子"),
        (lambda d: msgspec.structs.replace(d, inputs=msgspec.structs.replace(d.inputs, size=2)), "摘要不一致"),
        (lambda d: msgspec.structs.replace(d, number=2), "编号"),
        (
            lambda d: msgspec.structs.replace(
                d, outcome=Outcome(panel=d.outcome.panel[::-1], alternates=(), shortages=())
            ),
            "重新抽取",
        ),
        (
            lambda d: msgspec.structs.replace(
                d, inputs=msgspec.structs.replace(d.inputs, exclusions=()), inputs_hash="", outcome=None
            ),
            "回避名单",
        ),
    ],
)
def test_a_record_that_was_changed_does_not_verify(tamper: Any, sentence: str) -> None:
    pool = [*_people(8), *[msgspec.structs.replace(e, id=f"z{e.id}", employer="甲公司") for e in _people(2)]]
    flaws = verify_draw(tamper(_draw(_inputs(pool, size=3, alternates=2), "0" * 64)))
    assert any(sentence in flaw for flaw in flaws)


def _ground(grounds: Grounds | None = None, **values: Any) -> list[Ground]:
    held = judge(_people(1, **values), grounds or Grounds(units=("白云村小学",), parties=("甲公司",)), DAY)
    return [exclusion.ground for exclusion in held]


def test_each_ground_keeps_its_expert_out() -> None:
    assert _ground() == []
    assert _ground(employer=" 白云村小学 ") == [Ground.SAME_UNIT]
    assert _ground(employer="甲公司") == [Ground.PARTY]
    assert _ground(Grounds(units=("市局（信息中心）",)), employer="市局(信息中心)") == [Ground.SAME_UNIT]
    declared = Grounds(declared=(Note(expert_id="expert-00", reason="亲属任职"),))
    assert _ground(declared) == [Ground.DECLARED]


def test_an_expert_is_active_from_the_first_to_the_last_day() -> None:
    day = timedelta(days=1)
    starts = [_ground(active_from_on=DAY + day * step) for step in (-1, 0, 1)]
    ends = [_ground(active_from_on=date(2020, 1, 1), active_to_on=DAY + day * step) for step in (-1, 0, 1)]
    assert starts == [[], [], [Ground.NOT_ACTIVE]]
    assert ends == [[Ground.NOT_ACTIVE], [], []]


def test_a_former_employer_counts_for_the_years_chosen_and_always_if_the_end_is_unknown() -> None:
    left = [date(2022, 9, 24), date(2022, 9, 25), date(2022, 9, 26), None]
    found = [_ground(former=(("甲公司", until),)) for until in left]
    assert found == [[], [Ground.FORMER_EMPLOYER], [Ground.FORMER_EMPLOYER], [Ground.FORMER_EMPLOYER]]
    none = Grounds(parties=("甲公司",), former_years=0)
    assert _ground(none, former=(("甲公司", None),)) == []


def test_what_is_not_known_keeps_an_expert_out_until_the_office_clears_it_by_name() -> None:
    cleared = Grounds(units=("白云村小学",), cleared=(Note(expert_id="expert-00", reason="电话核实，自由职业"),))
    assert _ground(employer="") == [Ground.EMPLOYER_UNKNOWN]
    assert _ground(employer="白云村小学信息中心") == [Ground.NAMES_ALIKE]
    assert _ground(cleared, employer="") == []
    assert _ground(cleared, employer="白云村小学信息中心") == []
    assert _ground(cleared, employer="白云村小学") == [Ground.SAME_UNIT]


def test_recusal_is_offered_and_not_demanded() -> None:
    off = Grounds(units=("白云村小学",), parties=("甲公司",), recusal=False)
    assert _ground(off, employer="甲公司") == []
    assert _ground(off, employer="") == []
    assert _ground(off, active_from_on=DAY + timedelta(days=1)) == [Ground.NOT_ACTIVE]
