"""What a scenario says of several parties in one case: who enters, what is objected to, where each stands."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """Base of all parts of a scenario: nothing unknown is allowed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class MemberGiven(Part):
    """One member of a consortium."""

    title: str
    party: str = ""
    kind: str = ""
    level: str = ""
    region: str = ""


class EntryGiven(Part):
    """A party that enters: its id is the `ref` of its later acts."""

    id: str
    title: str = ""
    kind: str = ""
    party: str = ""
    members: tuple[MemberGiven, ...] = ()


class ObjectionGiven(Part):
    """An objection to a notice as it is received, or as it is settled."""

    id: str
    by: str = ""
    text: str = ""
    on: date | None = None
    state: Literal["open", "dismissed", "upheld"] = "open"
    reason: str = ""
