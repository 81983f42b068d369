"""Expert libraries and draws (专家库与随机抽取): who is in, who cannot be drawn and why, and panels anybody can redraw.

| file | holds |
|---|---|
| `excluding.py` | the grounds on which somebody cannot be drawn; pure |
| `model.py` | experts, draws, and the function from a seed to a panel; pure |
| `library.py` | keeping a library |
| `drawing.py` | preparing, running, cancelling, checking draws |
| `repository.py` | every query |
"""

from core.registers.experts.drawing import (
    DrawDone,
    DrawMissing,
    DrawNotBacking,
    DrawOpen,
    NewDraw,
    cancel_draw,
    draws_of,
    get_draw,
    panel_of,
    prepare_draw,
    redraw,
    run_draw,
    verify_stored,
)
from core.registers.experts.excluding import Exclusion, Ground, Grounds, Note, PoolExpert
from core.registers.experts.library import (
    ExpertMissing,
    ExpertPage,
    NewExpert,
    add_expert,
    change_expert,
    list_experts,
    retire_expert,
)
from core.registers.experts.model import (
    Draw,
    DrawInputs,
    Expert,
    Former,
    Outcome,
    Quota,
    Seat,
    Shortage,
    replay,
    shortages_of,
    verify_draw,
)

__all__ = [
    "Draw",
    "DrawDone",
    "DrawInputs",
    "DrawMissing",
    "DrawNotBacking",
    "DrawOpen",
    "Exclusion",
    "Expert",
    "ExpertMissing",
    "ExpertPage",
    "Former",
    "Ground",
    "Grounds",
    "NewDraw",
    "NewExpert",
    "Note",
    "Outcome",
    "PoolExpert",
    "Quota",
    "Seat",
    "Shortage",
    "add_expert",
    "cancel_draw",
    "change_expert",
    "draws_of",
    "get_draw",
    "list_experts",
    "panel_of",
    "prepare_draw",
    "redraw",
    "replay",
    "retire_expert",
    "run_draw",
    "shortages_of",
    "verify_draw",
    "verify_stored",
]
