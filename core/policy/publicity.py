"""What is told to the public: notices that run for a time and may be objected to (公示)."""

from dataclasses import dataclass

from core.policy.citations import Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A public notice on a stage of kind `notice`: published, objected to, completed, each a recorded act.

    `limit` is its minimum period, whose last day belongs to it; empty where the text sets none. `objectors` may
    object or record an objection; who closes the stage settles them. Objections belong to their round: a stage
    opened anew begins with none. The gates speak for what stands in the way of completion, `late_gate` warns.
    """

    citation: Citation
    limit: str = ""
    objectors: tuple[str, ...] = ()
    over_gate: str
    objection_gate: str
    late_gate: str
