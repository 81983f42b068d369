"""Where everything on the map of a track stands: the main line downwards, what leaves it to the right of it.

Boxes are as high as their wrapped text, rows as high as their boxes, and a segment is cut into sheets that fit a page:
so nothing can lie on something else, whatever a place declares.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from core.policy.printing.steps import CONDITIONAL, Teller
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.flow import Line, OutcomeKind, Stage
from core.policy.rules.tracks import Segment, SideProcess, Track

WIDTH = 760
MARGIN = 14
MAIN_LEFT, MAIN_WIDTH = MARGIN + 8, 306
ASIDE_LEFT, ASIDE_WIDTH = 378, 360
TITLE_SIZE, TEXT_SIZE, LINE_HEIGHT = 14, 12, 18
PADDING, GAP, HEADER = 9, 26, 34
SHEET_HEIGHT = 1000
_WIDE = 0x2000
"""Characters from here on are as wide as high; those below about half."""


@dataclass(slots=True)
class Box:
    """One stage on the map: its lines of text, and where it stands."""

    key: str
    title: tuple[str, ...]
    lines: tuple[str, ...]
    kind: str
    dashed: bool
    left: int
    width: int
    top: int = 0

    @property
    def height(self) -> int:
        """As high as its text."""
        return 2 * PADDING + LINE_HEIGHT * (len(self.title) + len(self.lines))

    @property
    def right(self) -> int:
        """The right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """The lower edge."""
        return self.top + self.height


