"""Tenants are found from memory, and a change is seen soon; opening one writes its journal."""

import pytest

from core import journal
from core.kernel.database import Database
from core.kernel.errors import Invalid
from core.kernel.identity import new_id
from core.kernel.tenancy import Level, TenantStatus
from tenants.directory import Directory
from tenants.provisioning import (
    MisplacedTenant,
    TenantExists,
    UnknownTenant,
    change_tenant,
    note_options_changed,
    open_tenant,
)
from tests.factories import make_tenant


async def test_a_tenant_is_found_by_id_code_and_host(database: Database) -> None:
    host = f"{new_id().hex}.gov.cn"
    tenant = await make_tenant(database, host=host.upper())
    directory = Directory(database)
    assert await directory.by_id(tenant.id) == tenant
    assert await directory.by_code(tenant.code) == tenant
    assert await directory.by_host(f"{host}:8443") == tenant
    assert (await directory.by_code("nobody"), await directory.by_id(new_id())) == (None, None)
    assert await directory.by_host("elsewhere") is None


async def test_the_tree_is_walked_up_and_down(database: Database) -> None:
    province = await make_tenant(database, level=Level.PROVINCE)
    city = await make_tenant(database, parent_code=province.code)
    county = await make_tenant(database, level=Level.COUNTY, parent_code=city.code)
    directory = Directory(database)
    assert await directory.ancestors(county.id) == (city, province)
    assert await directory.children(province.id) == (city,)
    assert (await directory.ancestors(province.id), await directory.children(county.id)) == ((), ())
    assert {province, city, county} <= set(await directory.all())


@pytest.mark.parametrize("level", [Level.PROVINCE, Level.CITY])
async def test_a_tenant_cannot_stand_below_its_equal_or_inferior(database: Database, level: Level) -> None:
    city = await make_tenant(database)
    with pytest.raises(MisplacedTenant):
        await make_tenant(database, level=level, parent_code=city.code)
    with pytest.raises(MisplacedTenant):
        await make_tenant(database, parent_code="nobody")


async def test_a_code_or_host_cannot_be_taken_twice(database: Database) -> None:
    tenant = await make_tenant(database, host=f"{new_id().hex}.cn")
    with pytest.raises(TenantExists):
        await make_tenant(database, code=tenant.code)
    with pytest.raises(TenantExists):
        await make_tenant(database, host=tenant.host)
    with pytest.raises(Invalid):
        await open_tenant(database, code="Ü", name="x", level=Level.CITY, jurisdiction="baiyun")


async def test_a_change_is_seen_after_the_check_and_journalled(database: Database) -> None:
    tenant = await make_tenant(database)
    patient, eager = Directory(database, check_seconds=3600), Directory(database, check_seconds=0)
    await patient.by_id(tenant.id)
    changed = await change_tenant(database, tenant.code, status=TenantStatus.SUSPENDED)
    assert (changed.version, changed.is_open) == (2, False)
    assert await eager.by_id(tenant.id) == changed
    assert await patient.by_id(tenant.id) == tenant, "the control: memory is used"
    patient.forget()
    assert await patient.by_id(tenant.id) == changed
    async with database.unit_of_work(tenant.id) as uow:
        entries = await journal.timeline(uow, None)
    assert [entry.kind for entry in entries] == ["tenant:opened", "tenant:changed"]
    assert entries[1].detail["after"]["status"] == "suspended"


async def test_what_never_changes_is_refused_and_so_is_an_unknown_tenant(database: Database) -> None:
    tenant = await make_tenant(database)
    with pytest.raises(Invalid):
        await change_tenant(database, tenant.code, jurisdiction="zhuhai")
    with pytest.raises(UnknownTenant):
        await change_tenant(database, "nobody", name="x")


async def test_inside_a_unit_of_work_the_directory_needs_no_second_connection(database: Database) -> None:
    tenant, other = await make_tenant(database), await make_tenant(database)
    narrow = Directory(database, check_seconds=0)
    async with database.unit_of_work(tenant.id) as uow:
        assert await narrow.by_id(other.id) == other, "the first answer is loaded beside the unit of work"
        assert await narrow.by_id(tenant.id) == tenant
        assert uow.round_trips == 1


async def test_a_change_of_choices_is_counted(database: Database) -> None:
    tenant = await make_tenant(database)
    async with database.unit_of_work(tenant.id) as uow:
        await note_options_changed(uow)
    found = await Directory(database).by_id(tenant.id)
    assert found is not None
    assert found.options_version == 1
