"""What a rulebook would be with other figures (假设推演): thresholds, limits and choices changed, all else kept."""

from dataclasses import replace
from datetime import date
from typing import Any

import msgspec

from core.kernel.errors import Invalid, Problem
from core.policy.rulebooks.answers import Answers
from core.policy.rulebooks.composing import compose
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.values import Dated


class Supposition(msgspec.Struct, frozen=True, kw_only=True):
    """What is supposed: thresholds in their own unit (money in fen), limits in theirs, options, or another edition."""

    thresholds: dict[str, int] = msgspec.field(default_factory=dict)
    limits: dict[str, int] = msgspec.field(default_factory=dict)
    options: dict[str, Any] = msgspec.field(default_factory=dict)
    edition: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is supposed."""
        return not (self.thresholds or self.limits or self.options or self.edition)


class SuppositionInvalid(Invalid):
    """Something is supposed of a threshold, limit or option that these rules do not have."""


def supposed(rules: Rulebook, supposition: Supposition) -> Rulebook:
    """The rulebook as it would be; an edition is chosen by the caller, who knows the registry.

    Raises: SuppositionInvalid naming every key that means nothing here, or a value not offered.
    """
    problems = [
        Problem(field=f"{kind}.{key}", message=f"“{rules.edition}”没有名为“{key}”的{title}")
        for kind, title, given, known in (
            ("thresholds", "限额", supposition.thresholds, rules.thresholds),
            ("limits", "期限", supposition.limits, rules.limits),
            ("options", "选项", supposition.options, rules.options),
        )
        for key in given
        if key not in known
    ]
    if problems:
        raise SuppositionInvalid("假设的内容有误", details=problems)
    figures, periods = supposition.thresholds, supposition.limits
    before = _as_if_always(rules.answers) if supposition.edition else rules.answers
    answers = replace(
        before,
        thresholds=tuple(
            replace(t, values=(Dated(date.min, figures[t.key]),)) if t.key in figures else t for t in before.thresholds
        ),
        limits=tuple(
            replace(limit, amount=periods[limit.key]) if limit.key in periods else limit for limit in before.limits
        ),
    )
    try:
        return compose(answers, rules.chosen | supposition.options)
    except ValueError as error:
        message = f"“{rules.edition}”不提供这样的选项值"
        raise SuppositionInvalid(message, details=(Problem(field="options", message=f"{message}：{error}"),)) from error


def _as_if_always(answers: Answers) -> Answers:
    """An edition as if it had been in force from the first: what was done before it is judged by it all the same."""
    return replace(
        answers,
        regulations=tuple(replace(r, effective_on=date.min) for r in answers.regulations),
        thresholds=tuple(
            replace(t, values=(Dated(date.min, t.values[0].value), *t.values[1:])) for t in answers.thresholds
        ),
    )
