"""Beginning and leaving: a case is created under the texts in force, and may be withdrawn while the track allows."""

from core.policy.judging import moving
from core.policy.judging.checking import expiry, run_gates
from core.policy.judging.intake import take_in
from core.policy.judging.locating import check_role
from core.policy.judging.opening import first_of
from core.policy.judging.selecting import check_taken
from core.policy.judging.work import Work
from core.policy.rules.citations import CORE_DEFAULT
from core.policy.rules.flow import Ends
from core.policy.rules.papers import Severity
from core.policy.rules.regulation import OnExpiry, Regulation


def create(work: Work) -> None:
    """Create the case: provisional track, texts in force, gates of creation, first stage."""
    take_in(work, None)
    paths = [t.key for t in work.rules.tracks.values() if t.case_kind == work.before.kind and t.segments]
    if not paths:
        work.core_finding("unknown_case_kind", f"本办法没有“{work.before.kind}”这类事项。")
        return
    work.track = paths[-1]
    check_taken(work)
    moving.reselect(work, work.act.name)
    own = work.rules.tracks[work.track].regulation
    for regulation in work.rules.regulations.values():
        if own in ("", regulation.key):
            work.touch(regulation.citation)
            _check_in_force(work, regulation)
    run_gates(work, "", None)
    if not work.is_blocked:
        moving.open_stage(work, _entrance(work))


def _entrance(work: Work) -> str:
    """The first stage of the track that applies, or the one a case begun earlier had reached (过渡)."""
    line = work.rules.line(work.track)
    for regulation in work.rules.regulations.values():
        for transition in regulation.transitions:
            reached = work.facts.get(transition.enters) if transition.enters else None
            if reached in {stage.key for _, stage in line} and transition.applies(work.case):
                work.touch(transition.citation)
                return str(reached)
    return first_of(work)


def _check_in_force(work: Work, regulation: Regulation) -> None:
    on = work.act.on
    if regulation.effective_on is not None and on < regulation.effective_on:
        message = f"《{regulation.title}》自 {regulation.effective_on.isoformat()} 起施行,此前的项目不适用。"
        work.core_finding("rulebook_not_in_force", message, citation=regulation.citation)
    after = expiry(work, regulation, on)
    if after in (OnExpiry.REFUSE_NEW, OnExpiry.ADVISORY):
        way_out = "须由授权人员登记续期或替代文件的文号和日期后方可新建项目"
        told = way_out if after is OnExpiry.REFUSE_NEW else "仅作提示适用"
        message = f"《{regulation.title}》有效期已于 {regulation.expires_on} 届满，{told}。"
        severity = Severity.BLOCK if after is OnExpiry.REFUSE_NEW else Severity.WARN
        work.core_finding("rulebook_not_in_force", message, citation=regulation.citation, severity=severity)


def withdraw(work: Work) -> None:
    """Leave before approval, as the track allows (撤回)."""
    track = work.rules.tracks.get(work.track)
    act = work.act
    allowed = track is not None and track.withdrawable is not None and track.withdrawable(work.case)
    citation = (track.withdraw_citation if track is not None else None) or CORE_DEFAULT
    first = work.rules.line(work.track)[0][1]
    if act.role not in first.actors:
        check_role(work, first, first.actors)
    if not allowed:
        work.core_finding("not_withdrawable", "立项批复后不能撤回,只能按规定的情形终止。", citation=citation)
    if not work.is_blocked:
        work.touch(citation)
        moving.end(work, Ends.WITHDRAWN, reason=act.reason, rows=citation.rows)
