"""From a step as written to an act as the engine takes it."""

from datetime import date
from typing import Any

import msgspec

from core.policy.acts import Act
from core.policy.case import Case, UnknownFactError
from core.policy.checking import spellings
from core.policy.flow import CLOSING_ACT, OutcomeKind, Stage
from core.policy.papers import PaperDemand
from core.policy.scenarios.format import Step
from core.policy.scenarios.naming import Names
from core.policy.scenarios.reading import Block
from core.policy.state import Contract, Defect, Lot, Panel, Paper, WaiverUse

CLOSING = frozenset(CLOSING_ACT.values())
ON_STAGE = CLOSING | {"opine", "invite", "pause", "resume", "hand_in", "record"}
ON_CASE = frozenset({"create", "withdraw", "open"})
SURROUNDINGS = frozenset({"enter", "adjust", "record_finding", "lift_finding", "open_round", "set_parameter"})
LOOK = "look"


def is_known(verb: str) -> bool:
    """Whether a step may begin with this verb."""
    return verb in ON_STAGE or verb in ON_CASE or verb in SURROUNDINGS or verb == LOOK


class Actor:
    """Builds the acts of one step on one case, as things stand."""

    def __init__(self, names: Names, case: Case, step: Step, on: date) -> None:
        """Bind the step to the case."""
        self.names = names
        self.case = case
        self.step = step
        self.block = step.block
        self.on = on
        self.stage = self._stage()

    def _stage(self) -> Stage | None:
        step = self.step
        if not step.target or step.verb not in ON_STAGE:
            return None
        key = self.names.find("stage", step.target, self.block, "do")
        found = self.names.rules.stage(key, self.case.track)
        return found[1] if found is not None else self._anywhere(key)

    def _anywhere(self, key: str) -> Stage | None:
        return next((stage for _, stage in self.names.rules.all_stages() if stage.key == key), None)

    def act(self) -> Act:
        """The act the step asks for."""
        step, block = self.step, self.block
        key = self.stage.key if self.stage is not None else ""
        role = self._role()
        act = Act(
            name=step.verb,
            role=role,
            by=str(block.get("person", "")),
            unit=str(block.get("unit", "")),
            on=self.on,
            stage=key,
            ref=str(block.get("ref", "")),
            outcome=self._outcome(),
            side=self.names.find("side", step.target, block, "do") if step.verb == "open" else "",
            facts=self.names.facts(block.get("facts"), block),
            contracts=tuple(self._contract(c) for c in block.get("contracts") or ()),
            lots=tuple(_lot(lot) for lot in block.get("lots") or ()),
            items=self._items(),
            reason=str(block.get("reason", "")),
            defects=tuple(_defect(d, n) for n, d in enumerate(block.get("defects") or (), start=1)),
            answers=self._answers(),
            panel=msgspec.convert(dict(block["panel"]), Panel) if isinstance(block.get("panel"), Block) else None,
            to=tuple(self.names.find("stage", key, block, "to") for key in _list(block.get("to"))),
            invites=tuple(self.names.find("role", key, block, "invites") for key in _list(block.get("invites"))),
            waivers=tuple(self._waiver(w, role) for w in block.get("waivers") or ()),
            delegated_by=str(block.get("delegated_by", "")),
        )
        return msgspec.structs.replace(act, papers=self._papers(act))

    def opinions(self) -> tuple[Act, ...]:
        """The opinions written beside a decision, as acts that come before it."""
        raw = self.block.get("opinions")
        if not isinstance(raw, Block) or self.stage is None:
            return ()
        return tuple(
            Act(
                name="opine",
                role=self.names.find("role", role, raw, role),
                on=self.on,
                stage=self.stage.key,
                ref=str(self.block.get("ref", "")),
                outcome=str(said.get("result", "pass")) if isinstance(said, dict) else str(said),
                reason=str(said.get("text", "")) if isinstance(said, dict) else "",
            )
            for role, said in raw.items()
        )

    def _role(self) -> str:
        if "by" in self.block:
            return self.names.find("role", self.block["by"], self.block, "by")
        actors: tuple[str, ...] = ()
        if self.step.verb == "open":
            side = self.names.rules.side(self.names.find("side", self.step.target, self.block, "do"))
            actors = side.opened_by if side is not None else ()
        elif self.stage is not None and self.step.verb not in ("hand_in", "record", "opine"):
            actors = self.stage.actors
        if len(actors) > 1:
            self.names.problems.append(self.block.problem(f"请写明由谁办理(by):{'、'.join(actors)}。", "do"))
        return actors[0] if actors else "project_unit"

    def _outcome(self) -> str:
        step, stage = self.step, self.stage
        if step.outcome or stage is None or step.verb not in CLOSING:
            if stage is not None and step.outcome and step.verb in CLOSING and stage.outcome(step.outcome) is None:
                known = "、".join(o.key for o in stage.outcomes)
                self.names.problems.append(self.block.problem(f"“{stage.title}”的结论只有:{known}。", "do"))
            return step.outcome
        forward = [o.key for o in stage.outcomes if o.kind is OutcomeKind.FORWARD]
        if step.verb == "decide" and len(stage.outcomes) > 1:
            return ""
        return forward[0] if forward else ""

    def _items(self) -> dict[str, str]:
        raw = self.block.get("items")
        review = self.stage.review if self.stage is not None else None
        every = tuple(key for key, _, _ in review.items) if review is not None else ()
        if isinstance(raw, str):
            words = raw.split()
            return dict.fromkeys(every, words[-1] if words[-1:] != ["all"] else "pass")
        given = {str(key): str(value) for key, value in (raw or {}).items()}
        rest = given.pop("all", None)
        return {**(dict.fromkeys(every, rest) if rest is not None else {}), **given}

    def _answers(self) -> dict[str, str]:
        raw = self.block.get("answers")
        if isinstance(raw, dict):
            return {str(key): str(value) for key, value in raw.items()}
        if raw is None:
            return {}
        open_ones = (d for run in self.case.state.runs for d in run.defects if d.state == "open")
        return {defect.id: "已按意见修改" for defect in open_ones}

    def _contract(self, block: Block) -> Contract:
        values = dict(block)
        if "amount" in values:
            values["amount_fen"] = self.names.money(values.pop("amount"), block, "amount")
        if isinstance(values.get("terms"), Block):
            values["terms"] = self.names.facts(values["terms"], block)
        return self._convert({"id": "main", **values}, Contract, block)

    def _waiver(self, block: Block, role: str) -> WaiverUse:
        gate = self.names.find("gate", block.get("gate"), block, "gate")
        return self._convert({"role": role, "reason": "", **block, "gate": gate}, WaiverUse, block)

    def _papers(self, act: Act) -> tuple[Paper, ...]:
        raw = self.block.get("papers") or []
        left_out = {self.names.find("paper", p[1:], self.block, "papers") for p in raw if _is_minus(p)}
        found: dict[str, Paper] = {}
        more: list[Paper] = []
        for item in [raw] if isinstance(raw, str) else raw:
            if item == "all":
                found.update({key: self._paper(key, {}) for key in self._demanded(act) if key not in left_out})
            elif isinstance(item, Block):
                key = self.names.find("paper", item.get("type"), item, "type")
                values = {k: v for k, v in item.items() if k != "type"}
                if key in found and "ref" not in values:
                    found[key] = self._paper(key, values, item)
                else:
                    more.append(self._paper(key, values, item))
            elif not _is_minus(item):
                more.append(self._paper(self.names.find("paper", item, self.block, "papers"), {}))
        return (*found.values(), *more)

    def _paper(self, key: str, values: dict[str, Any], block: Block | None = None) -> Paper:
        """A paper as it should be, unless written otherwise: sealed where it must be, to all its recipients."""
        kind = self.names.rules.papers.get(key)
        if kind is None:
            return Paper(type=key, on=self.on)
        sealed = kind.sealed or any(d.sealed for d in self._demands() if d.paper == key)
        usual = {"sealed": sealed, "recipients": kind.recipients, "parts": kind.parts, "on": self.on}
        return self._convert({**usual, **values, "type": key}, Paper, block or self.block)

    def _demands(self) -> tuple[PaperDemand, ...]:
        return self.stage.papers if self.stage is not None else ()

    def _demanded(self, act: Act) -> tuple[str, ...]:
        """The papers the stage demands at this act as the case stands with the act's facts."""
        state = self.case.state
        known = {**state.facts, **act.facts}
        contracts = (*state.contracts, *act.contracts)
        as_asked = msgspec.structs.replace(state, facts=known, contracts=contracts)
        case = Case(as_asked, self.case.context, self.case.rules, act)
        found = (d.paper for d in self._demands() if _applies(d, act, self.stage) and _holds(d, case))
        return tuple(dict.fromkeys(found))

    def _convert(self, values: dict[str, Any], into: Any, block: Block) -> Any:
        try:
            return msgspec.convert(values, into, strict=False)
        except msgspec.ValidationError as error:
            self.names.problems.append(block.problem(f"内容不合格式:{error}。"))
            return msgspec.convert({"type": "", "on": self.on, "id": "?", "gate": "", "role": "", "reason": ""}, into)


def _applies(demand: PaperDemand, act: Act, stage: Stage | None) -> bool:
    if demand.act == "*":
        outcome = stage.outcome(act.outcome) if stage is not None else None
        return act.name in CLOSING and (outcome is None or outcome.kind is OutcomeKind.FORWARD)
    return demand.act in spellings(act)


def _holds(demand: PaperDemand, case: Case) -> bool:
    try:
        return demand.when is None or demand.when(case)
    except UnknownFactError:
        return False


def _is_minus(item: Any) -> bool:
    return isinstance(item, str) and item.startswith("-")


def _list(raw: Any) -> list[Any]:
    return [raw] if isinstance(raw, str) else list(raw or ())


def _lot(raw: Any) -> Lot:
    return msgspec.convert(dict(raw), Lot) if isinstance(raw, dict) else Lot(id=str(raw))


def _defect(raw: Any, number: int) -> Defect:
    if not isinstance(raw, dict):
        return Defect(id=f"d{number}", item=f"d{number}", text=str(raw))
    values = {"id": f"d{number}", "item": str(raw.get("id", f"d{number}")), "text": "", **raw}
    return msgspec.convert(values, Defect)
