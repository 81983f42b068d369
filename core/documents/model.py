"""Values of documents: what is handed in, what is kept of it, and what may go wrong.

A *document* (材料) is one paper of a project or a unit; a *version* is that paper as handed in once; an
*upload* is a file that may become the content of one version. Whether a version is fresh or complete enough
is the regulation's question, not asked here.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec

from core.kernel.errors import Conflict, Invalid, NotFound, Problem, Unavailable
from core.policy.cases.state import Paper


class UploadState(StrEnum):
    """Where a file stands. An expired one may no longer be attached, and the sweeper removes it."""

    RECEIVING = "receiving"
    STAGED = "staged"
    ATTACHED = "attached"
    EXPIRED = "expired"


class Form(StrEnum):
    """What stands for the paper: a file, a record of data (记录), or only the number of a classified one (涉密文号)."""

    FILE = "file"
    RECORD = "record"
    REFERENCE = "reference"


class Upload(msgspec.Struct, frozen=True, kw_only=True):
    """One file on its way in or kept. Size, kind and hash are known once it is staged."""

    id: UUID
    state: UploadState
    object_key: str
    name: str
    kind: str | None = None
    media_type: str | None = None
    size: int | None = None
    sha256: str | None = None
    uploaded_by: UUID
    uploaded_by_name: str
    begun_at: datetime
    expires_at: datetime


class StoredFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file that can be read: where it lies and what it is."""

    object_key: str
    name: str
    kind: str
    media_type: str
    size: int
    sha256: str


class Seal(msgspec.Struct, frozen=True, kw_only=True):
    """One seal on a paper (盖章): whose, and on which day."""

    organisation: str
    on: date | None = None


class HandIn(msgspec.Struct, frozen=True, kw_only=True):
    """One paper as somebody hands it in, before it is stored.

    It belongs to a project, or else to a unit. Without `document_id` it is the next version of the paper of
    this type and `ref`; `separate` makes it a further paper of the same type instead (a second quotation).
    `classified` papers carry only their `filing_number`. `expected_version` is the version the person saw as
    current (0: none), None when it does not matter.
    """

    type: str
    title: str
    project_id: UUID | None = None
    organisation_id: UUID | None = None
    document_id: UUID | None = None
    separate: bool = False
    expected_version: int | None = None
    ref: str = ""
    stage: str = ""
    upload_id: UUID | None = None
    classified: bool = False
    seals: tuple[Seal, ...] = ()
    signed_by: tuple[str, ...] = ()
    filing_number: str = ""
    dated_on: date | None = None
    recipients: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    attributes: dict[str, Any] = {}
    outside: bool = False
    seq: int = 0

    @property
    def form(self) -> Form:
        if self.classified:
            return Form.REFERENCE
        return Form.FILE if self.upload_id is not None else Form.RECORD


class PaperVersion(msgspec.Struct, frozen=True, kw_only=True):
    """One version of one paper as it was handed in; it never changes afterwards."""

    document_id: UUID
    n: int
    type: str
    title: str
    project_id: UUID | None = None
    organisation_id: UUID | None = None
    ref: str = ""
    stage: str = ""
    form: Form
    upload_id: UUID | None = None
    file: StoredFile | None = None
    seals: tuple[Seal, ...] = ()
    signed_by: tuple[str, ...] = ()
    filing_number: str = ""
    dated_on: date | None = None
    recipients: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    attributes: dict[str, Any] = {}
    outside: bool = False
    handed_in_by: UUID
    handed_in_name: str
    handed_in_for: str = ""
    handed_in_on: date
    seq: int = 0
    recorded_at: datetime
    current_version: int

    @property
    def replaced_by(self) -> int | None:
        """The number of the version that took its place; derived, since versions are never rewritten."""
        return self.n + 1 if self.n < self.current_version else None

    def as_paper(self) -> Paper:
        """The version as rules see it."""
        return Paper(
            type=self.type,
            version=self.n,
            stage=self.stage,
            ref=self.ref,
            on=self.handed_in_on,
            seq=self.seq,
            sealed=bool(self.seals),
            sealed_by=tuple(seal.organisation for seal in self.seals),
            dated_on=self.dated_on,
            recipients=self.recipients,
            parts=self.parts,
            attributes=self.attributes,
            outside=self.outside,
            document_id=str(self.document_id),
        )


class FileRefused(Invalid):
    """A file was not taken, and why. Nothing of it is kept."""

    def __init__(self, reason: str, *, code: str, name: str = "") -> None:
        self.reason = reason
        message = f"“{name}”未被接收：{reason}" if name else f"文件未被接收：{reason}"
        super().__init__(message, code=code, details=[Problem(field="file", message=reason, rule=code)])


class UploadNotReady(Invalid):
    """The file named is not there to be attached: never staged, expired, already handed in, or somebody else's."""

    default_message = "文件尚未上传完成、已过期或已被使用，请重新上传"


class PaperMisformed(Invalid):
    """What was handed in is no paper: it belongs nowhere, or claims to be what it is not."""

    default_message = "材料填报有误"


class DocumentMoved(Conflict):
    """Somebody handed in another version meanwhile."""

    default_message = "该材料已有新版本，请刷新后重试"


class DocumentNotFound(NotFound):
    """No such paper, or no such version of it."""

    default_message = "未找到该材料"


class StorageUnavailable(Unavailable):
    """The file store does not answer now."""

    default_message = "文件存储暂时不可用，请稍后重试"


class FileMissing(Unavailable):
    """A row speaks of a file that the store does not have: a fault of operation, to be restored from backup."""

    default_message = "文件暂时无法读取，请联系系统管理员"


def check_form(paper: HandIn) -> None:
    """Refuse what cannot be stored, with every reason at once.

    Raises: PaperMisformed.
    """
    problems: list[Problem] = []
    if (paper.project_id is None) == (paper.organisation_id is None):
        problems.append(Problem(field="project_id", message="材料须归属一个项目或一个单位"))
    if not paper.type or not paper.title.strip():
        problems.append(Problem(field="type", message="须写明材料类型和名称"))
    if paper.classified and paper.upload_id is not None:
        problems.append(Problem(field="upload_id", message="涉密材料不得上传，只登记文号"))
    if paper.classified and not paper.filing_number.strip():
        problems.append(Problem(field="filing_number", message="涉密材料须登记文号"))
    if paper.classified and paper.attributes:
        problems.append(Problem(field="attributes", message="涉密材料只登记文号，不得填写内容"))
    if paper.separate and paper.document_id is not None:
        problems.append(Problem(field="document_id", message="另交一份与更新已有材料不能同时选择"))
    if problems:
        raise PaperMisformed(details=problems)
