"""The rulebook as people read it: complete, in Chinese, with nothing on the map lying on something else."""

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from core.kernel.codec import decode, encode
from core.policy.coverage import cover
from core.policy.printing import Chosen, Printed, as_html, as_markdown, tell
from core.policy.printing.mapping import LINE_HEIGHT, SHEET_HEIGHT, TEXT_SIZE, Box, Sheet, lay_out, lay_out_side, wrap
from core.policy.printing.steps import Teller
from core.policy.rulebooks.composing import compose
from core.policy.rulebooks.registry import installed
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.flow import Line
from tests.core.policy.playing import REGISTRY

DAY = date(2026, 3, 2)
TOWN = REGISTRY.place("toytown").rulebook()
PLACES = {"toytown": REGISTRY, **dict.fromkeys(installed().places(), installed())}


def _printed(place: str = "toytown") -> Printed:
    return tell(PLACES[place].place(place).rulebook(), on=DAY)


def _sheets(rules: Rulebook) -> list[Sheet]:
    teller, numbers = Teller(rules), _numbers(rules)
    found = [sheet for track in rules.tracks.values() for sheet in lay_out(teller, track, numbers)]
    return found + [sheet for side in rules.sides.values() for sheet in lay_out_side(teller, side, numbers)]


def _numbers(rules: Rulebook) -> dict[str, int]:
    return {key: n for n, key in enumerate(dict.fromkeys(s.key for _, s in rules.all_stages()), start=1)}


def _boxes(sheet: Sheet) -> list[Box]:
    return [box for row in sheet.rows for box in (row.main, *row.aside)]


@pytest.mark.parametrize("place", PLACES)
def test_no_box_lies_on_another_and_every_box_is_on_its_sheet(place: str) -> None:
    for sheet in _sheets(PLACES[place].place(place).rulebook()):
        boxes = _boxes(sheet)
        for index, one in enumerate(boxes):
            assert one.bottom < sheet.height, (sheet.title, one.key)
            for other in boxes[index + 1 :]:
                apart = one.right < other.left or other.right < one.left
                assert apart or one.bottom < other.top or other.bottom < one.top, (sheet.title, one.key, other.key)


@pytest.mark.parametrize("place", PLACES)
def test_a_sheet_fits_a_page_unless_one_stage_alone_is_higher(place: str) -> None:
    for sheet in _sheets(PLACES[place].place(place).rulebook()):
        assert sheet.height <= SHEET_HEIGHT + 4 * LINE_HEIGHT or len(sheet.rows) == 1


@pytest.mark.parametrize("place", PLACES)
def test_every_stage_of_a_track_is_on_its_map_in_its_order(place: str) -> None:
    rules = PLACES[place].place(place).rulebook()
    for track in rules.tracks.values():
        sheets = lay_out(Teller(rules), track, _numbers(rules))
        drawn = {box.key for sheet in sheets for box in _boxes(sheet)}
        declared = {stage.key for key in track.segments for stage in rules.segments[key].stages}
        assert drawn == declared
        main = list(dict.fromkeys(row.main.key for sheet in sheets for row in sheet.rows))
        assert main == list(dict.fromkeys(s.key for _, s in rules.line(track.key) if s.line is Line.MAIN))


def test_a_detour_stands_beside_the_stage_that_leads_to_it_with_the_way_back() -> None:
    sheets = lay_out(Teller(TOWN), TOWN.tracks["small"], _numbers(TOWN))
    rows = {row.main.key: row for sheet in sheets for row in sheet.rows}
    assert "revise" in {box.key for box in rows["review"].aside}
    assert "revise" in rows["review"].linked & rows["review"].returning
    assert rows["signing"].linked == {"report"}
    assert rows["signing"].returning == set()
    assert rows["voting"].main.dashed


@pytest.mark.parametrize("text", ["一二三四五六七八九十" * 3, "abc def " * 20, "短", "末尾的句号正好在行末处了。"])
def test_a_line_is_no_wider_than_its_box_but_for_a_closing_mark(text: str) -> None:
    lines = wrap(text, 10 * TEXT_SIZE, TEXT_SIZE)
    assert "".join(lines) == text
    for line in lines:
        wide = sum(1 if ord(mark) >= 0x2000 else 0.6 for mark in line.rstrip("，。；：、）”"))
        assert wide <= 10
        assert line[0] not in "，。；：、）”"


