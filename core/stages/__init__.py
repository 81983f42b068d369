"""Stages (环节): the one way a case begins and moves, and what people read of where it stands.

`begin` and `act` are the only writers of projects; each judges by `core.policy.judging.deciding.decide` and writes
state, lists, receipt and journal together. `preview` asks without doing. Reads are in `reading`.
"""

from core.stages.acting import act, preview
from core.stages.beginning import UnitUnknown, begin
from core.stages.forms import possible_acts
from core.stages.mapping import route_of
from core.stages.model import (
    Acted,
    ActRefused,
    ActRequest,
    DateNotPossible,
    IdempotentKey,
    NewProject,
    NotYourRole,
    PaperIn,
    StaleVersion,
)
from core.stages.parties import is_partys_own
from core.stages.reading import (
    DeadlineRow,
    DeskRow,
    Holder,
    deadlines,
    desk,
    holders_of,
    open_case,
    receipt,
    waiting,
)
from core.stages.referring import Parcel, Referred, list_referred, parcels_of, receive
from core.stages.replaying import Replayed, replay_project
from core.stages.rights import roles_in, sight_of
from core.stages.venue import Venue
from core.stages.venues import Venues

__all__ = [
    "ActRefused",
    "ActRequest",
    "Acted",
    "DateNotPossible",
    "DeadlineRow",
    "DeskRow",
    "Holder",
    "IdempotentKey",
    "NewProject",
    "NotYourRole",
    "PaperIn",
    "Parcel",
    "Referred",
    "Replayed",
    "StaleVersion",
    "UnitUnknown",
    "Venue",
    "Venues",
    "act",
    "begin",
    "deadlines",
    "desk",
    "holders_of",
    "is_partys_own",
    "list_referred",
    "open_case",
    "parcels_of",
    "possible_acts",
    "preview",
    "receipt",
    "receive",
    "replay_project",
    "roles_in",
    "route_of",
    "sight_of",
    "waiting",
]
