"""Taking in what an act brings: entries, facts, papers, contracts, lots, waivers, each checked before it counts."""

from datetime import date
from typing import Any

import msgspec

from core.policy.cases.state import Change, Contract, Paper
from core.policy.judging.entering import take_entries
from core.policy.judging.work import Work
from core.policy.rules.flow import CLOSING_ACT, Stage
from core.policy.rules.values import Amount, Fact, FactType

_SHAPES: dict[FactType, tuple[type, ...]] = {
    FactType.BOOL: (bool,),
    FactType.INTEGER: (int,),
    FactType.MONEY: (int,),
    FactType.DATE: (date, str),
    FactType.CHOICE: (str,),
    FactType.TEXT: (str,),
    FactType.TEXTS: (list, tuple),
    FactType.RECORD: (dict,),
}


def take_in(work: Work, stage: Stage | None) -> None:
    """Merge what the act brings into the working copy; everything wrong becomes a finding, all at once."""
    act = work.act
    if act.entries:
        take_entries(work, stage)
    for key, value in act.facts.items():
        _take_fact(work, key, value, stage)
    for paper in act.papers:
        _take_paper(work, paper, stage)
    for contract in act.contracts:
        _take_contract(work, contract)
    if act.lots:
        work.lots = act.lots
    if act.waivers:
        work.waivers = (
            *work.waivers,
            *(msgspec.structs.replace(w, role=act.role, by=act.by, on=act.on) for w in act.waivers),
        )
    work.changed_state()


def _take_fact(work: Work, key: str, value: Any, stage: Stage | None) -> None:
    rules, act = work.rules, work.act
    fact = rules.facts.get(key)
    amount = rules.amounts.get(key)
    if fact is None and amount is None:
        work.core_finding("unknown_fact_key", f"本办法没有名为“{key}”的事项。", item=key)
        return
    owner = fact or amount
    if owner is None:  # pragma: no cover - excluded above
        return
    work.touch(owner.citation)
    if act.name != "create" and act.role not in owner.entered_by:
        titles = work.titles_of(owner.entered_by)
        work.core_finding("fact_not_yours", f"“{owner.title}”只能由{titles}填写。", citation=owner.citation, item=key)
        return
    values = work.values_of(key)
    if fact is not None and fact.locked_by and work.case.result(fact.locked_by) and key in values:
        if values[key] != value:
            message = f"“{fact.title}”在“{rules.title_of(fact.locked_by)}”通过后不能再改。"
            work.core_finding("fact_locked", message, citation=fact.citation, item=key)
        return
    problem = _shape_problem(fact, value) if fact is not None else _money_problem(value)
    if problem:
        work.core_finding("fact_invalid", f"“{owner.title}”{problem}", citation=owner.citation, item=key)
        return
    if fact is not None and fact.type is FactType.DATE and isinstance(value, str):
        value = date.fromisoformat(value)
    if stage is not None and act.name == "record" and not _may_record(stage, owner.asked_at, key):
        message = f"“{stage.title}”环节不登记“{owner.title}”。"
        work.core_finding("fact_out_of_place", message, citation=owner.citation, item=key)
        return
    value = value.isoformat() if isinstance(value, date) else value
    if owner.scope == "entry":
        _take_of_entry(work, owner, value)
        return
    work.facts[key] = value
    work.changed[key] = Change(on=act.on, seq=work.seq, role=act.role)


def _take_of_entry(work: Work, owner: Fact | Amount, value: Any) -> None:
    """A fact asked of every party for itself stands with the entry the act is about."""
    entry = work.entry(work.act.ref)
    if entry is None:
        message = f"“{owner.title}”由各参加主体分别填报,请说明是哪一家。"
        work.core_finding("entry_not_named", message, citation=owner.citation, item=owner.key)
        return
    work.replace_entry(msgspec.structs.replace(entry, facts={**entry.facts, owner.key: value}))


def _may_record(stage: Stage, asked_at: str, key: str) -> bool:
    return key in stage.records or key in stage.asks or asked_at in ("", stage.key)


def _money_problem(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int):
        return "应为以分为单位的整数金额。"
    return "不能为负数。" if value < 0 else ""


def _shape_problem(fact: Fact, value: Any) -> str:
    """What is wrong with a value for a fact, or an empty string."""
    if fact.type is FactType.MONEY:
        return _money_problem(value)
    wrong_bool = isinstance(value, bool) is not (fact.type is FactType.BOOL)
    if wrong_bool or not isinstance(value, _SHAPES[fact.type]):
        return "填写的内容类型不对。"
    if fact.type is FactType.DATE and isinstance(value, str):
        try:
            date.fromisoformat(value)
        except ValueError:
            return "应为日期(年-月-日)。"
    if fact.choices:
        wrong = [v for v in ([value] if isinstance(value, str) else value) if v not in fact.choices]
        if wrong:
            shown = "、".join(fact.labels or fact.choices)
            return f"只能是:{shown}。"
    return ""


def _take_paper(work: Work, paper: Paper, stage: Stage | None) -> None:
    rules, act = work.rules, work.act
    kind = rules.papers.get(paper.type)
    if kind is None:
        work.core_finding("unknown_paper", f"本办法没有名为“{paper.type}”的材料。", item=paper.type)
        return
    work.touch(kind.citation)
    roles = kind.from_roles
    if roles and act.role not in roles and not _decides(stage, act.role, act.name):
        titles = work.titles_of(roles)
        work.core_finding("paper_not_yours", f"“{kind.title}”由{titles}提交。", citation=kind.citation, item=paper.type)
        return
    version = 1 + sum(1 for p in work.papers if p.type == paper.type and p.ref == paper.ref)
    work.papers.append(
        msgspec.structs.replace(
            paper,
            version=version,
            stage=paper.stage or act.stage,
            ref=paper.ref or act.ref,
            on=act.on,
            seq=work.seq,
        )
    )


def _decides(stage: Stage | None, role: str, act: str) -> bool:
    """An office that records a decision also hands in the papers of that decision."""
    return stage is not None and role in stage.actors and act == CLOSING_ACT[stage.kind]


def _take_contract(work: Work, contract: Contract) -> None:
    known = next((c for c in work.contracts if c.id == contract.id), None)
    if known is None:
        work.contracts.append(contract)
    else:
        work.contracts[work.contracts.index(known)] = contract
