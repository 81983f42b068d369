"""Playing a challenge up to a shared opening, then on by hand in changed surroundings."""

from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from core.policy.cases.acts import Act, Decision
from core.policy.cases.case import Case
from core.policy.judging.deciding import decide
from core.policy.rulebooks.registry import installed
from core.policy.scenarios import load
from core.policy.scenarios.running import Player

FOLDER = Path(__file__).parents[3] / "plugins" / "zhuhai" / "scenarios"
HEAD = "title: 揭榜\nplace: zhuhai\ngiven: {project: {facts: {application_kind: jiebang}}}\nsteps: [{use: %s}]\n"


class Challenge:
    """One challenge: played by a shared opening first, by single acts afterwards."""

    def __init__(self, folder: Path, opening: str) -> None:
        for name in ("shared", "standard.yaml"):
            (folder / name).symlink_to(FOLDER / name)
        path = folder / "challenge.yaml"
        path.write_text(HEAD % opening, encoding="utf-8")
        (scenario,) = load(path)
        self.player = Player(scenario, installed().place("zhuhai").rulebook(scenario.given.options))
        reports = [self.player.create("main"), *(self.player.play(step) for step in scenario.steps)]
        assert not [problem for report in reports for problem in report.problems]
        self.parameters = dict(scenario.given.parameters)

    def act(self, name: str, stage: str, role: str, on: date, **more: Any) -> Decision:
        """One act under the parameters of that day."""
        known = self.player.case("main", on).context
        context = msgspec.structs.replace(known, parameters=self.parameters)
        act = Act(name=name, stage=stage, role=role, on=on, **more)
        ruling = decide(self.player.rules, self.player.states["main"], context, act)
        self.player.states["main"] = ruling.after
        return ruling.decision

    @property
    def case(self) -> Case:
        """The case as it stands."""
        return self.player.case("main", date(2026, 12, 31))


def gates(decision: Decision) -> set[str]:
    """The gates that found something."""
    return {finding.gate for finding in decision.findings}
