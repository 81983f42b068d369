"""A project's evidence leaves the house: its package is checked by a bare Python, and every change of it is found."""

import json
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import journal
from core.cli.evidence import write_package
from core.documents import FileStore, HandIn, hand_in, open_store, stage_upload
from core.journal.evidence import VERIFIER
from core.journal.hashing import digest
from core.journal.offline_verifier import Package, check
from core.kernel.database import Database
from core.kernel.identity import new_id
from core.kernel.tenancy import Actor, Tenant
from core.policy.cases.state import CaseState
from core.projects import Project
from tests.core.documents import samples
from tests.core.documents.conftest import _PROJECT
from tests.core.documents.streams import portions
from tests.factories import A_DAY, make_entry

Parts = dict[str, bytes]
UNIT = "INSERT INTO organisation (tenant_id, id, code, kind, active_from_on) VALUES ($1, $2, 'u', 'office', $3)"


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return open_store((tmp_path / "files").as_uri())


@pytest.fixture
async def project(database: Database, tenant: Tenant, actor: Actor, store: FileStore) -> Project:
    """Five entries: two acts, a paper with its file, a seal, and two acts after it."""
    found = _project()
    async with database.unit_of_work(tenant.id) as uow:
        await uow.execute(UNIT, tenant.id, found.unit_id, A_DAY)
        await uow.execute(_PROJECT, tenant.id, found.id, str(found.id), found.unit_id, A_DAY)
    upload = await stage_upload(
        database,
        store,
        portions(samples.PDF),
        tenant_id=tenant.id,
        name="建设方案.pdf",
        actor=actor,
        now=datetime.now(UTC),
    )
    acts = [make_entry(actor, detail={"意见": '同意"\n\u0001\x7f😀'}), make_entry(actor)]
    async with database.unit_of_work(tenant.id) as uow:
        await journal.append(uow, chain=found.id, entries=acts)
        paper = HandIn(type="scheme", title="建设方案", project_id=found.id, upload_id=upload.id)
        await hand_in(uow, paper=paper, actor=actor, on=A_DAY)
        await journal.append(uow, chain=new_id(), entries=[make_entry(actor)])
        await journal.daily_root(uow, on=A_DAY)
    async with database.unit_of_work(tenant.id) as uow:
        await journal.append(uow, chain=found.id, entries=acts)
    return found


def _project() -> Project:
    return Project(
        id=new_id(),
        code="BY-2025-0001",
        unit_id=new_id(),
        unit_code="u",
        subordinate_id=None,
        system_id=None,
        jurisdiction="toy",
        edition="",
        rulebook="",
        options={},
        version=1,
        state=CaseState(title="平台", created_on=A_DAY),
    )


async def _package(database: Database, tenant: Tenant, project: Project, store: FileStore, target: Path) -> Path:
    async with database.unit_of_work(tenant.id, read_only=True) as uow:
        written = await write_package(uow, store, tenant, project, target)
    assert (written.entries, written.files, written.seals) == (5, 1, 1)
    return target


def _verify(package: Path, *more: str) -> tuple[int, str]:
    """Run the package's own verifier, isolated from everything installed here."""
    with zipfile.ZipFile(package) as archive:
        script = package.with_suffix(".py")
        script.write_bytes(archive.read("verify.py"))
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(script), str(package), *more], capture_output=True, check=False
    )
    assert not done.stderr, done.stderr
    return done.returncode, done.stdout.decode()


async def test_a_bare_python_finds_an_untouched_package_sound(
    database: Database, tenant: Tenant, project: Project, store: FileStore, tmp_path: Path
) -> None:
    package = await _package(database, tenant, project, store, tmp_path / "证据.zip")
    status, told = _verify(package)
    assert (status, "记录 5 条，文件 1 个，异常 0 处" in told) == (0, True)
    assert "不能证明整条链未被重写" in told
    async with database.unit_of_work(tenant.id) as uow:
        seal = (await journal.roots(uow))[0]
    kept = tmp_path / "roots.jsonl"
    kept.write_text(json.dumps({"day": seal.day_on.isoformat(), "root": seal.root.hex()}) + "\n")
    assert _verify(package, "--roots", str(kept))[0] == 0
    kept.write_text(json.dumps({"day": seal.day_on.isoformat(), "root": "00" * 32}) + "\n")
    status, told = _verify(package, "--roots", str(kept))
    assert (status, "与外部留存不一致" in told) == (1, True)


