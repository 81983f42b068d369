"""A rulebook, what a tenant chose in it, and what its scenarios cover, told as the values that are printed."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from core.kernel.money import format_yuan
from core.policy.coverage import Coverage
from core.policy.printing.drawing import draw
from core.policy.printing.mapping import lay_out, lay_out_side
from core.policy.printing.model import Choice, Chosen, Gap, Note, Part, Path, Printed, Step, Text
from core.policy.printing.steps import Teller
from core.policy.printing.tracing import articles_of
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.flow import Stage
from core.policy.rules.regulation import Register, Regulation
from core.policy.rules.tracks import Track
from core.policy.rules.values import Option, Parameter, Silence, Slot, Threshold
from core.policy.wording import COMPARED, LISTINGS, MEASURES, SEATS, SELECTED, SETTERS


def tell(
    rules: Rulebook,
    *,
    on: date,
    tenant: str = "",
    options: Mapping[str, Chosen] | None = None,
    parameters: Mapping[str, Chosen] | None = None,
    coverage: Coverage | None = None,
) -> Printed:
    """Tell a rulebook as it stands on a day, for one tenant or for nobody in particular."""
    teller = Teller(rules)
    numbers = {key: number for number, key in enumerate(dict.fromkeys(s.key for _, s in rules.all_stages()), start=1)}
    openings = rules.answers.openings
    return Printed(
        place=rules.place,
        edition=rules.edition,
        digest=rules.digest,
        printed_on=on,
        tenant=tenant,
        texts=tuple(_text(regulation) for regulation in rules.answers.regulations),
        roles=_told(teller, rules.answers.roles, lambda role: SEATS[role.seat]),
        thresholds=tuple(_threshold(teller, threshold, on) for threshold in rules.answers.thresholds),
        paths=tuple(_path(teller, track, numbers) for track in rules.answers.tracks),
        parts=tuple(_parts(teller, numbers)),
        sides=tuple(_sides(teller, numbers)),
        effects=_told(teller, rules.answers.effects, lambda effect: f"解除：{effect.cure}"),
        registers=_told(teller, rules.answers.registers, lambda register: _keepers(teller, register)),
        listing=_told(teller, rules.answers.listing_rules, lambda rule: LISTINGS[rule.force]),
        articles=articles_of(rules, coverage),
        options=tuple(_option(teller, option, options or {}) for option in openings.options),
        parameters=tuple(_parameter(teller, parameter, parameters or {}) for parameter in openings.parameters),
        slots=tuple(_gap(teller, slot, f"由{slot.owner}规定；在此之前：{slot.stand_in}") for slot in openings.slots),
        silences=tuple(_gap(teller, silence) for silence in openings.silences),
        scenarios=len({name for row in coverage.rows for name in row.exercised_by}) if coverage is not None else 0,
    )


def _text(regulation: Regulation) -> Text:
    return Text(
        title=regulation.title,
        number=regulation.number,
        issued_by=regulation.issued_by,
        effective_on=regulation.effective_on,
        expires_on=regulation.expires_on,
    )


def _told(teller: Teller, items: Iterable[Any], say: Callable[[Any], str]) -> tuple[Note, ...]:
    """Objects of one kind by title, with a word on each and its article."""
    return tuple(Note(title=item.title, detail=say(item), article=teller.basis(item.citation)) for item in items)


def _keepers(teller: Teller, register: Register) -> str:
    return f"由{teller.roles(register.kept_by)}登记" if register.kept_by and not register.derived else "系统生成"


def _gap(teller: Teller, opening: Slot | Silence, detail: str = "") -> Gap:
    return Gap(key=opening.key, title=opening.title, article=teller.basis(opening.citation), detail=detail)


def _path(teller: Teller, track: Track, numbers: Mapping[str, int]) -> Path:
    rows = (teller.rules.rows.get(row) for row in track.citation.rows)
    return Path(
        key=track.key,
        title=track.title,
        article=teller.basis(track.citation),
        when=tuple(row.text for row in rows if row is not None),
        result=SELECTED[track.result],
        maps=draw(lay_out(teller, track, numbers), track.title),
        steps=tuple(dict.fromkeys(numbers[stage.key] for _, stage in teller.rules.line(track.key))),
    )


def _parts(teller: Teller, numbers: Mapping[str, int]) -> Iterator[Part]:
    """Segments with the stages told nowhere before: variants of a segment share theirs."""
    told: set[str] = set()
    for segment in teller.rules.segments.values():
        fresh = [stage for stage in segment.stages if stage.key not in told]
        told.update(stage.key for stage in fresh)
        if fresh:
            note = "视情况适用" if segment.when is not None else ""
            yield Part(
                key=segment.key,
                title=segment.title,
                article=teller.basis(segment.citation),
                steps=_steps(teller, fresh, numbers),
                note=note,
            )


def _sides(teller: Teller, numbers: Mapping[str, int]) -> Iterator[Part]:
    for side in teller.rules.sides.values():
        yield Part(
            key=side.key,
            title=side.title,
            article=teller.basis(side.citation),
            steps=_steps(teller, side.stages, numbers),
            note=f"由{teller.roles(side.opened_by)}启动" if side.opened_by else "由登记事项启动",
            maps=draw(lay_out_side(teller, side, numbers), side.title),
        )


def _steps(teller: Teller, stages: Iterable[Stage], numbers: Mapping[str, int]) -> tuple[Step, ...]:
    return tuple(teller.step(numbers[stage.key], stage) for stage in stages)


def _threshold(teller: Teller, threshold: Threshold, on: date) -> Note:
    value = next((d.value for d in reversed(threshold.values) if d.since <= on), threshold.values[0].value)
    unit = MEASURES.get(threshold.unit, threshold.unit)
    shown = "已停止执行" if value is None else f"{format_yuan(value) if threshold.unit == 'fen' else value} {unit}"
    return Note(
        title=threshold.title,
        kind=shown if value is None else f"{COMPARED[threshold.comparator]} {shown}",
        detail=threshold.code,
        article=teller.basis(threshold.citation),
    )


def _option(teller: Teller, option: Option, chosen: Mapping[str, Chosen]) -> Choice:
    own = chosen.get(option.key)
    value = own.value if own is not None else teller.rules.options.get(option.key, option.default)
    offered = "、".join(spoken(one) for one in option.values) + ("，可另行填写" if option.open_values else "")
    shown = spoken(value)
    if option.lists:
        offered, shown = f"{teller.roles(option.lists)}，至少一项", teller.roles(tuple(value))
    return Choice(
        key=option.key,
        title=option.title,
        article=f"{option.point} {teller.rules.article(option.citation.rows)}",
        set_by=SETTERS[option.set_by],
        values=offered,
        value=shown,
        reason=own.reason if own is not None else option.reason,
        by_tenant=own is not None,
        from_on=own.from_on if own is not None else None,
    )


def _parameter(teller: Teller, parameter: Parameter, chosen: Mapping[str, Chosen]) -> Choice:
    own = chosen.get(parameter.key)
    return Choice(
        key=parameter.key,
        title=parameter.title,
        article=teller.basis(parameter.citation),
        set_by=SETTERS[parameter.set_by],
        values="",
        value=spoken(own.value if own is not None else parameter.default),
        reason=own.reason if own is not None else parameter.empty_means,
        by_tenant=own is not None,
        from_on=own.from_on if own is not None else None,
    )


def spoken(value: Any) -> str:
    """A value as a reader says it; codes of the place stay codes."""
    if value is None or value in ("", (), []):
        return "未设定"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list | tuple):
        return "、".join(spoken(one) for one in value)
    return str(value)
