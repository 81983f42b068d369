"""The forms of Annex 2 are filled from what the project already knows, and say what is missing."""

from pathlib import Path

import pytest

from core.documents.forms.filling import Known, fill
from core.policy.rulebooks.registry import installed
from core.policy.scenarios.loading import load
from core.policy.scenarios.running import Player

DEMO = Path(__file__).parents[3] / "plugins" / "jiujiang" / "demo" / "2-city.yaml"
KNOWN = Known(unit={"name": "市应急管理局"})


def _text(paper: str) -> str:
    scenario = load(DEMO)[0]
    player = Player(scenario, installed().place("jiujiang").rulebook())
    player.create("main")
    for step in scenario.steps[:4]:
        player.play(step)
    return repr(fill(player.case("main", scenario.steps[4].on), paper, KNOWN))


@pytest.mark.parametrize("paper", ["application_form", "technical_plan"])
def test_a_form_shows_what_the_project_knows(paper: str) -> None:
    shown = _text(paper)
    for known in ("智联底座迭代及园区智能化改造项目", "市应急管理局", "建设指挥平台", "2,990,000"):
        assert known in shown, known


def test_the_plan_has_its_eight_chapters() -> None:
    shown = _text("technical_plan")
    for chapter in ("概述", "项目需求分析", "项目投资与财务方案", "附表、附图和附件"):
        assert chapter in shown
