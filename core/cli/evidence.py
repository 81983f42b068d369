"""Writing the evidence package of one project: chain, seals, files and the verifier in one archive.

The archive is written beside its place and moved there at the end, so that nobody finds half of one.
"""

import json
import os
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from core import documents
from core.documents.storing import FileStore
from core.journal.evidence import FORMAT, VERIFIER, evidence_lines, evidence_seals
from core.kernel.clock import SHANGHAI
from core.kernel.database import UnitOfWork
from core.kernel.tenancy import Tenant
from core.projects import Project

_EXPLAINED = """项目证据包

entries.jsonl   本项目审计日志的全部记录，每行一条，按序号排列，各条以 SHA-256 与前一条相连
seals.jsonl     自本项目首次入封之日起的每日日根
files/          日志所载文件，以其 SHA-256 命名
manifest.json   租户、项目、记录数与链尾
verify.py       离线校验程序，只需 Python 3.9 或更新版本

校验：python3 verify.py --roots 另行保存的日根文件
未提供另行保存的日根时，只能证明证据包自身一致。
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What went into a package."""

    entries: int
    files: int
    seals: int


async def write_package(
    uow: UnitOfWork, store: FileStore | None, tenant: Tenant, project: Project, target: Path
) -> Written:
    """Write the package of a project; without a store its files are left out, and the manifest says so.

    Raises: OSError when the target cannot be written; documents.FileMissing when the store has lost a file.
    """
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
            written = await _fill(archive, uow, store, tenant, project)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return written


async def _fill(
    archive: zipfile.ZipFile, uow: UnitOfWork, store: FileStore | None, tenant: Tenant, project: Project
) -> Written:
    # First the seals: one made between two reads speaks of entries not read yet, and would look like a flaw.
    seals = await evidence_seals(uow, project.id)
    entries, head = 0, ""
    with archive.open("entries.jsonl", "w", force_zip64=True) as lines:
        async for line in evidence_lines(uow, project.id):
            lines.write(line.encode() + b"\n")
            entries, head = line.seq, line.hash
    archive.writestr("seals.jsonl", b"".join(seal + b"\n" for seal in seals))
    files = await _write_files(archive, uow, store, project) if store is not None else 0
    manifest = {
        "format": FORMAT,
        "made_at": datetime.now(UTC).astimezone(SHANGHAI).isoformat(timespec="seconds"),
        "tenant": {"id": str(tenant.id), "code": tenant.code, "name": tenant.name},
        "project": {"id": str(project.id), "code": project.code, "title": project.state.title},
        "entries": entries,
        "head": head,
        "with_files": store is not None,
    }
    archive.writestr("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=2))
    archive.writestr("说明.txt", _EXPLAINED)
    archive.write(VERIFIER, "verify.py")
    return Written(entries=entries, files=files, seals=len(seals))


async def _write_files(archive: zipfile.ZipFile, uow: UnitOfWork, store: FileStore, project: Project) -> int:
    """Every version's file, once, however often it was handed in."""
    versions = await documents.papers_of(uow, project.id, all_versions=True)
    found = {version.file.sha256: version.file for version in versions if version.file is not None}
    for sha256, file in found.items():
        download = await documents.open_file(store, file)
        with archive.open(f"files/{sha256}", "w", force_zip64=True) as member:
            if download.body is not None:
                async for portion in download.body:
                    member.write(portion)
    return len(found)
