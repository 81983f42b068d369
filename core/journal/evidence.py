"""The evidence package of one project (证据包): its chain, the seals over it and a verifier, for somebody outside.

The files the entries name are added by whoever can read them; this module knows rows only.
"""

from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from uuid import UUID

import msgspec

from core.journal import offline_verifier, repository
from core.journal.hashing import unpack_heads
from core.journal.model import Root
from core.kernel.database import UnitOfWork

FORMAT = offline_verifier.FORMAT
VERIFIER = Path(offline_verifier.__file__)
_encode = msgspec.json.Encoder().encode
_HASHED_FROM = 5


class EvidenceLine(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the chain as the package keeps it: what its hash covers, byte for byte; hashes in hex."""

    seq: int
    previous: str
    hash: str
    fields: tuple[str | int, ...]
    detail: str

    def encode(self) -> bytes:
        return _encode(self)


async def evidence_lines(uow: UnitOfWork, project_id: UUID) -> AsyncIterator[EvidenceLine]:
    """The whole chain of a project, in its order."""
    async for rows in repository.verifiable_rows(uow, project_id):
        for row in rows:
            values = tuple(row)
            yield EvidenceLine(
                seq=row["seq"],
                previous=row["prev_hash"].hex(),
                hash=row["hash"].hex(),
                fields=values[_HASHED_FROM:],
                detail=row["detail"],
            )


async def evidence_seals(uow: UnitOfWork, project_id: UUID) -> list[bytes]:
    """The daily seals as lines, from the first that speaks of the project on."""
    return list(_lines(await repository.list_roots(uow), project_id))


def _lines(roots: Iterable[Root], project_id: UUID) -> Iterable[bytes]:
    begun = False
    for root in roots:
        begun = begun or any(chain == project_id for chain, _, _ in unpack_heads(root.heads))
        if begun:
            yield _encode(
                {
                    "day": root.day_on.isoformat(),
                    "previous": root.previous.hex(),
                    "root": root.root.hex(),
                    "heads": root.heads.hex(),
                }
            )
