"""Where a tenant lets the ban begin with the listing, what a project has listed bars the next one (ZJ-4-1-b)."""

from pathlib import Path

from core.policy.rulebooks.registry import installed
from core.policy.scenarios import load, run

FOLDER = Path(__file__).parents[3] / "plugins" / "zhejiang" / "scenarios"
LISTED = """
title: 上架以后，按上架起算的解释也不得再建
place: zhejiang
rules: [ZJ-4-1-b]
given:
  options: {ban_starts_at: listing}
  projects:
    second: {title: 农村公路平台, created_on: 2025-01-06}
steps:
  - use: class1_accepted
  - on: 2025-09-16
    do: submit market_listing
    ref: a
    facts: {owner: state, lister: 甲公司}
    papers: [source_code, property_confirmation]
  - on: 2025-09-16
    do: submit demand_collection
    project: second
    facts:
      unit_level: county
      need_categories: [public_demand]
      scenario_kind: general_use
      multi_cross: true
      app_kind: rural_road
    papers: [three_lists, collection_materials]
    expect: {accepted: false, finds: [{gate: rebuild_ban, severity: block, item: main/a}]}
"""


def test_an_application_bars_the_next_one_from_the_day_it_is_listed(tmp_path: Path) -> None:
    for name in ("shared", "standard.yaml"):
        (tmp_path / name).symlink_to(FOLDER / name)
    path = tmp_path / "listed.yaml"
    path.write_text(LISTED, encoding="utf-8")
    (scenario,) = load(path)
    report = run(scenario, installed())
    assert [problem for step in report.steps for problem in step.problems] == []
