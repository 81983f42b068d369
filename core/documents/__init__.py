"""Documents (材料): files taken in safely, papers handed in once, versions kept for ever.

A file is *staged* (`stage_upload`), then *handed in* as a version of a paper (`hand_in`, or `attach` inside a
larger act), read back by every stage that asks for its type (`papers_of`), given out (`find_file`, `open_file`)
and, when nobody handed it in, *swept*. How a kill at any step leaves neither a version without its file nor a
file without its row is told in `uploading`.
"""

from core.documents.downloading import Download, find_file, open_file, record_download
from core.documents.handing_in import Attached, attach, hand_in, papers_of, papers_of_unit, versions_of
from core.documents.inspection import DEFAULT_LIMITS, Limits
from core.documents.model import (
    DocumentMoved,
    DocumentNotFound,
    FileMissing,
    FileRefused,
    Form,
    HandIn,
    PaperMisformed,
    PaperVersion,
    Seal,
    StorageUnavailable,
    StoredFile,
    Upload,
    UploadNotReady,
    UploadState,
)
from core.documents.storing import FileStore, open_store
from core.documents.sweeping import Lost, Swept, find_lost, sweep
from core.documents.uploading import stage_upload

__all__ = [
    "DEFAULT_LIMITS",
    "Attached",
    "DocumentMoved",
    "DocumentNotFound",
    "Download",
    "FileMissing",
    "FileRefused",
    "FileStore",
    "Form",
    "HandIn",
    "Limits",
    "Lost",
    "PaperMisformed",
    "PaperVersion",
    "Seal",
    "StorageUnavailable",
    "StoredFile",
    "Swept",
    "Upload",
    "UploadNotReady",
    "UploadState",
    "attach",
    "find_file",
    "find_lost",
    "hand_in",
    "open_file",
    "open_store",
    "papers_of",
    "papers_of_unit",
    "record_download",
    "stage_upload",
    "sweep",
    "versions_of",
]
