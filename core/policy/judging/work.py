"""The working copy of a case while one act is judged: lists that grow, findings that gather, rows that are touched."""

from collections.abc import Iterable
from typing import Any

import msgspec

from core.policy.cases.acts import Act, Counted, Finding, StageRef
from core.policy.cases.case import Case, UnknownFactError
from core.policy.cases.context import Context
from core.policy.cases.state import CaseState, Contract, Due, End, Entry, Paper, Run, WaiverUse
from core.policy.judging import faults
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.citations import CORE_DEFAULT, Citation
from core.policy.rules.gating import Gate, Hit
from core.policy.rules.papers import Severity


class Work:
    """One act being judged. Nothing outlives it but the findings and the state it is frozen into."""

    def __init__(self, rules: Rulebook, state: CaseState, context: Context, act: Act) -> None:
        """Open a working copy of the case."""
        self.rules = rules
        self.context = context
        self.act = act
        self.before = state
        self.seq = state.seq + 1
        self.facts: dict[str, Any] = dict(state.facts)
        self.changed = dict(state.changed)
        self.papers: list[Paper] = list(state.papers)
        self.runs: list[Run] = list(state.runs)
        self.dues: list[Due] = list(state.dues)
        self.contracts: list[Contract] = list(state.contracts)
        self.lots = state.lots
        self.lot_ends = dict(state.lot_ends)
        self.entries = state.entries
        self.bound = state.bound
        self.waivers: tuple[WaiverUse, ...] = state.waivers
        self.track = state.track
        self.track_locked = state.track_locked
        self.line_done = state.line_done
        self.end: End | None = state.end
        self.findings: list[Finding] = []
        self.touched: dict[str, None] = {}
        self.opened: list[StageRef] = []
        self.closed: list[StageRef] = []
        self.skipped: list[StageRef] = []
        self.new_dues: list[Due] = []
        self.counted: list[Counted] = []
        self.missing: list[str] = []
        self._case: Case | None = None

    def touch(self, *citations: Citation | None) -> None:
        """Note that the rows of these citations took part."""
        for citation in citations:
            if citation is not None:
                for row in citation.rows:
                    self.touched[row] = None

    def changed_state(self) -> None:
        """Forget the frozen view after a change."""
        self._case = None

    def freeze(self) -> CaseState:
        """The state as it stands now."""
        before = self.before
        return CaseState(
            id=before.id,
            code=before.code,
            kind=before.kind,
            title=before.title,
            unit=before.unit,
            subordinate=before.subordinate,
            system=before.system,
            created_on=before.created_on,
            plan_year=before.plan_year,
            rulebook=before.rulebook,
            track=self.track,
            track_locked=self.track_locked,
            facts=self.facts,
            changed=self.changed,
            papers=tuple(self.papers),
            runs=tuple(self.runs),
            dues=tuple(self.dues),
            contracts=tuple(self.contracts),
            lots=self.lots,
            lot_ends=self.lot_ends,
            entries=self.entries,
            bound=self.bound,
            waivers=self.waivers,
            line_done=self.line_done,
            end=self.end,
            seq=self.seq,
        )

    @property
    def case(self) -> Case:
        """The case as rules see it, the act's facts and papers included."""
        if self._case is None:
            self._case = Case(self.freeze(), self.context, self.rules, self.act)
        return self._case

    def core_finding(
        self,
        gate: str,
        message: str,
        *,
        citation: Citation = CORE_DEFAULT,
        severity: Severity = Severity.BLOCK,
        item: str = "",
    ) -> None:
        """Add a finding of core's own, citing the rule object it protects where there is one."""
        self.touch(citation)
        self.findings.append(
            Finding(
                gate=gate,
                severity=severity,
                message=message,
                rows=citation.rows,
                article=self.rules.article(citation.rows),
                provenance=citation.provenance.value,
                item=item,
            )
        )

    def titles_of(self, roles: Iterable[str]) -> str:
        """Bodies as a finding names them."""
        return "、".join(self.rules.roles[role].title for role in roles if role in self.rules.roles)

    def fact_missing(self, key: str) -> None:
        """Say that nobody has entered what the act needs."""
        owner = self.rules.facts.get(key) or self.rules.amounts[key]
        self.core_finding("fact_missing", f"尚未填写“{owner.title}”。", citation=owner.citation, item=key)

    def gate_finding(self, gate: Gate, hit: Hit, severity: Severity, citation: Citation | None = None) -> None:
        """Add what a gate, or a demand that speaks through it, has found."""
        rows = hit.rows or (*(citation.rows if citation is not None else ()), *gate.citation.rows)
        rows = tuple(dict.fromkeys(rows))
        self.touched.update(dict.fromkeys(rows))
        self.findings.append(
            Finding(
                gate=gate.key,
                code=gate.code,
                title=gate.title,
                severity=severity,
                message=hit.message,
                rows=rows,
                article=self.rules.article(rows),
                provenance=gate.citation.provenance.value,
                item=hit.item,
                evidence=hit.evidence,
                waivable_by=self._waivable_by(gate),
            )
        )

    def _waivable_by(self, gate: Gate) -> tuple[str, ...]:
        waiver = gate.waiver
        if waiver is None:
            return ()
        if waiver.option and self.rules.options.get(waiver.option) != "block_with_reasoned_override":
            return ()
        return waiver.roles

    def unknown(self, gate: Gate, error: UnknownFactError) -> None:
        """Say that a gate could not be judged because nobody entered a fact; unknown facts block."""
        fact = self.rules.facts.get(error.key) or self.rules.amounts.get(error.key)
        title = fact.title if fact is not None else error.key
        hit = Hit(message=f"尚未填写“{title}”,无法判断“{gate.title}”。", item=error.key)
        self.gate_finding(gate, hit, Severity.BLOCK)

    def fault(self, error: Exception, gate: Gate | None = None) -> None:
        """Block because a rule failed instead of judging, with the reference under which the log has it."""
        said = faults.reference(self.rules.digest, self.before.id, self.act, error)
        what = f"“{gate.title}”" if gate is not None else "本事项的规则"
        citation = gate.citation if gate is not None else CORE_DEFAULT
        self.findings.append(
            Finding(
                gate=gate.key if gate is not None else "rule_failed",
                code=gate.code if gate is not None else "",
                title=gate.title if gate is not None else "",
                severity=Severity.BLOCK,
                message=f"{what}执行出错，无法判断，本次不能办理。请将编号 {said} 告知系统管理员。",
                rows=citation.rows,
                article=self.rules.article(citation.rows),
                provenance=citation.provenance.value,
                evidence={"error": type(error).__name__, "at": faults.place_of(error)},
                fault=said,
            )
        )

    @property
    def is_blocked(self) -> bool:
        """Whether any finding stops the act."""
        return any(f.severity is Severity.BLOCK and not f.waived for f in self.findings)

    def replace_run(self, old: Run, new: Run) -> None:
        """Put a changed run in the place of the old one."""
        self.runs[self.runs.index(old)] = new
        self.changed_state()

    def find_open(self, stage: str, ref: str = "") -> Run | None:
        """The open run of a stage for a lot, entry or contract; a party also acts in what is common to all."""
        common = None
        for run in reversed(self.runs):
            if run.stage == stage and run.is_open:
                if run.ref == ref or not ref:
                    return run
                if not run.ref and common is None and self.entry(ref) is not None:
                    common = run
        return common

    def entry(self, ref: str) -> Entry | None:
        """The entry of that id."""
        return next((entry for entry in self.entries if entry.id == ref), None)

    def replace_entry(self, new: Entry) -> None:
        """Put a changed entry in the place of the old one, or a new one behind the others."""
        known = self.entry(new.id) is not None
        kept = tuple(new if entry.id == new.id else entry for entry in self.entries)
        self.entries = kept if known else (*kept, new)
        self.changed_state()

    def end_entry(self, ref: str, ended: End) -> None:
        """End an entry's part; an end once given stays."""
        entry = self.entry(ref)
        if entry is not None and entry.end is None:
            self.replace_entry(msgspec.structs.replace(entry, end=ended))

    def values_of(self, key: str, ref: str = "") -> dict[str, Any]:
        """Where a fact or amount stands: among those of the case, or of the entry meant."""
        if key not in self.rules.of_entries:
            return self.facts
        entry = self.entry(ref or self.act.ref)
        return entry.facts if entry is not None else {}

    def holding(self, holds: Iterable[str]) -> tuple[Run, ...]:
        """Open runs whose stage holds one of these things up."""
        wanted = frozenset(holds)
        found = []
        for run in self.runs:
            if run.is_open:
                stage = self.rules.stage(run.stage, self.track)
                if stage is not None and stage[1].holds in wanted:
                    found.append(run)
        return tuple(found)
