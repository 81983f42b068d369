"""Inspection of files (文件检查): what a file is by its content, and why it must not be taken.

Pure of database and network: a reader goes in, a kind or a refusal comes out. Nothing is ever unpacked to disk.
"""

from core.documents.inspection.kinds import KINDS, Kind
from core.documents.inspection.limits import DEFAULT_LIMITS, Limits
from core.documents.inspection.naming import extension_of, sanitised
from core.documents.inspection.sniffing import inspect

__all__ = ["DEFAULT_LIMITS", "KINDS", "Kind", "Limits", "extension_of", "inspect", "sanitised"]
