"""Where a rule comes from: the rows of a regulation's index, or our own default (依据)."""

from dataclasses import dataclass, field
from enum import StrEnum


class Provenance(StrEnum):
    """How firmly the text carries a rule; shown beside every rule, so that nobody takes our choice for the law's."""

    TEXT = "text"
    INTERPRETATION = "interpretation"
    EXTERNAL = "external"
    CORE_DEFAULT = "core_default"


@dataclass(frozen=True, slots=True)
class Citation:
    """The basis of one rule object: row ids of the plugin's rule index, and the open point settled, if any.

    A core default cites no row and says so; every other citation names at least one. The two must stay
    distinct, or a reader would take our "return for correction" for the regulation's.
    """

    rows: tuple[str, ...]
    provenance: Provenance = Provenance.TEXT
    point: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse a basis that names nothing.

        Raises: ValueError when a non-default citation names no row.
        """
        if not self.rows and self.provenance is not Provenance.CORE_DEFAULT:
            message = "a citation names at least one row of the rule index, or is a core default"
            raise ValueError(message)


def cite(*rows: str, note: str = "") -> Citation:
    """Cite rows of the regulation's text."""
    return Citation(rows=rows, note=note)


def reading(point: str, *rows: str, note: str = "") -> Citation:
    """Cite our reading of an open point (存疑条款的解释), with the rows it reads."""
    return Citation(rows=rows, provenance=Provenance.INTERPRETATION, point=point, note=note)


def by_reference(*rows: str, note: str) -> Citation:
    """Cite a row that hands the matter to another text (参照其他规定)."""
    return Citation(rows=rows, provenance=Provenance.EXTERNAL, note=note)


CORE_DEFAULT = Citation(rows=(), provenance=Provenance.CORE_DEFAULT, note="平台默认规则")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a plugin's rule index: one rule of one article, in our own words (条款索引).

    `kind` says how the row can live here: `rule` is encoded and exercised; `judgement` is left to a person;
    `reference` has no behaviour; `platform` is a feature with its own test; `slot` is filled by another text;
    `market` lives only where systems are listed, searched and reused, and says in `note` what it awaits there;
    `inexpressible` says why not in `note`.
    """

    id: str
    article: str
    kind: str
    text: str
    note: str = ""
    test: str = ""
    same_as: tuple[str, ...] = field(default=())


ROW_KINDS = frozenset({"rule", "judgement", "reference", "platform", "slot", "market", "inexpressible"})