async def test_files_can_be_left_out_and_the_package_says_so(
    database: Database, tenant: Tenant, project: Project, tmp_path: Path
) -> None:
    target = tmp_path / "bare.zip"
    async with database.unit_of_work(tenant.id, read_only=True) as uow:
        assert (await write_package(uow, None, tenant, project, target)).files == 0
    assert _verify(target)[0] == 0


def _edit_entry(parts: Parts, dice: random.Random) -> None:
    lines = parts["entries.jsonl"].decode().splitlines()
    at = dice.randrange(len(lines))
    entry = json.loads(lines[at])
    what = dice.choice(["seq", "detail", "hash", "previous", *range(len(entry["fields"]))])
    if isinstance(what, int):
        old = entry["fields"][what]
        entry["fields"][what] = old + 1 if isinstance(old, int) else old + "x"
    elif what == "seq":
        entry["seq"] += 1
    else:
        entry[what] = ("00" if entry[what][:2] != "00" else "11") + entry[what][2:]
    lines[at] = json.dumps(entry, ensure_ascii=False)
    parts["entries.jsonl"] = "\n".join(lines).encode()


def _lines(change: Callable[[list[bytes], int], None]) -> Callable[[Parts, random.Random], None]:
    def tamper(parts: Parts, dice: random.Random) -> None:
        lines = parts["entries.jsonl"].splitlines()
        change(lines, dice.randrange(len(lines)))
        parts["entries.jsonl"] = b"\n".join(lines)

    return tamper


def _delete(lines: list[bytes], at: int) -> None:
    del lines[at]


def _insert(lines: list[bytes], at: int) -> None:
    lines.insert(at, lines[at - 1])


def _reorder(lines: list[bytes], at: int) -> None:
    lines[at], lines[at - 1] = lines[at - 1], lines[at]


def _truncate(lines: list[bytes], at: int) -> None:
    del lines[at:]


def _edit_seal(parts: Parts, dice: random.Random) -> None:
    seal = json.loads(parts["seals.jsonl"])
    what = dice.choice(["day", "previous", "root", "heads"])
    seal[what] = seal[what][::-1] if seal[what][::-1] != seal[what] else "11" * 32
    parts["seals.jsonl"] = json.dumps(seal).encode()


def _edit_file(parts: Parts, dice: random.Random) -> None:
    name = next(name for name in parts if name.startswith("files/"))
    data = bytearray(parts[name])
    data[dice.randrange(len(data))] ^= 1
    parts[name] = bytes(data)


def _lose_file(parts: Parts, _: random.Random) -> None:
    del parts[next(name for name in parts if name.startswith("files/"))]


TAMPERINGS = [_edit_entry, *map(_lines, (_delete, _insert, _reorder, _truncate)), _edit_seal, _edit_file, _lose_file]


async def test_every_change_of_a_package_is_found(
    database: Database, tenant: Tenant, project: Project, store: FileStore, tmp_path: Path
) -> None:
    package = await _package(database, tenant, project, store, tmp_path / "sound.zip")
    with zipfile.ZipFile(package) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for seed in range(240):
        forged = dict(parts)
        TAMPERINGS[seed % len(TAMPERINGS)](forged, random.Random(seed))
        target = tmp_path / "forged.zip"
        with zipfile.ZipFile(target, "w") as archive:
            for name, data in forged.items():
                archive.writestr(name, data)
        try:
            found = check(Package(target), {})[0]
        except (ValueError, KeyError, IndexError):
            continue  # the verifier's edge tells this as an unreadable package, with status 1
        assert found, (seed, TAMPERINGS[seed % len(TAMPERINGS)])


def test_a_damaged_package_is_refused_in_one_sentence(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.zip"
    damaged.write_bytes(b"PK\x03\x04 no archive")
    done = subprocess.run([sys.executable, "-I", "-S", str(VERIFIER), str(damaged)], capture_output=True, check=False)
    assert (done.returncode, done.stderr, "证据包无法读取" in done.stdout.decode()) == (1, b"", True)


@given(st.lists(st.one_of(st.text(), st.integers(-(2**53), 2**53)), max_size=14), st.text())
def test_the_verifier_hashes_as_the_service_does(fields: list[str | int], detail: str) -> None:
    try:
        ours = digest(fields, detail)
    except (UnicodeEncodeError, msgspec.ValidationError):
        return  # half a surrogate pair is no text, and no database takes it
    plain = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()
    assert sha256(plain + b"\n" + detail.encode()).digest() == ours


def test_nothing_but_the_standard_library_is_imported() -> None:
    source = VERIFIER.read_text()
    imported = {
        line.split()[1].partition(".")[0] for line in source.splitlines() if line.startswith(("import", "from"))
    }
    assert imported <= sys.stdlib_module_names
