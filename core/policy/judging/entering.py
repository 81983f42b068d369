"""Parties enter a case (参加): while a stage takes them, by the roles it names, each under an id of its own."""

import msgspec

from core.policy.cases.state import Entry
from core.policy.judging.opening import open_stage
from core.policy.judging.work import Work
from core.policy.rules.citations import CORE_DEFAULT
from core.policy.rules.flow import Stage


def take_entries(work: Work, stage: Stage | None) -> None:
    """Add the entries an act brings, or correct who they are; what they said before stays with them."""
    act = work.act
    if stage is None or stage.takes is None:
        work.core_finding(
            "entries_not_taken", "目前不能登记参加主体。", citation=stage.citation if stage else CORE_DEFAULT
        )
        return
    work.touch(stage.takes.citation)
    if act.role not in stage.takes.roles:
        titles = work.titles_of(stage.takes.roles)
        message = f"“{stage.title}”的参加主体由{titles}登记。"
        work.core_finding("entries_not_yours", message, citation=stage.takes.citation, item=act.role)
        return
    for entry in act.entries:
        _take(work, stage, entry)


def _take(work: Work, stage: Stage, entry: Entry) -> None:
    known = work.entry(entry.id)
    taken = {lot.id for lot in work.lots} | {contract.id for contract in work.contracts}
    if not entry.id or entry.id in taken or not entry.title:
        message = "参加主体须有名称和未被占用的编号。"
        work.core_finding("entry_invalid", message, citation=stage.citation, item=entry.id)
    elif known is not None:
        kept = {"on": known.on, "seq": known.seq, "facts": known.facts, "end": known.end}
        work.replace_entry(msgspec.structs.replace(entry, **kept))
    else:
        work.replace_entry(msgspec.structs.replace(entry, on=work.act.on, seq=work.seq, facts={}, end=None))
        for key in stage.takes.opens if stage.takes is not None else ():
            if _means(work, key, entry.id):
                open_stage(work, key, ref=entry.id, came_from=stage.key)


def _means(work: Work, key: str, ref: str) -> bool:
    """Whether a step is meant for a new entry at all."""
    found = work.rules.stage(key, work.track)
    wanted = found[1] if found is not None else None
    if wanted is None or wanted.when is None or wanted.when(work.case.at(ref)):
        return True
    work.touch(wanted.when_citation)
    return False
