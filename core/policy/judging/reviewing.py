"""What a review needs before it may conclude: items, opinions, panel, defects, and how opinions aggregate."""

from collections.abc import Iterable

import msgspec

from core.policy.cases.case import Case, UnknownFactError
from core.policy.cases.state import Defect, Opinion, Panel, Run
from core.policy.judging.work import Work
from core.policy.rules.flow import Aggregate, Force, Outcome, OutcomeKind, PanelRule, Review, Reviewer, Stage
from core.policy.rules.gating import Hit
from core.policy.rules.papers import Severity

NEGATIVE_RESULTS = frozenset({"not_pass", "disagree", "against"})


def reviewers_of(case: Case, stage: Stage, run: Run) -> tuple[Reviewer, ...]:
    """The bodies that join this review now: those whose condition holds, and those invited."""
    review = stage.review
    if review is None:
        return ()
    joined = [r for r in review.reviewers if r.when is None or _holds(case, r)]
    invited = [Reviewer(role=role, citation=review.citation) for role in run.invited]
    return (*joined, *(r for r in invited if r.role not in {j.role for j in joined}))


def required_of(case: Case, stage: Stage, run: Run) -> frozenset[str]:
    """The signers without whose opinion this review cannot conclude; advisers may stay silent."""
    binding = (r for r in reviewers_of(case, stage, run) if r.force is not Force.ADVISORY)
    return frozenset(signer for reviewer in binding for signer in signers_of(case, reviewer))


def signers_of(case: Case, reviewer: Reviewer) -> tuple[str, ...]:
    """Who speaks in this capacity: the role alone, or the role for each of several parties."""
    if reviewer.each is None:
        return (reviewer.role,)
    return tuple(f"{reviewer.role}@{entry}" for entry in reviewer.each(case))


def _holds(case: Case, reviewer: Reviewer) -> bool:
    try:
        return reviewer.when is not None and reviewer.when(case)
    except UnknownFactError:
        return False


def check_conclusion(work: Work, stage: Stage, run: Run, outcome: Outcome) -> None:
    """Find everything a conclusion of this review still lacks."""
    review = stage.review
    if outcome.reason_required and not work.act.reason and not work.act.defects:
        work.core_finding("reason_missing", f"“{outcome.title}”须说明理由。", citation=outcome.citation)
    if review is not None and review.worst_first:
        message = f"“{stage.title}”由各部门的意见形成结论,请出具本部门意见。"
        work.core_finding("opinions_conclude", message, citation=review.citation)
    if review is None or outcome.kind is OutcomeKind.NEUTRAL:
        return
    work.touch(review.citation)
    _check_items(work, review, run)
    _check_opinions(work, stage, run, outcome)
    if review.panel is not None:
        _check_panel(work, review.panel, work.act.panel or run.panel)
    if review.defects and outcome.kind is OutcomeKind.NEGATIVE:
        _check_defects(work, stage, outcome)


def _check_items(work: Work, review: Review, run: Run) -> None:
    given = {**run.items, **work.act.items}
    for key, title, citation in review.items:
        work.touch(citation)
        if not given.get(key):
            work.core_finding("item_result_missing", f"“{title}”尚无审核结论。", citation=citation, item=key)


def _check_opinions(work: Work, stage: Stage, run: Run, outcome: Outcome) -> None:
    given = {o.signer: o for o in run.opinions}
    forward = outcome.kind is OutcomeKind.FORWARD
    for reviewer in reviewers_of(work.case, stage, run):
        work.touch(reviewer.citation)
        for signer in signers_of(work.case, reviewer):
            opinion = given.get(signer)
            title = _title_of(work, signer)
            if opinion is None:
                if reviewer.force is not Force.ADVISORY:
                    _outstanding(work, reviewer, title, signer)
            elif opinion.result in NEGATIVE_RESULTS and forward and reviewer.force is not Force.ADVISORY:
                _against(work, reviewer, title)


def check_winners(work: Work, stage: Stage, outcome: Outcome) -> None:
    """Find more winners of a competition than the text allows; a preference among them refuses nobody."""
    competition = stage.competition
    if competition is None or outcome.kind is not OutcomeKind.FORWARD:
        return
    work.touch(competition.citation)
    most = competition.at_most(work.case)
    winners = competition.winners(work.case)
    if most is not None and len(winners) > most:
        gate = work.rules.gates[competition.cap_gate]
        message = f"最多 {most} 家,现有 {len(winners)} 家。"
        work.gate_finding(gate, Hit(message=message, evidence={"winners": list(winners)}), gate.severity)


def _title_of(work: Work, signer: str) -> str:
    key, _, ref = signer.partition("@")
    role, entry = work.rules.roles.get(key), work.entry(ref)
    title = role.title if role is not None else key
    return f"{title}“{entry.title}”" if entry is not None else title


def _outstanding(work: Work, reviewer: Reviewer, title: str, signer: str) -> None:
    message = f"{title}尚未出具意见。"
    gate = work.rules.gates.get(reviewer.gate)
    if gate is None:
        work.core_finding("opinion_outstanding", message, citation=reviewer.citation, item=signer)
    else:
        work.gate_finding(gate, Hit(message=message, item=signer), gate.severity, reviewer.citation)


