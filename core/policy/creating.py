"""Beginning and leaving: a case is created under the texts in force, and may be withdrawn while the track allows."""

from core.policy import moving
from core.policy.checking import run_gates
from core.policy.citations import CORE_DEFAULT
from core.policy.flow import Ends
from core.policy.intake import take_in
from core.policy.locating import check_role
from core.policy.regulation import OnExpiry, Regulation
from core.policy.work import Work


def create(work: Work) -> None:
    """Create the case: texts in force, gates of creation, provisional track, first stage."""
    take_in(work, None)
    for regulation in work.rules.regulations.values():
        work.touch(regulation.citation)
        _check_in_force(work, regulation)
    run_gates(work, "", None)
    if work.is_blocked:
        return
    tracks = [t for t in work.rules.tracks.values() if t.case_kind == work.before.kind]
    work.track = tracks[-1].key
    moving.reselect(work)
    moving.open_stage(work, work.rules.line(work.track)[0][1].key)


def _check_in_force(work: Work, regulation: Regulation) -> None:
    on = work.act.on
    if regulation.effective_on is not None and on < regulation.effective_on:
        message = f"《{regulation.title}》自 {regulation.effective_on.isoformat()} 起施行,此前的项目不适用。"
        work.core_finding("rulebook_not_in_force", message, citation=regulation.citation)
    over = regulation.expires_on is not None and on > regulation.expires_on
    if over and regulation.on_expiry is OnExpiry.REFUSE_NEW:
        message = f"《{regulation.title}》有效期已届满,须由授权人员登记续期或替代文件后方可新建项目。"
        work.core_finding("rulebook_not_in_force", message, citation=regulation.citation)


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
