"""Who acts on a challenge beside the shared roles: bidders with accounts of their own, the public, other buyers."""

from core.policy.rules.actors import Role, Seat
from core.policy.rules.citations import cite

INTENDING = "intending_bidder"
BIDDER = "bidder"
PUBLIC = "public"

ROLES = (
    Role(key=INTENDING, title="意向揭榜方", seat=Seat.EXTERNAL, citation=cite("ZH-9-1", "ZH-9-2", "ZH-9-3")),
    Role(
        key=BIDDER, title="揭榜方", seat=Seat.EXTERNAL, from_outcome=True, citation=cite("ZH-6-3", "ZH-11-2", "ZH-12-1")
    ),
    Role(key=PUBLIC, title="社会公众", seat=Seat.EXTERNAL, acts=False, citation=cite("ZH-10-3", "ZH-10-4")),
)
