"""Choosing the path of a case (路径选定): what is taken in, what is not, and what waits for somebody to say."""

from core.policy.cases.case import Case, UnknownFactError
from core.policy.judging.work import Work
from core.policy.rules.tracks import Selected, Track
from core.policy.rules.values import NoValueError

_TOLD = {
    Selected.REFUSED: ("out_of_scope", "不属于本办法的适用范围"),
    Selected.ELSEWHERE: ("handled_elsewhere", "不按本办法办理"),
}


def chosen(case: Case) -> tuple[Track, ...]:
    """The tracks tried until one applies, that one last; nothing while a fact or figure they need is unknown."""
    try:
        return case.rules.select(case)
    except (UnknownFactError, NoValueError):
        return ()


def check_taken(work: Work) -> None:
    """Say that a case is refused or handled elsewhere, with the article that says so."""
    tried = chosen(work.case)
    if tried and tried[-1].result in _TOLD:
        gate, why = _TOLD[tried[-1].result]
        work.touch(*(track.citation for track in tried))
        work.core_finding(gate, f"{tried[-1].title}：{why}。", citation=tried[-1].citation)
