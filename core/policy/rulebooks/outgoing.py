"""What leaves a case, printed or in public, checked when rules are composed: it names only what is declared."""

from collections.abc import Iterator

from core.policy.rulebooks.answers import Answers
from core.policy.rulebooks.names import Names
from core.policy.rules.citations import Citation
from core.policy.rules.flow import Stage, StageKind
from core.policy.rules.forms import FormNames, citations_of, problems_of


def outgoing_problems(answers: Answers, names: Names) -> Iterator[str]:
    """What is wrong with forms and with what is published."""
    known = FormNames(facts=names.facts, papers=names.papers, stages=names.stages)
    for paper in answers.papers:
        if paper.form is not None:
            yield from (f"form of paper {paper.key}: {problem}" for problem in problems_of(paper.form, known))
            if paper.form_missing and paper.form.official:
                yield f"form of paper {paper.key}: the text attaches none (form_missing), so official must be False"
    for stage in answers.stages:
        yield from (f"stage {stage.key}: {problem}" for problem in _public_problems(stage, names))


def _public_problems(stage: Stage, names: Names) -> Iterator[str]:
    public = stage.public
    if public is None:
        return
    if stage.kind not in (StageKind.NOTICE, StageKind.PUBLICATION):
        yield "only a notice or a publication may be public"
    named = {
        "fact": ({*public.facts, public.closes_by} - {""}, names.facts),
        "paper": (set(public.papers), names.papers),
        "stage": ({public.answers_at} - {""}, names.stages),
        "role": ({public.answered_as, public.objects_as} - {""}, names.roles),
    }
    for kind, (keys, declared) in named.items():
        yield from (f"publishes unknown {kind} {key!r}" for key in sorted(keys - declared))
    if bool(public.answers_at) is not bool(public.answered_as):
        yield "a call that is answered names both answers_at and answered_as"
    if public.objects_as and (stage.notice is None or public.objects_as not in stage.notice.objectors):
        yield f"the public objects as {public.objects_as!r}, who is none of the notice's objectors"


def outgoing_citations(answers: Answers) -> Iterator[tuple[str, Citation]]:
    """Every citation on a form or on what is published, with the name of its object."""
    for paper in answers.papers:
        if paper.form is not None:
            yield from ((f"form of {paper.key}", citation) for citation in citations_of(paper.form))
    for stage in answers.stages:
        if stage.public is not None:
            yield f"publicity of {stage.key}", stage.public.citation
