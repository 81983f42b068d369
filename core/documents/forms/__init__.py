"""Generated papers (表样成文): a declared form filled from what the project knows, as Word, as PDF, and as data.

Every value is read from the case when the paper is written; nothing is stored and nothing typed twice. A generated
file is handed in like any other: staged as an upload, then named by an act.
"""

from core.documents.forms.filling import FormMissing, Known, fill, forms_of
from core.documents.forms.model import FilledForm, FilledItem, FilledSection, Filling, ItemKind, Missing
from core.documents.forms.printing import FontsMissing, to_pdf
from core.documents.forms.word import to_docx

__all__ = [
    "FilledForm",
    "FilledItem",
    "FilledSection",
    "Filling",
    "FontsMissing",
    "FormMissing",
    "ItemKind",
    "Known",
    "Missing",
    "fill",
    "forms_of",
    "to_docx",
    "to_pdf",
]
