"""Checks chains of entries against themselves, their heads and the daily roots. Pure: it works on rows only.

It is also meant to be run by somebody who does not trust this service: it needs the rows, the roots, and nothing else.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from core.journal.hashing import GENESIS, digest, link, root_of, unpack_heads
from core.journal.model import Flaw, Root, Verification

# A row of `repository.verifiable_rows`, as a tuple or an asyncpg record:
# chain, seq, prev_hash, hash, detail, then the hashed fields.
Row = Any
_HASHED_FROM = 5
_FLAWS_KEPT = 1000


class Checker:
    """One running check of one tenant: fed with rows in the order of chain and number, asked for its result at the end.

    `heads` is where each chain claims to stand. `sealed` are hashes that roots have fixed: (chain, number) → hash.
    """

    def __init__(self, heads: Mapping[UUID, tuple[int, bytes]], sealed: Mapping[tuple[UUID, int], bytes]) -> None:
        self._heads = dict(heads)
        self._sealed = dict(sealed)
        self._flaws: list[Flaw] = []
        self._chain: UUID | None = None
        self._seq = 0
        self._hash = GENESIS
        self._chains = 0
        self._entries = 0

    def feed(self, rows: Iterable[Row]) -> None:
        """Check the next rows."""
        chain, seq, previous = self._chain, self._seq, self._hash
        for row in rows:
            if row[0] != chain:
                self._end(chain, seq, previous)
                chain, seq, previous = row[0], 0, GENESIS
                self._chains += 1
            problem = _problem(row, seq, previous)
            seq, previous = row[1], row[3]
            if problem:
                self._note(chain, seq, problem)
            if self._sealed and self._sealed.pop((chain, seq), previous) != previous:
                self._note(chain, seq, "与已封存的日根不一致")
            self._entries += 1
        self._chain, self._seq, self._hash = chain, seq, previous

    def result(self) -> Verification:
        """Close the last chain and name what is missing."""
        self._end(self._chain, self._seq, self._hash)
        self._chain = None
        for chain, (seq, _) in self._heads.items():
            self._note(chain, seq, "整条链缺失")
        for chain, seq in self._sealed:
            self._note(chain, seq, "已封存的条目缺失")
        return Verification(chains=self._chains, entries=self._entries, flaws=tuple(self._flaws))

    def _end(self, chain: UUID | None, seq: int, last: bytes) -> None:
        if chain is None:
            return
        head = self._heads.pop(chain, None)
        if head is None:
            self._note(chain, seq, "链首登记缺失")
        elif head != (seq, last):
            self._note(chain, seq, "链尾与登记不一致")

    def _note(self, chain: UUID | None, seq: int, problem: str) -> None:
        if chain is not None and len(self._flaws) < _FLAWS_KEPT:
            self._flaws.append(Flaw(chain_id=UUID(int=chain.int), seq=seq, problem=problem))


def _problem(row: Row, seq: int, previous: bytes) -> str:
    if row[1] != seq + 1:
        return "序号不连续"
    if row[2] != previous:
        return "与前一条不衔接"
    if link(previous, row[1], digest(row[_HASHED_FROM:], row[4])) != row[3]:
        return "内容与哈希不符"
    return ""


def check_roots(roots: Iterable[Root], kept_elsewhere: Mapping[str, bytes]) -> tuple[Flaw, ...]:
    """Check the seals against one another and against those somebody kept outside: day → root."""
    flaws: list[Flaw] = []
    previous = GENESIS
    missing = dict(kept_elsewhere)
    for root in roots:
        day = root.day_on.isoformat()
        if root.previous != previous or root_of(previous, day, root.heads) != root.root:
            flaws.append(Flaw(chain_id=UUID(int=0), seq=0, problem=f"{day} 的日根与前一日不衔接"))
        if missing.pop(day, root.root) != root.root:
            flaws.append(Flaw(chain_id=UUID(int=0), seq=0, problem=f"{day} 的日根与外部留存不一致"))
        previous = root.root
    flaws.extend(Flaw(chain_id=UUID(int=0), seq=0, problem=f"{day} 的日根缺失") for day in missing)
    return tuple(flaws)


def sealed_by(roots: Iterable[Root]) -> dict[tuple[UUID, int], bytes]:
    """What the seals say of single entries: (chain, number) → hash."""
    return {(chain, seq): head for root in roots for chain, seq, head in unpack_heads(root.heads)}
