"""The market (应用市场), first step: a finished project opens the draft of a listing where its regulation allows one.

Publishing, search and reuse stand on these drafts and come later.
"""

from core.market.model import Draft, DraftMissing, DraftState
from core.market.service import find_drafts, list_drafts, open_drafts

__all__ = ["Draft", "DraftMissing", "DraftState", "find_drafts", "list_drafts", "open_drafts"]
