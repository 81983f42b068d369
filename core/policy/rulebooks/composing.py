"""Composing a rulebook: a plugin's answers and a tenant's options, checked as a whole, then indexed and digested.

Everything wrong with a plugin is found here, all at once, and the plugin is refused by name.
"""

import hashlib
from collections import Counter as Tally
from collections.abc import Iterable, Iterator
from typing import Any

from core.kernel.codec import canonical
from core.policy.proving.remedies import remedy
from core.policy.rulebooks.answers import Answers
from core.policy.rulebooks.linting import asked_twice, list_problem
from core.policy.rulebooks.names import Names
from core.policy.rulebooks.outgoing import outgoing_citations, outgoing_problems
from core.policy.rulebooks.partaking import bases
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rulebooks.unlinked import unlinked
from core.policy.rules.citations import ROW_KINDS, Citation
from core.policy.rules.flow import Stage


class PluginRefusedError(Exception):
    """A plugin that cannot be composed: its name, and every object that is wrong with what to do about it."""

    def __init__(self, place: str, problems: tuple[str, ...]) -> None:
        """Keep the place and all problems."""
        super().__init__(f"plugin {place!r} refused:\n" + "\n".join(f"- {p} → {remedy(p)}" for p in problems))
        self.place = place
        self.problems = problems


def compose(answers: Answers, options: dict[str, Any] | None = None) -> Rulebook:
    """Compose answers with a tenant's options.

    Raises: PluginRefusedError naming every problem of the plugin; ValueError for an option value not offered.
    """
    problems = tuple(inconsistencies(answers))
    if problems:
        raise PluginRefusedError(answers.place, problems)
    chosen = {o.key: o.default for o in answers.openings.options}
    for key, value in (options or {}).items():
        option = answers.option(key)
        if option is None or (not option.open_values and value not in option.values):
            message = f"option {key!r} of {answers.place!r} does not offer {value!r}"
            raise ValueError(message)
        if problem := list_problem(option, value):
            message = f"option {key!r} of {answers.place!r} {problem}"
            raise ValueError(message)
        chosen[option.key] = value
    digest = hashlib.sha256(canonical([answers.place, answers.edition, answers.sources, _values(answers), chosen]))
    return Rulebook(answers, chosen, digest.hexdigest())


def _values(answers: Answers) -> list[Any]:
    return [[t.key, [[d.since.isoformat(), d.value] for d in t.values]] for t in answers.thresholds]


def inconsistencies(answers: Answers) -> Iterator[str]:
    """Every reference that leads nowhere, every key declared twice, every citation of a row that is not listed."""
    yield from _duplicates(answers)
    yield from _uncited(answers)
    yield from _bad_rows(answers)
    names = Names(answers)
    yield from unlinked(answers, names)
    yield from outgoing_problems(answers, names)
    yield from asked_twice(answers)
    yield from (f"option {o.key}: {said}" for o in answers.openings.options if (said := list_problem(o, o.default)))


def _duplicates(answers: Answers) -> Iterator[str]:
    for kind, objects in answers.kinds.items():
        for key, count in Tally(o.key for o in objects).items():
            if count > 1:
                yield f"{kind} {key}: declared {count} times"
    for row, count in Tally(r.id for r in answers.rows).items():
        if count > 1:
            yield f"row {row}: listed {count} times"


def _uncited(answers: Answers) -> Iterator[str]:
    known = {row.id for row in answers.rows}
    for name, citation in citations(answers):
        for row in citation.rows:
            if row not in known:
                yield f"{name}: cites unknown row {row!r}"


def _bad_rows(answers: Answers) -> Iterator[str]:
    for row in answers.rows:
        if row.kind not in ROW_KINDS:
            yield f"row {row.id}: unknown kind {row.kind!r}"


def citations(answers: Answers) -> Iterator[tuple[str, Citation]]:
    """Every citation in a plugin's answers with the name of the object it stands on."""
    for kind, objects in answers.kinds.items():
        for item in objects:
            yield from _of_item(kind, item)
    yield from outgoing_citations(answers)
    for stage in answers.stages:
        yield f"stage {stage.key}", stage.citation
        yield from ((f"stage {stage.key}", c) for c in _inner(stage))
    for point in answers.selection_points:
        yield f"selection at {point.stage}", point.citation


def _of_item(kind: str, item: Any) -> Iterator[tuple[str, Citation]]:
    yield f"{kind} {item.key}", item.citation
    if kind == "gate" and item.waiver is not None:
        yield f"waiver of {item.key}", item.waiver.citation
    if kind == "listing rule":
        parts = (item.ownership, item.price, item.purchase, item.costs)
        yield from ((f"listing rule {item.key}", part.citation) for part in parts if part is not None)
    if kind == "regulation":
        yield from ((f"transition {transition.key}", transition.citation) for transition in item.transitions)
    if kind == "limit":
        yield from ((f"pause {rule.key} of {item.key}", rule.citation) for rule in item.pauses)
    if kind == "track" and item.by_reference is not None:
        yield f"track {item.key} by reference", item.by_reference.citation


def _inner(stage: Stage) -> Iterable[Citation]:
    yield from (o.citation for o in stage.outcomes)
    yield from (d.citation for d in stage.papers)
    yield from bases(stage)
    if stage.when_citation is not None:
        yield stage.when_citation
    review = stage.review
    if review is not None:
        yield review.citation
        yield from (citation for _, _, citation in review.items)
        yield from (r.citation for r in review.reviewers)
        if review.panel is not None:
            yield review.panel.citation
