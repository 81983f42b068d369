"""One stage in the words of an office: who, which papers, until when, what may come of it, what is checked."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.policy.printing.model import Note, Step
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.citations import Citation, Provenance
from core.policy.rules.competing import Join
from core.policy.rules.flow import BACK, By, Next, Outcome, OutcomeKind, Review, Stage
from core.policy.rules.limits import TimeLimit
from core.policy.rules.papers import PaperDemand
from core.policy.wording import ENDED, FORCES, LATE, LIMITS, LINES, SEVERITIES, STAGES, UNITS

CONDITIONAL = "视情况"
_PROVENANCE = {
    Provenance.INTERPRETATION: "（解释）",
    Provenance.EXTERNAL: "（参照其他规定）",
    Provenance.CORE_DEFAULT: "平台默认规则",
}


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells steps of one rulebook."""

    rules: Rulebook

    def basis(self, citation: Citation | None) -> str:
        """The article of a rule, with a word where it is our reading, another text's, or our default."""
        if citation is None:
            return ""
        return self.rules.article(citation.rows) + _PROVENANCE.get(citation.provenance, "")

    def roles(self, keys: tuple[str, ...]) -> str:
        """Bodies by their titles."""
        return "、".join(self.rules.roles[key].title if key in self.rules.roles else key for key in keys)

    def texts(self, citation: Citation) -> str:
        """What the cited rows say, in our own words."""
        return "".join(self.rules.rows[row].text for row in citation.rows if row in self.rules.rows)

    def step(self, number: int, stage: Stage) -> Step:
        """Everything about one stage."""
        return Step(
            number=number,
            key=stage.key,
            title=stage.title,
            kind=STAGES[stage.kind],
            line=LINES[stage.line],
            who=self.roles(stage.actors),
            article=self.basis(stage.citation),
            basis=self.texts(stage.citation),
            condition=self._condition(stage),
            told=tuple(self._told(stage)),
            asks=tuple(self._asks(stage)),
            papers=tuple(self._paper(demand) for demand in stage.papers),
            limits=tuple(self.limit(limit) for limit in self.rules.limits_at(stage.key)),
            outcomes=tuple(self._outcome(stage, outcome) for outcome in stage.outcomes),
            review=tuple(self._review(stage.review)) if stage.review is not None else (),
            checks=tuple(self._checks(stage)),
        )

    def _condition(self, stage: Stage) -> str:
        if stage.when is None:
            return ""
        return f"{CONDITIONAL}（{self.basis(stage.when_citation or stage.citation)}）"

    def _told(self, stage: Stage) -> Iterator[str]:
        if stage.scope != "project":
            yield {"lot": "逐个标段办理", "entry": "各方分别办理", "contract": "逐份合同办理"}.get(
                stage.scope, stage.scope
            )
        if stage.repeats:
            yield "可同时办理多次"
        if stage.takes is not None:
            yield f"{self.roles(stage.takes.roles)}可以参加（{self.basis(stage.takes.citation)}）"
        if stage.join is not None and (said := self.without_parties(stage.join)):
            yield f"没有参加方时{said}（{self.basis(stage.join.citation)}）"
        if stage.unbounded:
            yield "办法未限次数"
        counter = self.rules.counter(stage.key)
        if counter is not None:
            after = counter.on_exhaust
            led = self._next(after.next) if after.next is not None else "不再受理"
            last = ENDED[after.ends] if after.ends is not None else led
            yield f"{counter.title}以 {counter.limit} 次为限，用尽后{last}（{self.basis(counter.citation)}）"

    def _asks(self, stage: Stage) -> Iterator[Note]:
        for key in (*stage.asks, *stage.records):
            item = self.rules.facts.get(key) or self.rules.amounts.get(key)
            if item is not None:
                yield Note(title=item.title, article=self.basis(item.citation))

    def _paper(self, demand: PaperDemand) -> Note:
        kind = self.rules.papers[demand.paper]
        told = [CONDITIONAL] if demand.when is not None else []
        told += ["盖章"] if kind.sealed or demand.sealed else []
        told += [f"至少 {demand.minimum} 份"] if demand.minimum > 1 else []
        return Note(title=kind.title, detail="，".join(told), article=self.basis(demand.citation))

    def limit(self, limit: TimeLimit) -> Note:
        """One period: how long, whose clock, what follows when it is over."""
        amount = self.rules.amount_of(limit)
        length = f"{amount} {UNITS[limit.unit]}" if amount else LIMITS[limit.kind]
        if limit.yearly is not None:
            length = f"每年 {limit.yearly.month} 月 {limit.yearly.day} 日"
        told = [f"由{self.roles((limit.owner,))}承担", *([LATE[limit.on_late]] if LATE[limit.on_late] else [])]
        told += [CONDITIONAL] if limit.when is not None else []
        told += [f"可扣除：{'、'.join(rule.title for rule in limit.pauses)}"] if limit.pauses else []
        return Note(title=limit.title, kind=length, detail="，".join(told), article=self.basis(limit.citation))

    def _outcome(self, stage: Stage, outcome: Outcome) -> Note:
        told = [self.leads(stage, outcome)]
        told += [f"同时启动{self._titles(outcome.opens)}"] if outcome.opens else []
        told += ["须说明理由"] if outcome.reason_required else []
        told += ["不计次数"] if not outcome.counts else []
        return Note(
            title=outcome.title,
            kind=outcome.kind.value,
            detail="；".join(one for one in told if one),
            article=self.basis(outcome.citation),
        )

    def leads(self, stage: Stage, outcome: Outcome) -> str:
        """Where a result leads: an end, named stages, or onward."""
        if outcome.ends is not None:
            return ENDED[outcome.ends]
        counter = self.rules.counter(stage.key)
        after = counter.on_exhaust.next if counter is not None else None
        led = self._next(outcome.next)
        counted = outcome.counts and outcome.kind is OutcomeKind.NEGATIVE
        return f"{led}，次数用尽{self._next(after)}" if after is not None and counted else led

    def without_parties(self, join: Join) -> str:
        """What follows when no party is left, or none ever came."""
        if join.nobody_ends is not None:
            return ENDED[join.nobody_ends]
        return self._next(join.nobody) if join.nobody is not None else ""

    def _next(self, nxt: Next) -> str:
        if nxt.by is BACK.by:
            return "回到来处"
        named = self._titles(tuple(key for key in nxt.targets if key not in ("", "onward")))
        if not nxt.targets or "onward" in nxt.targets:
            return "进入下一环节" if not named else f"进入下一环节或{named}"
        if not named:
            return "办毕"
        return f"由审核人选择：{named}" if nxt.by is By.CHOICE else f"转{named}"

    def _titles(self, keys: tuple[str, ...]) -> str:
        return "、".join(f"“{self.rules.title_of(key)}”" for key in keys)

    def _review(self, review: Review) -> Iterator[Note]:
        for key, title, citation in review.items:
            yield Note(title=title, kind="item", detail=key, article=self.basis(citation))
        for reviewer in review.reviewers:
            told = FORCES[reviewer.force] + (f"，{CONDITIONAL}" if reviewer.when is not None else "")
            yield Note(
                title=self.roles((reviewer.role,)), kind="reviewer", detail=told, article=self.basis(reviewer.citation)
            )
        panel = review.panel
        if panel is not None:
            libraries = "、".join(self.rules.registers[key].title for key in panel.libraries)
            told = f"从{libraries}{'随机抽取' if panel.random else '选取'}"
            yield Note(title="评审专家", kind="panel", detail=told, article=self.basis(panel.citation))

    def _checks(self, stage: Stage) -> Iterator[Note]:
        for gate in self.rules.gates.values():
            points = [point for point in gate.points if point.stage == stage.key]
            if points:
                waiver = gate.waiver
                told = f"经{self.roles(waiver.roles)}说明理由可以例外" if waiver is not None else ""
                yield Note(
                    title=gate.title, kind=SEVERITIES[gate.severity], detail=told, article=self.basis(gate.citation)
                )
