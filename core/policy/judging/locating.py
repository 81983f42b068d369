"""Finding the stage an act is about, and saying plainly why there is none."""

from core.policy.cases.state import Run
from core.policy.judging.work import Work
from core.policy.rules.actors import Seat
from core.policy.rules.citations import CORE_DEFAULT
from core.policy.rules.flow import Stage


def stage_of(work: Work) -> tuple[Stage, Run] | None:
    """The stage meant and its open run, or a finding that says why there is none."""
    act = work.act
    found = work.rules.stage(act.stage, work.track)
    if found is None:
        known = next((s for _, s in work.rules.all_stages() if s.key == act.stage), None)
        citation = known.citation if known is not None else CORE_DEFAULT
        title = known.title if known is not None else act.stage
        work.core_finding("stage_not_on_track", f"本项目的路径没有“{title}”环节。", citation=citation, item=act.stage)
        return None
    stage = found[1]
    if stage.scope == "entry" and work.entry(act.ref) is None:
        message = f"“{stage.title}”由各参加主体分别办理,请说明是哪一家。"
        work.core_finding("entry_not_named", message, citation=stage.citation, item=act.ref)
        return None
    run = work.find_open(act.stage, act.ref)
    if run is None:
        work.core_finding("stage_not_open", _why_closed(work, stage), citation=stage.citation, item=act.stage)
        return None
    return stage, run


def _why_closed(work: Work, stage: Stage) -> str:
    done = work.case.result_run(stage.key, work.act.ref if stage.scope == "entry" else None)
    if done is not None and done.closed_on is not None:
        return f"“{stage.title}”已于 {done.closed_on.isoformat()} 办结,当前没有待办。"
    waiting = "、".join(work.rules.title_of(r.stage) for r in work.runs if r.is_open)
    return f"“{stage.title}”尚未开启,当前办理环节:{waiting or '无'}。"


def check_role(work: Work, stage: Stage, roles: tuple[str, ...]) -> None:
    """Find an act done in a role that this stage does not give it to."""
    work.touch(*(work.rules.roles[r].citation for r in roles if r in work.rules.roles and r == work.act.role))
    if work.act.role in roles:
        check_holder(work, stage)
        return
    titles = work.titles_of(roles)
    work.core_finding("not_your_act", f"“{stage.title}”由{titles}办理。", citation=stage.citation, item=work.act.role)


def check_holder(work: Work, stage: Stage) -> None:
    """Find an act of a party that is not its own, or in a role that no outcome has given to it."""
    act = work.act
    role = work.rules.roles.get(act.role)
    entry = work.entry(act.ref)
    if role is None:
        return
    if role.seat is Seat.EXTERNAL and entry is not None and act.unit and entry.party and entry.party != act.unit:
        work.core_finding("not_your_entry", "只能办理本单位参加的事项。", citation=role.citation, item=entry.id)
    who = act.ref if entry is not None else act.unit
    if role.from_outcome and who and who not in work.bound.get(role.key, ()):
        message = f"尚未确定为{role.title},不能以此身份办理“{stage.title}”。"
        work.core_finding("role_not_given", message, citation=role.citation, item=who)
