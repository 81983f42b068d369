"""The conformance kit: one class to inherit, which proves of any plugin what every regulation must have.

Three lines in a plugin's tests are enough:

    class TestBaiyun(JurisdictionConformance):
        place = "baiyun"
"""

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from core.kernel.codec import decode, encode
from core.policy.coverage import cover
from core.policy.proving import boundaries, purity, wording
from core.policy.proving.graphs import Graph
from core.policy.rulebooks.editions import Edition
from core.policy.rulebooks.export import export
from core.policy.rulebooks.registry import Jurisdiction, Registry, installed
from core.policy.rulebooks.rulebook import Rulebook


class JurisdictionConformance:
    """What is proved of one plugin. Each test names everything that is wrong at once.

    `place` is its code; `edition` the label of one edition, the newest if empty; `registry` where it is loaded, if not
    installed; `root` where the tests of platform rows are looked up.
    """

    place: ClassVar[str]
    edition: ClassVar[str] = ""
    registry: ClassVar[Registry | None] = None
    root: ClassVar[Path | None] = None

    def _registry(self) -> Registry:
        return self.registry or installed()

    def _jurisdiction(self) -> Jurisdiction:
        return self._registry().place(self.place)

    def _rules(self) -> Rulebook:
        return self._edition().rulebook()

    def _edition(self) -> Edition:
        place = self._jurisdiction()
        return place.edition(self.edition) if self.edition else place.newest

    def _graphs(self) -> tuple[Graph, ...]:
        rules = self._rules()
        return tuple(Graph(rules, key) for key, track in rules.tracks.items() if track.segments)

    def test_no_stage_is_a_dead_end(self) -> None:
        """From every stage a case can come to its end, or what stands beside it is done."""
        _nothing(f"{graph.track}: {stage}" for graph in self._graphs() for stage in graph.dead_ends())

    def test_every_stage_can_be_reached(self) -> None:
        """No stage is declared that no track, side process or exhausted counter opens."""
        rules = self._rules()
        reached = frozenset[str]().union(*(graph.reachable() for graph in self._graphs()))
        used = {segment for track in rules.tracks.values() for segment in track.segments}
        idle = [f"segment {key}" for key in rules.segments if key not in used]
        _nothing(idle + sorted({f"stage {s.key}" for _, s in rules.all_stages() if s.key not in reached}))

    def test_every_loop_is_bounded_or_said_to_be_free(self) -> None:
        """What can be tried again is counted, or marked as without a limit in the text."""
        _nothing(f"{graph.track}: {stage}" for graph in self._graphs() for stage in graph.unbounded_loops())

    def test_every_figure_is_well_formed(self) -> None:
        """Comparator, unit and dates of each threshold can be read by a machine."""
        _nothing(boundaries.ill_formed(self._rules()))

    def test_a_split_leaves_no_gap_and_no_overlap(self) -> None:
        """Cases at limit − 1, limit and limit + 1 of each partition belong to exactly one part."""
        _nothing(boundaries.split_problems(self._rules()))

    def test_everything_has_its_basis(self) -> None:
        """Every object cites rows or is a core default; every rule row is cited."""
        _nothing(wording.baseless(self._rules()))

    def test_every_limit_has_a_start_a_kind_and_a_word_on_pauses(self) -> None:
        """A clock that nobody starts, or that counts nothing, is a promise nobody keeps."""
        _nothing(wording.clock_problems(self._rules()))

    def test_keys_and_codes_name_one_thing_each(self) -> None:
        """A code printed in a decision leads to one rule."""
        _nothing(wording.named_twice(self._rules()))

    def test_every_title_can_be_read_by_an_officer(self) -> None:
        """Titles are Chinese and not empty."""
        _nothing(wording.nameless(self._rules()))

    def test_no_gate_is_idle(self) -> None:
        """Every gate is asked somewhere, or a demand, counter, limit or panel speaks through it."""
        _nothing(wording.idle_gates(self._rules()))

    def test_the_answers_export_and_come_back_equal(self) -> None:
        """What a place says can be written down, carried elsewhere and compared."""
        exported = export(self._edition().answers)
        back = decode(encode(exported), dict)
        _nothing(sorted(key for key in exported if back[key] != exported[key]))

    def test_nothing_is_impure(self) -> None:
        """No clock, chance, network, database or file in the plugin's source."""
        jurisdiction = self._jurisdiction()
        package = str(jurisdiction.plugin.__name__).rpartition(".")[0]
        _nothing(purity.impurities(jurisdiction.folder, package))

    def test_numbers_stand_in_thresholds_only(self) -> None:
        """An amended figure is changed in one file."""
        _nothing(purity.bare_numbers(self._jurisdiction().folder))

    def test_every_row_lives_and_every_scenario_passes(self) -> None:
        """Rows are encoded and exercised, or say why they have no behaviour."""
        found = cover(self.place, self._registry(), self.root, self.edition)
        _nothing([f"row {row.id}: {row.missing}" for row in found.missing] + list(found.failed))


def _nothing(problems: Iterable[str]) -> None:
    """Fail with all problems, if there are any."""
    found = list(problems)
    if found:
        raise AssertionError("\n" + "\n".join(found))
