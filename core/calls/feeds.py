"""Feeds (订阅源): the newest postings as Atom 1.0 and RSS 2.0, so that nobody has to look whether there is news."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.etree import ElementTree as ET

import msgspec

from core.calls.model import KIND_TITLES, Posting
from core.documents.forms.wording import printable
from core.kernel.clock import SHANGHAI

_ATOM = "http://www.w3.org/2005/Atom"
_ENTRIES = 50
_BEGINNING = datetime(2020, 1, 1, tzinfo=SHANGHAI)
LENGTH = _ENTRIES


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """One feed as bytes, with what a reader needs to ask only for news."""

    body: bytes
    etag: str
    changed_at: datetime

    @property
    def last_modified(self) -> str:
        """The instant of the last change as HTTP writes it."""
        return format_datetime(self.changed_at.astimezone(UTC).replace(microsecond=0), usegmt=True)


class Channel(msgspec.Struct, frozen=True, kw_only=True):
    """Whose feed it is: its title, its own address, and that of the pages; `page` is the address of one posting."""

    title: str
    own: str
    home: str

    def page(self, posting: Posting) -> str:
        return f"{self.home}/{posting.id}"


def atom(channel: Channel, postings: Sequence[Posting]) -> Feed:
    """The postings as Atom."""
    ET.register_namespace("", _ATOM)
    changed_at = _changed(postings)
    feed = ET.Element(f"{{{_ATOM}}}feed")
    _add(feed, "id", channel.own)
    _add(feed, "title", channel.title)
    _add(feed, "updated", changed_at.isoformat())
    _add(feed, "link", rel="self", href=channel.own, type="application/atom+xml")
    _add(feed, "link", rel="alternate", href=channel.home, type="text/html")
    for posting in postings:
        entry = ET.SubElement(feed, f"{{{_ATOM}}}entry")
        _add(entry, "id", f"urn:uuid:{posting.id}")
        _add(entry, "title", posting.title)
        _add(entry, "updated", posting.changed_at.astimezone(SHANGHAI).isoformat())
        _add(entry, "published", posting.published_at.astimezone(SHANGHAI).isoformat())
        _add(entry, "link", rel="alternate", href=channel.page(posting), type="text/html")
        _add(entry, "category", term=str(posting.kind), label=KIND_TITLES[posting.kind])
        author = ET.SubElement(entry, f"{{{_ATOM}}}author")
        _add(author, "name", posting.publisher)
        _add(entry, "summary", summary(posting))
    return _feed(feed, changed_at)


def rss(channel: Channel, postings: Sequence[Posting]) -> Feed:
    """The postings as RSS."""
    ET.register_namespace("atom", _ATOM)
    changed_at = _changed(postings)
    root = ET.Element("rss", version="2.0")
    feed = ET.SubElement(root, "channel")
    for name, text in (("title", channel.title), ("link", channel.home), ("description", channel.title)):
        ET.SubElement(feed, name).text = text
    ET.SubElement(feed, "language").text = "zh-cn"
    ET.SubElement(feed, "lastBuildDate").text = format_datetime(changed_at)
    _add(feed, "link", rel="self", href=channel.own, type="application/rss+xml")
    for posting in postings:
        item = ET.SubElement(feed, "item")
        ET.SubElement(item, "title").text = printable(posting.title)
        ET.SubElement(item, "link").text = channel.page(posting)
        ET.SubElement(item, "guid", isPermaLink="false").text = f"urn:uuid:{posting.id}"
        ET.SubElement(item, "pubDate").text = format_datetime(posting.published_at.astimezone(SHANGHAI))
        ET.SubElement(item, "category").text = KIND_TITLES[posting.kind]
        ET.SubElement(item, "description").text = printable(summary(posting))
    return _feed(root, changed_at)


def summary(posting: Posting) -> str:
    """A posting in a few lines: who, until when, what happened to it last, and what it says."""
    until = f"，至 {posting.closes_on.isoformat()}" if posting.closes_on is not None else ""
    head = f"{posting.publisher}，{KIND_TITLES[posting.kind]}，{posting.opened_on.isoformat()} 发布{until}。"
    last = posting.history[-1] if posting.history else None
    news = f"{last.on.isoformat()} {HAPPENED[last.what]}：{last.reason}。" if last is not None and last.reason else ""
    lines = "；".join(f"{line.title}：{line.value}" for line in posting.content.lines)
    names = f"公开名单：{'、'.join(posting.content.names)}" if posting.content.names else ""
    return "\n".join(part for part in (head, news, posting.content.body, lines, names) if part)


HAPPENED = {"published": "发布", "moved": "调整", "corrected": "更正", "closed": "结束", "withdrawn": "撤回"}


def _changed(postings: Sequence[Posting]) -> datetime:
    latest = max((posting.changed_at for posting in postings), default=_BEGINNING)
    return latest.astimezone(SHANGHAI).replace(microsecond=0)


def _feed(root: ET.Element, changed_at: datetime) -> Feed:
    body = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return Feed(body=body, etag=f'"{hashlib.sha256(body).hexdigest()[:32]}"', changed_at=changed_at)


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> None:
    element = ET.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    if text is not None:
        element.text = printable(text)
