"""What a scenario gives before its first step: unit and record, registers, round, calendar, parameters."""

from datetime import date
from typing import Any

import msgspec

from core.kernel.workdays import OFFICIAL, Amendment, Calendar
from core.policy.context import Candidate, Context, RegisterEntry, Round, UnitFinding, UnitRecord
from core.policy.scenarios.naming import Names
from core.policy.scenarios.reading import Block, empty_like
from core.policy.standing import DueMark, Standing, StageMark
from core.policy.state import End

WINDOW = "application_window"
"""The limit every plugin calls its yearly application window by; a round without a closing day is reckoned with it."""


class Surroundings:
    """The surroundings of a scenario's projects; steps may change them, decisions never do."""

    def __init__(self, given: Block, names: Names, today: date) -> None:
        """Read everything given."""
        self.names = names
        self.today = today
        self.calendar = _calendar(given.get("calendar") or [])
        self.parameters = {
            names.find("parameter", key, given["parameters"], key): value
            for key, value in (given.get("parameters") or {}).items()
        }
        self.registers = self.entries(given.get("registers"))
        self.candidates = tuple(msgspec.convert(dict(c), Candidate) for c in given.get("candidates") or ())
        first = self._unit(given["unit"]) if isinstance(given.get("unit"), Block) else UnitRecord(key="unit")
        self.home = first.key
        self.units = {first.key: first, **{u.key: u for u in map(self._unit, given.get("units") or ())}}
        self.round = self.round_of(given["round"]) if isinstance(given.get("round"), Block) else None

    def context(self, today: date, unit: str, others: tuple[Standing, ...]) -> Context:
        """What a decision on that day sees, with the unit's other projects of this scenario."""
        record = self.units.get(unit) or UnitRecord(key=unit)
        return Context(
            today=today,
            calendar=self.calendar,
            unit=msgspec.structs.replace(record, projects=(*record.projects, *others)),
            round=self.round,
            registers=self.registers,
            parameters=self.parameters,
            candidates=self.candidates,
        )

    def _unit(self, block: Block) -> UnitRecord:
        return UnitRecord(
            key=str(block.get("key", "unit")),
            name=str(block.get("name", "")),
            kind=str(block.get("kind", "first_level_unit")),
            registers=self.entries(block.get("registers")),
            findings=tuple(self._finding(f) for f in block.get("findings") or ()),
            projects=tuple(
                self._standing(p, n) for n, p in enumerate(block.get("projects") or (), start=1) if isinstance(p, Block)
            ),
        )

    def _finding(self, raw: Any) -> UnitFinding:
        block = dict(raw) if isinstance(raw, dict) else {"kind": raw}
        return msgspec.convert({"on": self.today, **block}, UnitFinding)

    def entries(self, block: Any) -> dict[str, RegisterEntry]:
        """Register entries by key; a bare date is the day of lodging."""
        found: dict[str, RegisterEntry] = {}
        if not isinstance(block, Block):
            return found
        for word, raw in block.items():
            key = self.names.find("register", word, block, word)
            values = dict(raw) if isinstance(raw, dict) else {"on": raw}
            content = raw.get("content") if isinstance(raw, Block) else None
            if content is not None:
                values["content"] = dict(content)
            found[key] = msgspec.convert({"register": key, "on": self.today, **values}, RegisterEntry)
        return found

    def _standing(self, block: Block, number: int) -> Standing:
        names = self.names
        last = block.get("last") or empty_like(block)
        marks = {names.find("stage", key, last, key): _mark(value, self.today) for key, value in last.items()}
        dues = tuple(self._due(due) for due in block.get("dues") or ())
        end = block.get("end")
        values = {key: block[key] for key in ("code", "subordinate", "system", "plan_year") if key in block}
        if "track" in block:
            values["track"] = names.find("track", block["track"], block, "track")
        return Standing(
            id=str(block.get("id", f"earlier-{number}")),
            title=str(block.get("title", "")),
            created_on=block.get("created_on") or self.today,
            facts=names.facts(block.get("facts"), block),
            last=marks,
            open=tuple(names.find("stage", key, block, "open") for key in block.get("open") or ()),
            dues=dues,
            papers=tuple(names.find("paper", key, block, "papers") for key in block.get("papers") or ()),
            end=msgspec.convert({"on": self.today, **dict(end)}, End) if isinstance(end, Block) else None,
            **values,
        )

    def _due(self, block: Block) -> DueMark:
        return msgspec.convert({**block, "limit": self.names.find("limit", block.get("limit"), block)}, DueMark)

    def round_of(self, block: Block) -> Round:
        """The round; without a closing day it is reckoned from the issue by the rulebook's window."""
        issued = block.get("issued_on") or self.today
        closes = block.get("closes_on")
        if closes is None:
            limit = self.names.rules.limits.get(WINDOW)
            if limit is None:
                self.names.problems.append(block.problem("本办法没有规定申报窗口,请写明 closes_on。", "closes_on"))
            ledger = self.names.rules.reckon(limit, issued, self.calendar) if limit is not None else None
            closes = (ledger.due_on if ledger is not None else None) or issued
        return Round(plan_year=int(block.get("plan_year", issued.year + 1)), issued_on=issued, closes_on=closes)


def _mark(value: Any, today: date) -> StageMark:
    block = dict(value) if isinstance(value, dict) else {"outcome": str(value)}
    return msgspec.convert({"on": today, **block}, StageMark)


def _calendar(days: list[Any]) -> Calendar:
    amendments = [
        Amendment(
            on=day["on"],
            works=bool(day.get("works", False)),
            reason=str(day.get("reason", "")),
            source=str(day.get("source", "情景")),
            recorded_on=day["on"],
        )
        for day in days
    ]
    return OFFICIAL.amended("scenario", *amendments) if amendments else OFFICIAL