def _against(work: Work, reviewer: Reviewer, title: str) -> None:
    if reviewer.force is Force.BINDING:
        message = f"{title}的意见为不通过,不能通过本环节。"
        work.core_finding("binding_opinion", message, citation=reviewer.citation, item=reviewer.role)
    elif not work.act.reason:
        message = f"{title}的意见为不通过,作出通过结论须说明理由。"
        work.core_finding("reason_against_opinion", message, citation=reviewer.citation, item=reviewer.role)
    else:
        message = f"结论与{title}的意见不一致,已记录理由。"
        work.core_finding(
            "against_opinion", message, citation=reviewer.citation, severity=Severity.WARN, item=reviewer.role
        )


def _check_panel(work: Work, rule: PanelRule, panel: Panel | None) -> None:
    work.touch(rule.citation)
    must_meet = rule.meeting_when is not None and rule.meeting_when(work.case)
    if must_meet and (panel is None or panel.form != "meeting"):
        gate = work.rules.gates[rule.meeting_gate]
        work.gate_finding(gate, Hit(message="须召开专家评审会,内部会议不足以通过。", item="panel"), gate.severity)
    if panel is None:
        if rule.required:
            gate = work.rules.gates[rule.library_gate]
            work.gate_finding(gate, Hit(message="未登记评审专家组及其抽取记录。", item="panel"), gate.severity)
        return
    if panel.form != "meeting":
        return
    gate = work.rules.gates[rule.library_gate]
    if panel.library not in rule.libraries:
        titles = "、".join(work.rules.registers[key].title for key in rule.libraries)
        hit = Hit(message=f"评审专家应从{titles}产生。", item="panel", evidence={"library": panel.library})
        work.gate_finding(gate, hit, gate.severity, rule.citation)
    elif rule.random and not panel.random:
        hit = Hit(message="评审专家应随机抽取,不能由人工指定。", item="panel")
        work.gate_finding(gate, hit, gate.severity, rule.citation)


def _check_defects(work: Work, stage: Stage, outcome: Outcome) -> None:
    if not work.act.defects:
        work.core_finding(
            "defects_missing", "不通过时须一次性列明全部缺陷。", citation=outcome.citation, item="defects"
        )
        return
    earlier = earlier_defects(work, stage.key)
    settled = {d.item for d in earlier if d.state == "accepted"}
    known = {d.id for d in earlier}
    for defect in work.act.defects:
        if defect.id not in known and defect.item in settled and not defect.late_reason:
            message = f"“{defect.item}”在上一轮已认可,再提新问题须说明原因(一次性告知)。"
            work.core_finding("late_defect", message, citation=outcome.citation, item=defect.id)


def earlier_defects(work: Work, stage: str) -> tuple[Defect, ...]:
    """The defects of the latest closed run of a stage."""
    run = next((r for r in reversed(work.runs) if r.stage == stage and not r.is_open and r.defects), None)
    return run.defects if run is not None else ()


def merged_defects(work: Work, stage: str, n: int) -> tuple[Defect, ...]:
    """The defect list a run keeps: new and repeated ones open, those not repeated accepted."""
    repeated = {d.id: d for d in work.act.defects}
    kept = []
    for old in earlier_defects(work, stage):
        again = repeated.pop(old.id, None)
        state = "open" if again is not None else "accepted"
        kept.append(msgspec.structs.replace(old, state=state, text=again.text if again else old.text))
    fresh = (msgspec.structs.replace(d, raised_n=n, state="open") for d in repeated.values())
    return (*kept, *fresh)


def answer_defects(work: Work, came_from: str) -> None:
    """Take the applicant's replies to the review that sent the case back; each open defect needs one."""
    source = next((r for r in reversed(work.runs) if r.stage == came_from and not r.is_open and r.defects), None)
    if source is None:
        return
    answered = []
    for defect in source.defects:
        reply = work.act.answers.get(defect.id, "")
        if defect.state == "open" and not reply:
            work.core_finding("defect_unanswered", f"缺陷“{defect.text}”尚未逐项答复。", item=defect.id)
        answered.append(msgspec.structs.replace(defect, state="answered", answer=reply) if reply else defect)
    work.replace_run(source, msgspec.structs.replace(source, defects=tuple(answered)))


def concluded(review: Review, opinions: Iterable[Opinion], wanted: frozenset[str]) -> str:
    """What the opinions amount to: pass, not_pass, inconclusive, or an empty string while it is still open."""
    given = {o.signer: o for o in opinions}
    if review.worst_first:
        said = {o.result for o in given.values() if o.signer in wanted}
        return next((result for result in review.worst_first if result in said), "") if wanted <= given.keys() else ""
    against = [o for o in given.values() if o.result in NEGATIVE_RESULTS]
    in_favour = [o for o in given.values() if o.result not in NEGATIVE_RESULTS and o.result != "abstain"]
    complete = wanted <= given.keys()
    match review.aggregate:
        case Aggregate.DECIDER:
            return ""
        case Aggregate.ANY:
            return "pass" if in_favour else ("not_pass" if complete else "")
        case Aggregate.VOTE:
            return _vote(review, len(in_favour), len(against), len(given), complete=complete)
        case Aggregate.ALL | Aggregate.WORST | Aggregate.SIGNATURES:
            if against:
                return "not_pass" if complete or review.aggregate is not Aggregate.WORST else ""
            return "pass" if complete else ""


def _vote(review: Review, in_favour: int, against: int, given: int, *, complete: bool) -> str:
    if not complete:
        return ""
    cast = in_favour + against
    if given < review.quorum or cast == 0:
        return "inconclusive"
    return "pass" if in_favour * 100 >= review.majority * cast else "not_pass"
