"""A rulebook as plain data: what forms, rule pages and other systems read of it."""

from typing import Any

from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.flow import Stage


def content_of(rules: Rulebook) -> dict[str, Any]:
    """Everything a rulebook holds, each object with its article."""
    return _procedure(rules) | _measures(rules) | _limits_and_papers(rules) | _consequences(rules) | _openings(rules)


def _procedure(rules: Rulebook) -> dict[str, Any]:
    """Who acts, on which paths, in which steps."""
    return {
        "roles": [{"key": r.key, "title": r.title, "seat": r.seat.value} for r in rules.roles.values()],
        "tracks": [
            {
                "key": t.key,
                "title": t.title,
                "article": rules.article(t.citation.rows),
                "stages": [{"segment": segment.key, **_stage(rules, stage)} for segment, stage in rules.line(t.key)],
            }
            for t in rules.tracks.values()
        ],
        "sides": [
            {"key": s.key, "title": s.title, "stages": [_stage(rules, stage) for stage in s.stages]}
            for s in rules.sides.values()
        ],
    }  # fmt: skip


def _measures(rules: Rulebook) -> dict[str, Any]:
    """What cases are measured by."""
    return {
        "facts": [
            {
                "key": f.key,
                "title": f.title,
                "type": f.type.value,
                "choices": list(zip(f.choices, f.labels or f.choices, strict=True)),
                "entered_by": f.entered_by,
                "article": rules.article(f.citation.rows),
            }
            for f in rules.facts.values()
        ],
        "amounts": [{"key": a.key, "title": a.title, "moment": a.moment} for a in rules.amounts.values()],
        "thresholds": [
            {"key": t.key, "code": t.code, "title": t.title, "comparator": t.comparator, "unit": t.unit,
             "value": t.values[-1].value, "article": rules.article(t.citation.rows)}
            for t in rules.thresholds.values()
        ],
    }  # fmt: skip


def _limits_and_papers(rules: Rulebook) -> dict[str, Any]:
    """Until when, and what is handed in."""
    return {
        "limits": [
            {"key": x.key, "code": x.code, "title": x.title, "kind": x.kind.value, "amount": x.amount,
             "unit": x.unit.value, "owner": x.owner, "article": rules.article(x.citation.rows)}
            for x in rules.limits.values()
        ],
        "papers": [
            {"key": p.key, "code": p.code, "title": p.title, "sealed": p.sealed, "form_missing": p.form_missing,
             "article": rules.article(p.citation.rows)}
            for p in rules.papers.values()
        ],
    }  # fmt: skip


def _consequences(rules: Rulebook) -> dict[str, Any]:
    """What may stop an act and what follows from history."""
    return {
        "gates": [
            {"key": g.key, "code": g.code, "title": g.title, "severity": g.severity.value,
             "provenance": g.citation.provenance.value, "article": rules.article(g.citation.rows)}
            for g in rules.gates.values()
        ],
        "effects": [
            {"key": e.key, "code": e.code, "title": e.title, "target": e.target.value, "cure": e.cure,
             "article": rules.article(e.citation.rows)}
            for e in rules.effects.values()
        ],
        "registers": [
            {"key": r.key, "title": r.title, "per": r.per, "derived": r.derived} for r in rules.registers.values()
        ],
    }  # fmt: skip


def _openings(rules: Rulebook) -> dict[str, Any]:
    """What a tenant may settle, and every row of the index."""
    return {
        "options": [
            {"key": o.key, "title": o.title, "values": o.values, "chosen": rules.options[o.key], "default": o.default,
             "reason": o.reason, "point": o.point}
            for o in rules.answers.openings.options
        ],
        "rows": [{"id": r.id, "article": r.article, "kind": r.kind, "text": r.text} for r in rules.rows.values()],
    }  # fmt: skip


def _stage(rules: Rulebook, stage: Stage) -> dict[str, Any]:
    return {
        "key": stage.key,
        "title": stage.title,
        "kind": stage.kind.value,
        "actors": stage.actors,
        "outcomes": [{"key": o.key, "title": o.title, "kind": o.kind.value} for o in stage.outcomes],
        "asks": stage.asks,
        "papers": [d.paper for d in stage.papers],
        "article": rules.article(stage.citation.rows),
    }
