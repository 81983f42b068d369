"""Who may not be drawn, and why (回避): pure, so that the record of a draw can be judged again by anybody.

No regulation here demands recusal, so the office that prepares a draw chooses the grounds; what it chose is part of
the record. What is not known is never passed over: such an expert stays out until the office clears them by name,
with a reason.
"""

import unicodedata
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

import msgspec

_MIN_ALIKE = 4


class PoolExpert(msgspec.Struct, frozen=True, kw_only=True):
    """One expert as the pool of a draw shows them."""

    id: str
    name: str
    specialty: str
    employer: str
    former: tuple[tuple[str, date | None], ...] = ()
    active_from_on: date
    active_to_on: date | None = None


class Ground(StrEnum):
    """Why somebody cannot be drawn; the last two mean that nobody knows yet, and can be cleared."""

    NOT_ACTIVE = "not_active"
    DECLARED = "declared"
    SAME_UNIT = "same_unit"
    PARTY = "party"
    FORMER_EMPLOYER = "former_employer"
    EMPLOYER_UNKNOWN = "employer_unknown"
    NAMES_ALIKE = "names_alike"


CLEARABLE = frozenset({Ground.EMPLOYER_UNKNOWN, Ground.NAMES_ALIKE})


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """Something said about one expert before a draw: a declared interest, or why a doubt is cleared."""

    expert_id: str
    reason: str


class Grounds(msgspec.Struct, frozen=True, kw_only=True):
    """What experts of one draw are held against.

    `units` are all names of the unit, its superior and its subordinate; `parties` those of suppliers and others who
    take part. `former_years` 0 asks about present employers only; `recusal` false holds nobody back but those who
    declared an interest or are not in the library that day.
    """

    units: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    former_years: int = 3
    recusal: bool = True
    declared: tuple[Note, ...] = ()
    cleared: tuple[Note, ...] = ()


class Exclusion(msgspec.Struct, frozen=True, kw_only=True):
    """One expert who cannot be drawn, on which ground, in a sentence."""

    expert_id: str
    ground: Ground
    reason: str


def judge(pool: Iterable[PoolExpert], grounds: Grounds, on: date) -> tuple[Exclusion, ...]:
    """Everybody in the pool who cannot be drawn on a day, each with the first ground that holds."""
    cleared = {note.expert_id for note in grounds.cleared}
    found = []
    for expert in pool:
        for ground, reason in _held(expert, grounds, on):
            if ground not in CLEARABLE or expert.id not in cleared:
                found.append(Exclusion(expert_id=expert.id, ground=ground, reason=reason))
                break
    return tuple(found)


def _held(expert: PoolExpert, grounds: Grounds, on: date) -> Iterable[tuple[Ground, str]]:
    if on < expert.active_from_on or (expert.active_to_on is not None and on > expert.active_to_on):
        yield Ground.NOT_ACTIVE, "抽取当日不在专家库中"
    for note in grounds.declared:
        if note.expert_id == expert.id:
            yield Ground.DECLARED, f"申报回避：{note.reason}"
    if not grounds.recusal:
        return
    if not expert.employer.strip():
        yield Ground.EMPLOYER_UNKNOWN, "工作单位不详，无法判断是否需要回避"
    for ground, names, what in (
        (Ground.SAME_UNIT, grounds.units, "项目单位或其上下级单位"),
        (Ground.PARTY, grounds.parties, "本项目的参与单位"),
    ):
        if _same(expert.employer, names):
            yield ground, f"工作单位“{expert.employer}”是{what}"
    yield from _formerly(expert, grounds, on)
    alike = _alike(expert.employer, (*grounds.units, *grounds.parties))
    if alike:
        yield Ground.NAMES_ALIKE, f"工作单位“{expert.employer}”与“{alike}”名称相近，是否同一单位不详"


def _formerly(expert: PoolExpert, grounds: Grounds, on: date) -> Iterable[tuple[Ground, str]]:
    if grounds.former_years < 1:
        return
    since = _years_before(on, grounds.former_years)
    for employer, until in expert.former:
        if (until is None or until >= since) and _same(employer, (*grounds.units, *grounds.parties)):
            left = f"{until.isoformat()} 离开" if until is not None else "离开日期不详"
            yield Ground.FORMER_EMPLOYER, f"曾在“{employer}”工作（{left}），未满 {grounds.former_years} 年"


def _years_before(on: date, years: int) -> date:
    try:
        return on.replace(year=on.year - years)
    except ValueError:  # the 29th of February
        return on.replace(year=on.year - years, day=28)


def plain_name(name: str) -> str:
    """A body's name as it is compared: widths, brackets, case and blanks make no difference."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def _same(name: str, others: Iterable[str]) -> bool:
    plain = plain_name(name)
    return bool(plain) and any(plain == plain_name(other) for other in others)


def _alike(name: str, others: Iterable[str]) -> str:
    plain = plain_name(name)
    for other in others:
        shorter, longer = sorted((plain, plain_name(other)), key=len)
        if len(shorter) >= _MIN_ALIKE and shorter in longer:
            return other
    return ""
