"""The plugin is whole: it composes, every rule row is cited, every paper and fact has its place."""

from core.policy.rulebooks.composing import citations
from core.policy.rulebooks.registry import Registry, installed
from plugins.baiyun import policy


def test_the_plugin_composes_without_a_problem() -> None:
    registry = Registry({"baiyun": policy})
    assert not registry.refused
    assert registry.place("baiyun").rulebook().edition == "baiyun@2024"


def test_every_row_of_the_sheet_is_listed_once() -> None:
    rows = policy.rule_index()
    assert len(rows) == len({row.id for row in rows}) == 228


def test_every_rule_row_is_cited_by_an_object_or_restates_one_that_is() -> None:
    answers = installed().place("baiyun").answers
    cited = {row for _, citation in citations(answers) for row in citation.rows}
    idle = [r.id for r in answers.rows if r.kind == "rule" and not cited & {r.id, *r.same_as}]
    assert idle == []


def test_a_row_without_behaviour_says_why_and_a_platform_row_names_its_test() -> None:
    for row in policy.rule_index():
        assert row.text.endswith("。"), row.id
        if row.kind in ("reference", "judgement"):
            assert row.note, row.id
        if row.kind == "platform":
            assert row.test, row.id


def test_rows_that_restate_another_name_one_that_exists() -> None:
    rows = {row.id for row in policy.rule_index()}
    assert all(set(row.same_as) <= rows for row in policy.rule_index())


def test_codes_are_printed_once_per_kind() -> None:
    book = installed().place("baiyun").rulebook()
    for kind in (book.gates, book.limits, book.papers, book.effects, book.thresholds):
        codes = [item.code for item in kind.values()]
        assert len(codes) == len(set(codes))


def test_all_sixty_two_papers_of_the_sheet_are_there() -> None:
    codes = {paper.code for paper in policy.papers()}
    assert {f"BY-D{n:02}" for n in range(1, 63)} <= codes


def test_all_sixty_four_gates_of_the_sheet_are_there() -> None:
    gates, effects = policy.gates()
    assert {f"BY-G{n:02}" for n in range(1, 65)} <= {gate.code for gate in gates}
    assert {f"BY-E{n:02}" for n in range(1, 19)} == {effect.code for effect in effects}


def test_an_option_that_offers_a_choice_is_read_somewhere() -> None:
    folder = installed().place("baiyun").folder
    code = "".join(p.read_text(encoding="utf-8") for p in folder.rglob("*.py") if p.name != "options.py")
    idle = [o.key for o in policy.openings().options if len(o.values) > 1 and f'"{o.key}"' not in code]
    assert idle == []
