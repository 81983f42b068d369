"""Rulebooks as data (规则): what forms, rule pages and other systems need to know of a place's regulation."""

from typing import Any

from litestar import Controller, get

from core.api.asking import Asking
from core.kernel.errors import NotFound
from core.policy.flow import Stage
from core.policy.registry import UnknownPlaceError
from core.policy.rulebook import Rulebook


class Rules(Controller):
    """The regulations installed here; readable without signing in."""

    path = "/rules"
    tags = ("规则",)

    @get(operation_id="list_places", summary="已安装的规章")
    async def places(self, asking: Asking) -> dict[str, Any]:
        """Every place whose regulation is installed."""
        registry = asking.venues.registry
        rows = [_place(registry.place(code).rulebook()) for code in registry.places()]
        refused = [{"place": place, "problems": error.problems} for place, error in registry.refused.items()]
        return {"rows": rows, "refused": refused}

    @get("/{place:str}", operation_id="get_rulebook", summary="规则手册")
    async def one(self, asking: Asking, place: str) -> dict[str, Any]:
        """One rulebook: tracks, stages, limits, papers, gates, effects, registers, options, and every row."""
        try:
            rules = asking.venues.registry.place(place).rulebook()
        except UnknownPlaceError as error:
            raise NotFound(f"没有安装“{place}”的规章") from error
        return _place(rules) | _content(rules)


def _place(rules: Rulebook) -> dict[str, Any]:
    first = next(iter(rules.regulations.values()))
    return {
        "place": rules.place,
        "edition": rules.edition,
        "digest": rules.digest,
        "title": first.title,
        "number": first.number,
        "effective_on": first.effective_on,
        "expires_on": first.expires_on,
    }


def _content(rules: Rulebook) -> dict[str, Any]:
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
