"""What tests of documents share: a store on disk, a unit, and a project for papers to belong to."""

from pathlib import Path
from uuid import UUID

import pytest

from core.documents import FileStore, open_store
from core.kernel.database import Database
from core.kernel.identity import new_id
from core.kernel.tenancy import Tenant
from tests.factories import A_DAY

_PROJECT = """
INSERT INTO project (tenant_id, id, code, kind, title, unit_id, jurisdiction, edition, rulebook, options, plan_year,
                     track, status, open_stages, holders, created_on, version, document, standing)
VALUES ($1, $2, $3, 'project', '平台', $4, 'baiyun', '2024', 'digest', '{}', 2025,
        'main', 'running', '{}', '{}', $5, 1, '{}', '{}')
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "存储"


@pytest.fixture
def store(folder: Path) -> FileStore:
    return open_store(folder.as_uri())


@pytest.fixture
async def unit_id(database: Database, tenant: Tenant) -> UUID:
    unit = new_id()
    async with database.unit_of_work(tenant.id) as uow:
        await uow.execute(
            "INSERT INTO organisation (tenant_id, id, code, kind, active_from_on)"
            " VALUES ($1, $2, 'unit_of_test', 'first_level_unit', $3)",
            tenant.id,
            unit,
            A_DAY,
        )
    return unit


@pytest.fixture
async def project_id(database: Database, tenant: Tenant, unit_id: UUID) -> UUID:
    project = new_id()
    async with database.unit_of_work(tenant.id) as uow:
        await uow.execute(_PROJECT, tenant.id, project, str(project), unit_id, A_DAY)
    return project
