"""Side processes: opened on request, or by a fact or contract that starts them."""

from core.policy.cases.case import UnknownFactError
from core.policy.cases.state import Contract
from core.policy.judging import clocks, moving
from core.policy.judging.checking import apply_waivers, run_gates
from core.policy.judging.intake import take_in
from core.policy.judging.work import Work
from core.policy.rules.flow import Line
from core.policy.rules.tracks import SideProcess


def open_side(work: Work) -> None:
    """Open a side process on request, while its condition holds."""
    act = work.act
    side = work.rules.side(act.side)
    if side is None:
        work.core_finding("unknown_side", f"本办法没有“{act.side}”流程。", item=act.side)
        return
    work.touch(side.citation)
    take_in(work, None)
    if act.role not in side.opened_by:
        titles = work.titles_of(side.opened_by)
        work.core_finding("not_your_act", f"“{side.title}”由{titles}提出。", citation=side.citation, item=act.role)
    elif side.when is not None and not _side_holds(work, side.key):
        work.core_finding("side_not_available", f"目前不能提出“{side.title}”。", citation=side.citation, item=side.key)
    elif side.stages[0].scope == "entry" and work.entry(act.ref) is None:
        message = f"“{side.title}”由各参加主体分别办理,请说明是哪一家。"
        work.core_finding("entry_not_named", message, citation=side.citation, item=act.ref)
    elif side.exclusive and _is_running(work, side):
        work.core_finding("side_already_open", f"“{side.title}”正在办理。", citation=side.citation, item=side.key)
    run_gates(work, side.key, None)
    apply_waivers(work)
    if not work.is_blocked:
        moving.open_stage(work, side.stages[0].key, ref=act.ref, came_from=_where_from(work))
        clocks.restart_on_facts(work, act)


def _is_running(work: Work, side: SideProcess) -> bool:
    """Whether the process runs already for the lot or contract meant, or for the case as a whole."""
    keys = {stage.key for stage in side.stages}
    return any(run.is_open and run.stage in keys and run.ref in ("", work.act.ref) for run in work.runs)


def _side_holds(work: Work, key: str) -> bool:
    side = work.rules.sides[key]
    try:
        return side.when is None or side.when(work.case)
    except UnknownFactError:
        return False


def _where_from(work: Work) -> str:
    """The main-line stage a side process leaves and may come back to."""
    for run in reversed(work.runs):
        found = work.rules.stage(run.stage, work.track)
        if run.is_open and found is not None and found[1].line in (Line.MAIN, Line.DETOUR):
            return run.stage
    return ""


def open_started_sides(work: Work) -> None:
    """Open side processes that a recorded fact or contract starts by itself."""
    contracts: dict[str, Contract] = {c.id: c for c in work.act.contracts}
    for side in work.rules.sides.values():
        if side.on_fact and side.on_fact in work.act.facts and _side_holds(work, side.key):
            work.touch(side.citation)
            moving.open_stage(work, side.stages[0].key, ref=work.act.ref, came_from=_where_from(work))
        for contract in contracts.values():
            if side.on_contract and contract.kind == side.on_contract and _side_holds(work, side.key):
                work.touch(side.citation)
                moving.open_stage(work, side.stages[0].key, ref=contract.id, came_from=_where_from(work))
