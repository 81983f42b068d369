"""Names as a domain expert writes them: keys, codes (G-25, D06) and the sheet's aliases, led to the rulebook's keys."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from core.kernel.errors import Invalid
from core.kernel.money import parse_yuan
from core.policy.rulebook import Rulebook
from core.policy.scenarios.reading import Block, Problem
from core.policy.values import FactType

CORE_FINDINGS = frozenset(
    {
        "against_opinion",
        "binding_opinion",
        "case_ended",
        "defect_unanswered",
        "defects_missing",
        "fact_invalid",
        "fact_locked",
        "fact_missing",
        "fact_not_yours",
        "fact_out_of_place",
        "item_result_missing",
        "late",
        "late_defect",
        "no_invites",
        "no_pause",
        "not_withdrawable",
        "not_your_act",
        "opinion_outstanding",
        "paper_not_yours",
        "reason_against_opinion",
        "reason_missing",
        "rulebook_not_in_force",
        "side_already_open",
        "side_not_available",
        "stage_not_on_track",
        "stage_not_open",
        "unknown_fact_key",
        "unknown_outcome",
        "unknown_paper",
        "unknown_role",
        "unknown_side",
        "wrong_act",
        "wrong_target",
    }
)
"""Findings of core's own; a test holds this list against the engine."""

_TITLES = {
    "stage": "环节",
    "gate": "检查",
    "role": "角色",
    "fact": "事项",
    "paper": "材料",
    "limit": "期限",
    "register": "登记簿",
    "effect": "联动后果",
    "track": "路径",
    "side": "旁支流程",
    "parameter": "参数",
    "row": "条款",
    "listing": "上架规则",
}


class Names:
    """The words of one rulebook by kind, and the problems met while reading them."""

    def __init__(self, rules: Rulebook) -> None:
        """Index keys, codes and aliases; a key always wins over an alias of another object."""
        self.rules = rules
        self.problems: list[Problem] = []
        answers = rules.answers
        self._words = {
            "stage": _index(stage for _, stage in rules.all_stages()),
            "gate": {**_index(answers.gates), **{key: key for key in CORE_FINDINGS if key not in rules.gates}},
            "role": _index(answers.roles),
            "fact": _index((*answers.facts, *answers.amounts)),
            "paper": _index(answers.papers),
            "limit": _index(answers.limits),
            "register": _index(answers.registers),
            "effect": _index(answers.effects),
            "track": _index(answers.tracks),
            "side": _index(answers.sides),
            "parameter": _index(answers.openings.parameters),
            "row": {row.id: row.id for row in answers.rows},
            "listing": _index(answers.listing_rules),
        }

    def knows(self, kind: str, word: str) -> bool:
        """Whether the rulebook has that word."""
        return word in self._words[kind]

    def find(self, kind: str, word: Any, within: Block, key: str = "") -> str:
        """The key a word stands for; an unknown word is a problem, and comes back as it is."""
        found = self._words[kind].get(str(word))
        if found is None:
            self.problems.append(within.problem(f"本办法没有名为“{word}”的{_TITLES[kind]}。", key))
            return str(word)
        return found

    def facts(self, raw: Any, within: Block) -> dict[str, Any]:
        """Facts by key, with yuan read as fen and days written as text."""
        found: dict[str, Any] = {}
        if not isinstance(raw, Block):
            return found
        for word, value in raw.items():
            key = self.find("fact", word, raw, word)
            fact = self.rules.facts.get(key)
            is_money = key in self.rules.amounts or (fact is not None and fact.type is FactType.MONEY)
            found[key] = self.money(value, raw, word) if is_money else _plain(value)
        return found

    def money(self, value: Any, within: Block, key: str) -> Any:
        """Yuan as written, in fen; a float is refused, since 0.1 has no exact one. None stays unset."""
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, float):
            self.problems.append(within.problem(f"“{key}”的金额请加引号,例如 \"499999.99\"。", key))
            return 0
        try:
            return parse_yuan(value, field=key)
        except (Invalid, TypeError):
            self.problems.append(within.problem(f"“{key}”应为以元为单位的金额,写的是 {value!r}。", key))
            return 0


def _index(objects: Iterable[Any]) -> dict[str, str]:
    objects = tuple(objects)
    found: dict[str, str] = {}
    for item in objects:
        for word in (*item.aliases, getattr(item, "code", "")):
            if word:
                found.setdefault(word, item.key)
                found.setdefault(word.split("-", 1)[-1] if word.count("-") > 1 else word, item.key)
    found.update({item.key: item.key for item in objects})
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value
