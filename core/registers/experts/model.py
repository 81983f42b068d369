"""Experts and random draws as values, with the one function that turns a seed into a panel (随机抽取).

A draw is replayable: its record holds the whole pool, who was excluded and why, quotas and rules, and a seed whose
hash was published before. Whoever holds the record gets the same panel with nothing but SHA-256.
"""

from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

import msgspec

from core.kernel import codec
from core.registers.experts.excluding import Exclusion, Grounds, PoolExpert, judge


class Former(msgspec.Struct, frozen=True, kw_only=True):
    """One body an expert has worked for, until a day; without a day nobody knows when it ended."""

    employer: str
    until_on: date | None = None


class Expert(msgspec.Struct, frozen=True, kw_only=True):
    """One expert of one library, as its keeper knows them."""

    id: UUID
    library: str
    name: str
    specialty: str
    employer: str
    title: str = ""
    contact: str = ""
    source: str = ""
    former_employers: tuple[Former, ...] = ()
    active_from_on: date
    active_to_on: date | None = None

    def in_pool(self) -> PoolExpert:
        """What a draw needs to know, and no more: the record is shown to many."""
        return PoolExpert(
            id=str(self.id),
            name=self.name,
            specialty=self.specialty,
            employer=self.employer,
            former=tuple((former.employer, former.until_on) for former in self.former_employers),
            active_from_on=self.active_from_on,
            active_to_on=self.active_to_on,
        )


class Quota(msgspec.Struct, frozen=True, kw_only=True):
    """How many seats belong to one specialty (专业配额)."""

    specialty: str
    seats: int


class DrawInputs(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a panel follows from except the seed. The pool stands in the order of the experts' ids."""

    draw_id: str
    project: str
    stage: str
    number: int
    library: str
    purpose: str
    on: date
    size: int
    alternates: int
    quotas: tuple[Quota, ...]
    grounds: Grounds
    pool: tuple[PoolExpert, ...]
    exclusions: tuple[Exclusion, ...]

    def digest(self) -> str:
        """The hash that is published with the seed's before anybody is drawn."""
        return codec.digest(self)

    def eligible(self) -> tuple[PoolExpert, ...]:
        """Those who can be drawn."""
        out = {exclusion.expert_id for exclusion in self.exclusions}
        return tuple(expert for expert in self.pool if expert.id not in out)


class Seat(msgspec.Struct, frozen=True, kw_only=True):
    """One place on a panel or among the alternates; `quota` is the specialty it was drawn for, or empty."""

    expert_id: str
    name: str
    specialty: str
    rank: str
    quota: str = ""


class Shortage(msgspec.Struct, frozen=True, kw_only=True):
    """Seats that nobody eligible could take; empty `specialty` means seats without one."""

    specialty: str
    wanted: int
    found: int


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """Who was drawn, who steps in and in which order, and which seats stay empty."""

    panel: tuple[Seat, ...]
    alternates: tuple[Seat, ...]
    shortages: tuple[Shortage, ...]


class Draw(msgspec.Struct, frozen=True, kw_only=True):
    """One draw: prepared, drawn, cancelled before it was drawn, or replaced by a later one.

    `seed` is empty until the draw is run; `reason` says why it is a second draw, or why it was cancelled.
    """

    id: UUID
    project_id: UUID
    stage: str
    number: int
    library: str
    state: str
    inputs: DrawInputs
    inputs_hash: str
    seed_hash: str
    seed: str
    outcome: Outcome | None
    reason: str
    prepared_by_name: str
    prepared_at: datetime
    drawn_by_name: str
    drawn_at: datetime | None


def commit(seed: str) -> str:
    """The hash that binds whoever prepared the draw to its seed."""
    return sha256(seed.encode()).hexdigest()


def rank(seed: str, expert_id: str) -> str:
    """An expert's place in the order of a draw; the smallest are drawn first."""
    return sha256(f"{seed}{expert_id}".encode()).hexdigest()


def play(inputs: DrawInputs, seed: str) -> Outcome:
    """Draw: the quotas first, in their order, then the seats without one, then the alternates."""
    order = sorted(((rank(seed, e.id), e) for e in inputs.eligible()), key=lambda placed: (placed[0], placed[1].id))
    waiting = [_seat(place, expert) for place, expert in order]
    panel: list[Seat] = []
    shortages: list[Shortage] = []
    for quota in inputs.quotas:
        taken = [seat for seat in waiting if seat.specialty == quota.specialty][: quota.seats]
        waiting = [seat for seat in waiting if seat not in taken]
        panel += [msgspec.structs.replace(seat, quota=quota.specialty) for seat in taken]
        shortages += _shortage(quota.specialty, quota.seats, len(taken))
    free = inputs.size - sum(quota.seats for quota in inputs.quotas)
    rest, waiting = waiting[:free], waiting[free:]
    shortages += _shortage("", free, len(rest))
    return Outcome(panel=(*panel, *rest), alternates=tuple(waiting[: inputs.alternates]), shortages=tuple(shortages))


def replay(draw: Draw) -> Outcome:
    """The panel that the record leads to, whatever the record says it was."""
    return play(draw.inputs, draw.seed)


def shortages_of(inputs: DrawInputs) -> tuple[Shortage, ...]:
    """Which seats will stay empty whatever the seed is; known before drawing."""
    return play(inputs, "").shortages


def verify_draw(draw: Draw) -> tuple[str, ...]:
    """What in a record does not agree with itself, in sentences; nothing means that it is sound."""
    inputs = draw.inputs
    checks = [
        (inputs.digest() == draw.inputs_hash, "抽取条件与事先公布的摘要不一致"),
        (list(inputs.pool) == sorted(inputs.pool, key=lambda e: e.id), "候选名单未按规定次序排列"),
        (judge(inputs.pool, inputs.grounds, inputs.on) == inputs.exclusions, "回避名单与回避规则不一致"),
        (
            (inputs.draw_id, inputs.number, inputs.stage, inputs.library)
            == (str(draw.id), draw.number, draw.stage, draw.library),
            "抽取记录的编号、环节或专家库与抽取条件不一致",
        ),
    ]
    if draw.outcome is not None:
        out = {exclusion.expert_id for exclusion in inputs.exclusions}
        drawn = {seat.expert_id for seat in (*draw.outcome.panel, *draw.outcome.alternates)}
        checks += [
            (commit(draw.seed) == draw.seed_hash, "随机种子与事先公布的摘要不一致"),
            (replay(draw) == draw.outcome, "按记录重新抽取得到的名单与所记名单不一致"),
            (not out & drawn, "应回避的专家出现在名单中"),
        ]
    return tuple(sentence for sound, sentence in checks if not sound)


def _seat(place: str, expert: PoolExpert) -> Seat:
    return Seat(expert_id=expert.id, name=expert.name, specialty=expert.specialty, rank=place)


def _shortage(specialty: str, wanted: int, found: int) -> list[Shortage]:
    return [Shortage(specialty=specialty, wanted=wanted, found=found)] if found < wanted else []
