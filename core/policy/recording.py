"""What happens inside an open stage without closing it: recording, handing in, opinions, invitations, pauses."""

import msgspec

from core.policy import clocks, moving
from core.policy.checking import apply_waivers, run_gates
from core.policy.flow import Stage
from core.policy.intake import take_in
from core.policy.locating import check_role, stage_of
from core.policy.reviewing import concluded, reviewers_of
from core.policy.siding import open_started_sides
from core.policy.state import Opinion
from core.policy.work import Work


def record(work: Work) -> None:
    """Record facts, papers and contracts in an open stage, or about the case as a whole; nothing closes."""
    act = work.act
    stage: Stage | None = None
    if act.stage:
        found = stage_of(work)
        if found is not None:
            stage = found[0]
    take_in(work, stage)
    run_gates(work, act.stage, None)
    apply_waivers(work)
    if not work.is_blocked:
        clocks.restart_on_facts(work, act)
        open_started_sides(work)


def hand_in(work: Work) -> None:
    """Hand in papers; gates on the act of handing in are asked, and nothing closes."""
    found = work.rules.stage(work.act.stage, work.track) if work.act.stage else None
    take_in(work, found[1] if found is not None else None)
    run_gates(work, work.act.stage, None)
    apply_waivers(work)


def opine(work: Work) -> None:
    """One reviewer's opinion; where the text makes opinions conclude the review, the last one does."""
    found = stage_of(work)
    if found is None:
        return
    stage, run = found
    act = work.act
    wanted = tuple(r.role for r in reviewers_of(work.case, stage, run))
    aggregate_roles = wanted or stage.actors
    if stage.review is None or act.role not in aggregate_roles:
        check_role(work, stage, aggregate_roles)
        return
    work.touch(stage.review.citation, *(r.citation for r in reviewers_of(work.case, stage, run) if r.role == act.role))
    take_in(work, stage)
    opinion = Opinion(role=act.role, by=act.by, result=act.outcome or "pass", text=act.reason, on=act.on, seq=work.seq)
    others = tuple(o for o in run.opinions if o.role != act.role)
    heard = msgspec.structs.replace(run, opinions=(*others, opinion), items={**run.items, **act.items})
    work.replace_run(run, heard)
    result = concluded(stage.review, heard.opinions, frozenset(aggregate_roles))
    outcome = stage.outcome(result) if result else None
    if outcome is not None:
        moving.close_run(
            work,
            stage,
            heard,
            outcome,
            msgspec.structs.replace(heard, closed_on=act.on, closed_seq=work.seq, outcome=result),
        )


def invite(work: Work) -> None:
    """Add reviewers to an open review (加签)."""
    found = stage_of(work)
    if found is None:
        return
    stage, run = found
    check_role(work, stage, stage.actors)
    if stage.review is None or not stage.review.invites:
        work.core_finding("no_invites", f"“{stage.title}”不邀请其他部门参加。", citation=stage.citation)
        return
    work.touch(stage.review.citation)
    unknown = [role for role in work.act.invites if role not in work.rules.roles]
    for role in unknown:
        work.core_finding("unknown_role", f"没有名为“{role}”的角色。", item=role)
    if not work.is_blocked:
        work.touch(*(work.rules.roles[role].citation for role in work.act.invites))
        invited = tuple(dict.fromkeys((*run.invited, *work.act.invites)))
        work.replace_run(run, msgspec.structs.replace(run, invited=invited))


def pause(work: Work) -> None:
    """Stop the clocks of a stage that the text allows to stop."""
    found = stage_of(work)
    if found is not None:
        clocks.pause(work, found[1])


def resume(work: Work) -> None:
    """Let the clocks of a stage run on."""
    found = stage_of(work)
    if found is not None:
        clocks.resume(work, found[1])