class _Balanced(HTMLParser):
    """Every element that is opened is closed, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"meta", "br", "rect", "path"}:
            self.open.append(tag)
        self.ids += [value for name, value in attrs if name == "id" and value]

    def handle_endtag(self, tag: str) -> None:
        if tag not in {"rect", "path"}:
            assert self.open.pop() == tag


@pytest.mark.parametrize("place", PLACES)
def test_the_page_says_everything_in_chinese_and_needs_nothing_from_elsewhere(place: str) -> None:
    printed = _printed(place)
    page = as_html(printed)
    parser = _Balanced()
    parser.feed(page)
    assert parser.open == []
    assert len(parser.ids) == len(set(parser.ids))
    assert not re.search(r"<(script|link|img|iframe)\b|url\(", page)
    rules = PLACES[place].place(place).rulebook()
    for row in rules.answers.rows:
        assert f'<td class="id">{row.id}</td>' in page
    assert rules.digest in page
    assert rules.edition in page
    for shown in re.findall(r"(?:办理|材料|结论)</dt><dd>([^<]*)", page):
        assert not re.search(r"[a-z]+_[a-z]+", shown)


@pytest.mark.parametrize("place", PLACES)
def test_no_object_is_called_by_its_key_where_an_article_names_it(place: str) -> None:
    named = {name for a in _printed(place).articles for r in a.rows for name in r.encoded_by}
    assert {name for name in named if re.search(r"“[a-z_ ]+”|^[a-z]", name)} == set()


def test_a_stage_says_who_papers_limit_outcomes_and_article() -> None:
    steps = {step.key: step for part in (*_printed().parts, *_printed().sides) for step in part.steps}
    review = steps["review"]
    assert (review.who, review.kind, review.article) == ("数据局", "联合审核", "第三条")
    assert [(n.title, n.article) for n in review.papers] == [("会议纪要", "第四条")]
    assert [n.kind for n in review.limits] == ["5 个工作日"]
    assert [(n.title, n.detail) for n in review.outcomes[:2]] == [
        ("通过", "进入下一环节"),
        ("不通过", "转“调整”；须说明理由"),
    ]
    assert review.outcomes[2].detail.startswith("由审核人选择：“申报”、“初筛”")
    assert review.outcomes[2].detail.endswith("不计次数")
    assert "次为限，用尽后不予立项" in "".join(review.told)
    assert [n.detail for n in steps["termination_filing"].outcomes] == ["终止"]


def test_an_article_gathers_its_rows_with_what_encodes_them_and_the_scenarios() -> None:
    printed = tell(TOWN, on=DAY, coverage=cover("toytown", REGISTRY))
    articles = {article.article: article.rows for article in printed.articles}
    (row,) = articles["第十一条"]
    assert "期限“报告”" in row.encoded_by
    assert "life.yaml" in row.exercised_by
    assert printed.scenarios > 0
    assert [r.exercised_by for a in _printed().articles for r in a.rows if r.exercised_by] == []


def test_what_a_tenant_chose_is_shown_with_its_reason_and_day_and_the_rest_as_default() -> None:
    option = TOWN.answers.openings.options[0]
    options = {option.key: Chosen(value={"late": "block"}, from_on=date(2026, 1, 1), reason="区政府会议纪要")}
    rules = compose(TOWN.answers, {option.key: {"late": "block"}})
    printed = tell(rules, on=DAY, tenant="某区", options=options)
    (chosen, *others) = printed.options
    assert (chosen.by_tenant, chosen.reason, chosen.from_on) == (True, "区政府会议纪要", date(2026, 1, 1))
    assert not any(other.by_tenant for other in others)
    page, text = as_html(printed), as_markdown(printed)
    assert "本租户的选择" in page
    assert "某区" in page
    assert "区政府会议纪要（本租户选择）" in text
    assert "默认值" in as_html(_printed())
    assert rules.digest != TOWN.digest


def test_what_a_plugin_writes_is_text_and_never_markup() -> None:
    rows = tuple(replace(row, text="<script>alert(1)</script>") for row in TOWN.answers.rows)
    stages = tuple(
        replace(s, stages=tuple(replace(one, title="申报<b>") for one in s.stages[:1]) + s.stages[1:])
        for s in TOWN.answers.segments
    )
    page = as_html(tell(compose(replace(TOWN.answers, rows=rows, segments=stages)), on=DAY))
    assert "<script>" not in page
    assert "<b>" not in page


@pytest.mark.parametrize("place", PLACES)
def test_the_text_names_every_stage_and_row_and_the_values_come_back_equal(place: str) -> None:
    printed = _printed(place)
    text = as_markdown(printed)
    for part in (*printed.parts, *printed.sides):
        for step in part.steps:
            assert f"#### {step.number} {step.title}（" in text
    for article in printed.articles:
        assert all(f"- {row.id}（" in text for row in article.rows)
    assert "{{" not in text
    assert not re.search(r"\n{4,}", text)
    assert decode(encode(printed).encode(), Printed) == printed
