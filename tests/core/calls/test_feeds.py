"""Feeds are what the specifications of Atom and RSS ask for, and say what became of each posting."""

from datetime import datetime, timedelta
from uuid import UUID
from xml.etree import ElementTree as ET

import feedparser  # type: ignore[import-untyped] # it has no annotations
import pytest

from core.calls.feeds import Channel, atom, rss
from core.calls.model import Content, Happening, Line, Posting, PostingState
from core.kernel.clock import SHANGHAI
from core.policy.rules.publicity import PostingKind
from tests.core.calls.conftest import DAY

AT = datetime(2025, 9, 1, 9, 30, 15, 123456, SHANGHAI)
CHANNEL = Channel(
    title="公开信息", own="https://lixiang.example/api/v1/public/atom", home="https://lixiang.example/public"
)
ATOM = "{http://www.w3.org/2005/Atom}"


def a_posting(number: int, **values: object) -> Posting:
    found: dict[str, object] = {
        "id": UUID(int=number),
        "publisher_id": UUID(int=99),
        "publisher_code": "fair",
        "publisher": "集市",
        "kind": PostingKind.CALL,
        "title": f"发榜公告 <{number}> & 其他\x07",
        "content": Content(lines=(Line(title="方向", value="机器人"),), names=("甲公司",)),
        "opened_on": DAY,
        "closes_on": DAY + timedelta(days=30),
        "published_at": AT + timedelta(hours=number),
        "changed_at": AT + timedelta(hours=number),
        "history": (Happening(what="published", on=DAY),),
    }
    return Posting(**(found | values))  # type: ignore[arg-type]


CORRECTED = a_posting(
    2,
    changed_at=AT + timedelta(days=3),
    state=PostingState.WITHDRAWN,
    history=(Happening(what="published", on=DAY), Happening(what="withdrawn", on=DAY, reason="发布有误")),
)
POSTINGS = (a_posting(3), CORRECTED, a_posting(1))


@pytest.mark.parametrize("write", [atom, rss])
def test_a_reader_finds_every_posting_with_title_address_and_date(write: object) -> None:
    feed = write(CHANNEL, POSTINGS)  # type: ignore[operator]
    found = feedparser.parse(feed.body)
    assert not found.bozo, found.get("bozo_exception")
    assert found.feed.title == "公开信息"
    assert [entry.title for entry in found.entries] == [f"发榜公告 <{n}> & 其他" for n in (3, 2, 1)]
    assert found.entries[0].link == f"https://lixiang.example/public/{UUID(int=3)}"
    assert found.entries[0].id == f"urn:uuid:{UUID(int=3)}"
    assert "发布有误" in found.entries[1].summary
    assert found.entries[0].published_parsed[:5] == (2025, 9, 1, 4, 30)


def test_atom_has_what_rfc_4287_requires() -> None:
    root = ET.fromstring(atom(CHANNEL, POSTINGS).body)
    assert root.tag == f"{ATOM}feed"
    for parent in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert [bool(element.text) for element in parent.findall(f"{ATOM}{name}")] == [True]
        updated = datetime.fromisoformat(parent.findtext(f"{ATOM}updated", ""))
        assert updated.utcoffset() is not None
    own = [link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert own == [CHANNEL.own]
    assert all(entry.findtext(f"{ATOM}author/{ATOM}name") for entry in root.findall(f"{ATOM}entry"))
    assert root.findtext(f"{ATOM}updated") == "2025-09-04T09:30:15+08:00"


def test_rss_has_what_version_two_requires() -> None:
    root = ET.fromstring(rss(CHANNEL, POSTINGS).body)
    assert (root.tag, root.get("version"), len(root)) == ("rss", "2.0", 1)
    channel = root[0]
    assert all(channel.findtext(name) for name in ("title", "link", "description"))
    for item in channel.findall("item"):
        assert item.findtext("title")
        assert item.find("guid") is not None
        assert (item.findtext("pubDate") or "").endswith("+0800")


@pytest.mark.parametrize("write", [atom, rss])
def test_an_empty_feed_is_a_feed_too(write: object) -> None:
    found = feedparser.parse(write(CHANNEL, ()).body)  # type: ignore[operator]
    assert not found.bozo
    assert found.entries == []


def test_the_tag_of_a_feed_changes_with_its_content_and_only_then() -> None:
    assert atom(CHANNEL, POSTINGS).etag == atom(CHANNEL, POSTINGS).etag
    assert atom(CHANNEL, POSTINGS).etag != atom(CHANNEL, POSTINGS[:2]).etag
    assert atom(CHANNEL, POSTINGS).last_modified == "Thu, 04 Sep 2025 01:30:15 GMT"
