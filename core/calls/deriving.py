"""Which postings a case has today, and what they say: a pure function of the case.

Nothing is published by hand, and nothing leaks: what a stage does not name in its `Publicity` never gets here.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID, uuid5

import msgspec

from core.calls.model import Content, Line, PostedPaper, PostingState, Source
from core.documents import PaperVersion
from core.documents.forms.wording import in_words
from core.policy.cases.case import Case
from core.policy.cases.state import Entry, Run
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.flow import Ends, OutcomeKind, Stage, StageKind
from core.policy.rules.publicity import PostingKind, Publicity
from core.policy.wording import ENDED

_POSTINGS = UUID("5f0e7a52-7b0c-5d0e-9a4b-6f1f0b2c3d4e")


class Derived(msgspec.Struct, frozen=True, kw_only=True):
    """One posting as its case would have it now; publishing compares it with what stands at the address."""

    id: UUID
    kind: PostingKind
    title: str
    article: str
    content: Content
    opened_on: date
    closes_on: date | None
    state: PostingState
    reason: str
    takes_objections: bool
    takes_answers: bool
    source: Source


def has_public_stages(rules: Rulebook) -> bool:
    """Whether any case of the rulebook can be published."""
    return any(stage.public is not None for _, stage in rules.all_stages())


def derive(case: Case, case_id: UUID, *, unit: str, papers: Sequence[PaperVersion]) -> tuple[Derived, ...]:
    """Every posting of a case; `unit` is the unit's name, `papers` its papers at their current version."""
    return tuple(_derived(case, case_id, out, _content(case, out, unit, papers)) for out in _published(case))


class _Out(msgspec.Struct, frozen=True):
    """One run that has gone out to the public, since a day."""

    stage: Stage
    public: Publicity
    run: Run
    since: date

    @property
    def is_answered(self) -> bool:
        return bool(self.public.answers_at)


def _published(case: Case) -> Iterator[_Out]:
    for run in case.state.runs:
        located = case.rules.stage(run.stage, case.track)
        if located is None or run.skipped:
            continue
        stage = located[1]
        since = _since(stage, run)
        if since is not None and stage.public is not None:
            yield _Out(stage, stage.public, run, since)


def _since(stage: Stage, run: Run) -> date | None:
    """The day a run went out: a notice when it is published, a publication when it is done."""
    if stage.kind is StageKind.NOTICE:
        return run.published_on if stage.notice is not None else run.opened_on
    return run.closed_on if _went_forward(stage, run) else None


def _went_forward(stage: Stage, run: Run) -> bool:
    outcome = stage.outcome(run.outcome)
    return outcome is not None and outcome.kind is OutcomeKind.FORWARD


def _derived(case: Case, case_id: UUID, out: _Out, content: Content) -> Derived:
    public, run = out.public, out.run
    standing, reason = _standing(case, out)
    again = f"（第 {run.n} 次）" if run.n > 1 else ""
    return Derived(
        id=uuid5(_POSTINGS, f"{case_id}/{run.stage}/{run.ref}/{run.n}"),
        kind=public.kind,
        title=f"{public.title or out.stage.title}：{case.state.title}{again}",
        article=case.rules.article(public.citation.rows),
        content=content,
        opened_on=out.since,
        closes_on=_closes_on(case, out),
        state=standing,
        reason=reason,
        takes_objections=bool(public.objects_as) and standing is PostingState.OPEN,
        takes_answers=out.is_answered and standing is PostingState.OPEN,
        source=Source(case_id=case_id, code=case.state.code, stage=run.stage, ref=run.ref, n=run.n),
    )


def _standing(case: Case, out: _Out) -> tuple[PostingState, str]:
    """Whether a posting still runs, stands for good, is over, or was taken back, and why."""
    run, end, is_notice = out.run, case.end, out.stage.kind is StageKind.NOTICE
    if run.overtaken:
        return PostingState.WITHDRAWN, run.reason or "相关环节重新办理"
    if is_notice and not run.is_open:
        went = _went_forward(out.stage, run)
        return (PostingState.CLOSED, "") if went else (PostingState.WITHDRAWN, run.reason)
    if not is_notice and not out.is_answered:
        return PostingState.STANDING, ""
    if end is not None and end.kind != Ends.COMPLETED:
        return PostingState.WITHDRAWN, end.reason or ENDED[end.kind]
    if out.is_answered and not case.is_open(out.public.answers_at):
        return PostingState.CLOSED, ""
    return PostingState.OPEN, ""


def _closes_on(case: Case, out: _Out) -> date | None:
    if out.public.closes_by:
        named = case.find(out.public.closes_by)
        return date.fromisoformat(named) if named else None
    if out.stage.notice is None or not out.stage.notice.limit:
        return None
    key = (out.stage.notice.limit, out.run.n, out.run.ref)
    return next((due.due_on for due in reversed(case.state.dues) if (due.limit, due.n, due.ref) == key), None)


def _content(case: Case, out: _Out, unit: str, papers: Sequence[PaperVersion]) -> Content:
    public = out.public
    lines = [Line(title="项目单位", value=unit)] if public.unit else []
    for key in public.facts:
        fact, value = case.rules.facts.get(key), case.find(key)
        title = fact.title if fact is not None else case.rules.amounts[key].title
        if words := in_words(value, fact, money=fact is None):
            lines.append(Line(title=title, value=words))
    titles = {entry.id: _named(entry) for entry in case.state.entries}
    entries = [titles[entry] for entry in public.entries(case)] if public.entries is not None else []
    named = [titles.get(name, name) for name in out.run.named] if public.names else []
    return Content(
        lines=tuple(lines),
        names=tuple(dict.fromkeys([*named, *entries])),
        papers=tuple(_paper(paper) for paper in papers if paper.type in public.papers and not paper.outside),
    )


def _named(entry: Entry) -> str:
    """A party as it is published; a consortium with everybody in it."""
    members = "、".join(member.title for member in entry.members)
    return f"{entry.title}（联合体成员：{members}）" if members else entry.title


def _paper(paper: PaperVersion) -> PostedPaper:
    file = paper.file
    return PostedPaper(
        type=paper.type,
        title=paper.title,
        document_id=paper.document_id,
        n=paper.n,
        name=file.name if file is not None else "",
        size=file.size if file is not None else 0,
    )