@dataclass(slots=True)
class Row:
    """One stage of the main line with what leaves it: what it leads to itself, what comes back, what follows what."""

    main: Box
    leads: frozenset[str]
    aside: list[Box] = field(default_factory=list)
    linked: set[str] = field(default_factory=set)
    returning: set[str] = field(default_factory=set)
    following: set[str] = field(default_factory=set)
    _last: frozenset[str] = frozenset()

    def put(self, box: Box, targets: frozenset[str]) -> None:
        """Stand a stage beside this one; a stage that stands here already is not put twice."""
        if any(other.key == box.key for other in self.aside):
            return
        self.aside.append(box)
        if box.key in self.leads:
            self.linked.add(box.key)
        elif box.key in self._last:
            self.following.add(box.key)
        if self.main.key in targets:
            self.returning.add(box.key)
        self._last = targets

    @property
    def height(self) -> int:
        """As high as the higher side."""
        beside = sum(box.height for box in self.aside) + (GAP // 2) * max(len(self.aside) - 1, 0)
        return max(self.main.height, beside)


@dataclass(slots=True)
class Sheet:
    """One picture: a segment, or the part of it that fits a page."""

    title: str
    rows: list[Row]
    begins: bool
    ends: bool
    height: int = 0


def lay_out(teller: Teller, track: Track, numbers: Mapping[str, int]) -> tuple[Sheet, ...]:
    """The sheets of a track, in order."""
    groups = _merged(teller.rules, [teller.rules.segments[key] for key in track.segments])
    return _placed(_sheets_of(teller, groups, numbers, (Line.MAIN,)))


def lay_out_side(teller: Teller, side: SideProcess, numbers: Mapping[str, int]) -> tuple[Sheet, ...]:
    """The sheets of a side process."""
    return _placed(_sheets_of(teller, [(side.title, side.stages)], numbers, tuple(Line)))


def _sheets_of(
    teller: Teller, groups: list[tuple[str, tuple[Stage, ...]]], numbers: Mapping[str, int], on_line: tuple[Line, ...]
) -> list[Sheet]:
    """Every stage in its segment: on the line, or beside the stage of the line that leads to it, wherever that is."""
    stages = {stage.key: stage for _, group in groups for stage in group}
    lines = [
        {s.key: Row(_box(teller, s, numbers, stages, main=True), leads=_targets(s)) for s in group if s.line in on_line}
        for _, group in groups
    ]
    first = {key: row for line in reversed(lines) for key, row in line.items()}
    homes = _homes(tuple(stages.values()), first)
    for (_, group), line in zip(groups, lines, strict=True):
        for stage in (each for each in group if each.line not in on_line):
            home = homes.get(stage.key, "")
            row = line.get(home) or first.get(home) or next(reversed(line.values() or first.values()))
            row.put(_box(teller, stage, numbers, stages, main=False), _targets(stage))
    return [
        sheet for (title, _), line in zip(groups, lines, strict=True) for sheet in _sheets(title, list(line.values()))
    ]


def _targets(stage: Stage) -> frozenset[str]:
    """Every stage this one can lead to: by a result, for each party that enters, or when no party is left."""
    found = {key for outcome in stage.outcomes for key in (*outcome.next.targets, *outcome.opens)}
    if stage.takes is not None:
        found.update(stage.takes.opens)
    if stage.join is not None and stage.join.nobody is not None:
        found.update(stage.join.nobody.targets)
    return frozenset(found)


def _merged(rules: Rulebook, segments: Sequence[Segment]) -> list[tuple[str, tuple[Stage, ...]]]:
    """Segments by title; variants that share their stages stand on the map once."""
    found: list[tuple[str, tuple[Stage, ...]]] = []
    for segment in segments:
        named = f"{segment.title}（{CONDITIONAL}）" if segment.when is not None else segment.title
        if found and [s.key for s in found[-1][1]] == [s.key for s in segment.stages]:
            found[-1] = (f"{found[-1][0]} ／ {named}", found[-1][1])
        else:
            found.append((named, rules.stages_in(segment.key)))
    return found


def _homes(stages: tuple[Stage, ...], rows: Mapping[str, Row]) -> dict[str, str]:
    """The stage of the main line beside which every other stage stands: the first that leads to it, however far."""
    homes: dict[str, str] = {key: key for key in rows}
    for _ in stages:
        for stage in stages:
            if stage.key not in homes:
                continue
            for key in sorted(_targets(stage)):
                homes.setdefault(key, homes[stage.key])
    return homes


def _box(teller: Teller, stage: Stage, numbers: Mapping[str, int], known: Mapping[str, Stage], *, main: bool) -> Box:
    left, width = (MAIN_LEFT, MAIN_WIDTH) if main else (ASIDE_LEFT, ASIDE_WIDTH)
    room = width - 2 * PADDING
    return Box(
        key=stage.key,
        title=wrap(f"{numbers[stage.key]} {stage.title}", room, TITLE_SIZE),
        lines=tuple(line for text in _texts(teller, stage, known) for line in wrap(text, room, TEXT_SIZE)),
        kind=stage.line.value,
        dashed=stage.when is not None,
        left=left,
        width=width,
    )


def _texts(teller: Teller, stage: Stage, known: Mapping[str, Stage]) -> Iterator[str]:
    yield teller.roles(stage.actors)
    for limit in teller.rules.limits_at(stage.key):
        told = teller.limit(limit)
        yield f"{told.title}：{told.kind}"
    if stage.when is not None:
        yield f"{CONDITIONAL}（{teller.basis(stage.when_citation or stage.citation)}）"
    for outcome in stage.outcomes:
        led = teller.leads(stage, outcome)
        plain = outcome.kind is OutcomeKind.FORWARD and led == "进入下一环节" and len(stage.outcomes) == 1
        if not plain:
            yield f"{outcome.title}：{led}"
    if stage.takes is not None:
        yield f"可参加的：{teller.roles(stage.takes.roles)}"
    if stage.join is not None and (stage.join.nobody is not None or stage.join.nobody_ends is not None):
        yield f"没有参加方时：{teller.without_parties(stage.join)}"
    counter = teller.rules.counter(stage.key)
    if counter is not None:
        yield f"{counter.title}：以 {counter.limit} 次为限"
    opened = dict.fromkeys(key for outcome in stage.outcomes for key in outcome.opens if key in known)
    if opened:
        yield f"同时启动：{'、'.join(teller.rules.title_of(key) for key in opened)}"


def wrap(text: str, room: int, size: int) -> tuple[str, ...]:
    """A text in lines no wider than the room; no line begins with a mark that belongs to the one before."""
    lines, line, used = [], "", 0.0
    for mark in text:
        wide = size if ord(mark) >= _WIDE else size * 0.6
        if used + wide > room and mark not in "，。；：、）”":
            lines.append(line)
            line, used = "", 0.0
        line += mark
        used += wide
    return tuple([*lines, line] if line else lines)


def _sheets(title: str, rows: list[Row]) -> Iterator[Sheet]:
    """A segment in as few sheets as fit a page each."""
    kept: list[Row] = []
    used = HEADER
    part = 0
    for row in rows:
        if kept and used + row.height + GAP > SHEET_HEIGHT:
            yield Sheet(f"{title}（续）" if part else title, kept, begins=False, ends=False)
            kept, used, part = [], HEADER, part + 1
        kept.append(row)
        used += row.height + GAP
    if kept:
        yield Sheet(f"{title}（续）" if part else title, kept, begins=False, ends=False)


def _placed(sheets: list[Sheet]) -> tuple[Sheet, ...]:
    if sheets:
        sheets[0].begins, sheets[-1].ends = True, True
    for sheet in sheets:
        top = HEADER + GAP
        for row in sheet.rows:
            row.main.top = beside = top
            for box in row.aside:
                box.top = beside
                beside += box.height + GAP // 2
            top += row.height + GAP
        sheet.height = top + (GAP if sheet.ends else 0)
    return tuple(sheets)
