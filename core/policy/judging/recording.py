"""What happens inside an open stage without closing it: recording, handing in, opinions, invitations, pauses."""

import msgspec

from core.policy.cases.state import Opinion, Run
from core.policy.judging import clocks, moving, pausing
from core.policy.judging.checking import apply_waivers, check_papers, closing_names, run_gates
from core.policy.judging.intake import take_in
from core.policy.judging.locating import check_role, stage_of
from core.policy.judging.reviewing import concluded, required_of, reviewers_of, signers_of
from core.policy.judging.siding import open_started_sides
from core.policy.judging.work import Work
from core.policy.rules.flow import Outcome, Stage


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
    joined = reviewers_of(work.case, stage, run)
    may_speak = tuple(r.role for r in joined) or stage.actors
    if stage.review is None or act.role not in may_speak:
        check_role(work, stage, may_speak)
        return
    work.touch(stage.review.citation, *(r.citation for r in joined if r.role == act.role))
    take_in(work, stage)
    run_gates(work, stage.key, None)
    result = act.outcome or "pass"
    _check_result(work, stage, result)
    signing = _signing_entry(work, stage, run)
    opinion = Opinion(role=act.role, by=act.by, result=result, text=act.reason, on=act.on, seq=work.seq, entry=signing)
    others = tuple(o for o in run.opinions if o.signer != opinion.signer)
    heard = msgspec.structs.replace(run, opinions=(*others, opinion), items={**run.items, **act.items})
    work.replace_run(run, heard)
    required = required_of(work.case, stage, heard) if joined else frozenset(stage.actors)
    key = concluded(stage.review, heard.opinions, required)
    outcome = stage.outcome(key) if key else None
    if outcome is not None:
        _conclude(work, stage, heard, outcome)


def _signing_entry(work: Work, stage: Stage, run: Run) -> str:
    """The party an opinion speaks for, where each of several has its own; a stranger to the matter is told so."""
    own = next((r for r in reviewers_of(work.case, stage, run) if r.role == work.act.role), None)
    if own is None or own.each is None:
        return ""
    if f"{own.role}@{work.act.ref}" not in signers_of(work.case, own):
        message = f"请说明代表哪一家办理；“{stage.title}”只听取有关各方的意见。"
        work.core_finding("not_a_party", message, citation=own.citation, item=work.act.ref)
    return work.act.ref


def _check_result(work: Work, stage: Stage, result: str) -> None:
    """Where the worst opinion is the conclusion, an opinion is one of the outcomes, with the reason that one asks."""
    if stage.review is None or not stage.review.worst_first:
        return
    meant = stage.outcome(result)
    if meant is None or result not in stage.review.worst_first:
        titles = "、".join(o.title for o in stage.outcomes if o.key in stage.review.worst_first)
        work.core_finding("unknown_outcome", f"“{stage.title}”的意见只能是:{titles}。", citation=stage.review.citation)
    elif meant.reason_required and not work.act.reason:
        work.core_finding("reason_missing", f"“{meant.title}”须说明理由。", citation=meant.citation)


def _conclude(work: Work, stage: Stage, heard: Run, outcome: Outcome) -> None:
    """The last opinion closes the review: where the worst one decides, whatever guards that outcome is asked first."""
    if stage.review is not None and stage.review.worst_first:
        check_papers(work, stage, heard, outcome)
        run_gates(work, stage.key, outcome, closing_names(stage, outcome))
        apply_waivers(work)
    if not work.is_blocked:
        act = work.act
        closed = msgspec.structs.replace(
            heard, closed_on=act.on, closed_seq=work.seq, outcome=outcome.key, role=act.role, by=act.by
        )
        moving.close_run(work, stage, heard, outcome, closed)


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
        pausing.pause(work, found[0], found[1])


def resume(work: Work) -> None:
    """Let the clocks of a stage run on."""
    found = stage_of(work)
    if found is not None:
        pausing.resume(work, found[0], found[1])
