"""A filled form: what Word, PDF and pages are made from, so that the three cannot differ."""

from datetime import date
from enum import StrEnum

import msgspec

from core.documents.forms.wording import day


class Filling(StrEnum):
    """How an item stands: known, missing though required, empty and allowed to be, or left to the pen."""

    KNOWN = "known"
    MISSING = "missing"
    EMPTY = "empty"
    BY_HAND = "by_hand"


class ItemKind(StrEnum):
    """What an item is."""

    FIELD = "field"
    TABLE = "table"
    NOTE = "note"


class FilledItem(msgspec.Struct, frozen=True, kw_only=True):
    """A field with its value in words, a table with its lines, or a fixed sentence.

    `asked_at` is the title of the stage whose form asks for what is missing; `article` the basis of the field.
    """

    kind: ItemKind
    key: str = ""
    title: str = ""
    value: str = ""
    filling: Filling = Filling.KNOWN
    article: str = ""
    asked_at: str = ""
    space: int = 0
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


class FilledSection(msgspec.Struct, frozen=True, kw_only=True):
    """A heading with its number as printed, its items and the sections inside it."""

    key: str
    number: str
    title: str
    level: int
    items: tuple[FilledItem, ...] = ()
    sections: tuple["FilledSection", ...] = ()


class Missing(msgspec.Struct, frozen=True, kw_only=True):
    """One thing the form still lacks: what, in which section, asked at which stage, by which article."""

    key: str
    title: str
    section: str
    asked_at: str = ""
    article: str = ""


class FilledForm(msgspec.Struct, frozen=True, kw_only=True):
    """One form of one project on one day. `complete` names the parts of the paper in which nothing is missing."""

    paper: str
    title: str
    layout: str
    official: bool
    article: str
    code: str
    project: str
    on: date
    sections: tuple[FilledSection, ...]
    missing: tuple[Missing, ...]
    complete: tuple[str, ...]

    @property
    def remark(self) -> str:
        """What the foot of every page says of the paper's origin."""
        origin = "" if self.official else "本表样由平台提供，不是办法所附表样。"
        return f"{origin}{self.code} 按项目登记内容生成，{day(self.on)}"

    @property
    def warning(self) -> str:
        """What the head of an incomplete paper says, empty for a complete one."""
        if not self.missing:
            return ""
        return f"尚缺 {len(self.missing)} 项，报送前须补齐：{'、'.join(dict.fromkeys(m.title for m in self.missing))}。"
