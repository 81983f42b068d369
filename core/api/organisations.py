"""Administration of organisations (系统管理员): bodies, their names over time, their place and their roles."""

from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller, get, post, put

from core import people
from core.api.words import Code, Name
from core.entrance import Asking
from core.people import Alias, NewOrganisation, Organisation, RoleBinding


class OrganisationBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A body as it is first entered; `kind`: first_level_unit, subordinate, office, outside, or one of the place."""

    code: Code
    kind: Code
    name: Name
    from_on: date
    short_name: str = ""
    parent_id: UUID | None = None
    credit_code: str | None = None


class NameBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A new name and the first day it is borne."""

    name: Name
    from_on: date
    short_name: str = ""


class ParentBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The body to stand under; none means at the top."""

    parent_id: UUID | None = None


class RoleBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A role of the regulation and the days it is held, both included."""

    role: Code
    from_on: date
    to_on: date | None = None


class LastDayBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The last day on which something still holds."""

    last_on: date


class Organisations(Controller):
    """Bodies of the tenant; reading is for everybody signed in, changing for the system administrator."""

    path = "/organisations"
    tags = ("单位",)

    @get(operation_id="list_organisations", summary="单位列表")
    async def rows(self, asking: Asking) -> dict[str, tuple[Organisation, ...]]:
        """All bodies under their names of today."""
        async with asking.office() as office:
            return {"rows": await people.list_organisations(office.uow, office.venue.today)}

    @get("/{organisation_id:uuid}", operation_id="get_organisation", summary="单位详情")
    async def one(self, asking: Asking, organisation_id: UUID) -> dict[str, Any]:
        """One body with every name it has borne, its roles and who works there."""
        async with asking.office() as office:
            uow, today = office.uow, office.venue.today
            body = await people.get_organisation(uow, organisation_id, today)
            return {
                "organisation": body,
                "names": await people.names_of(uow, organisation_id),
                "roles": sorted(await people.roles_of(uow, organisation_id, today)),
                "people": [
                    {"account_id": account.id, "name": account.name, "functions": sorted(post.functions)}
                    for account, post in await people.who(uow, organisation_id, today)
                ],
            }

    @post(operation_id="found_organisation", summary="登记单位", status_code=201)
    async def found(self, asking: Asking, data: OrganisationBody) -> Organisation:
        """Enter a body with its first name."""
        new = msgspec.convert(msgspec.structs.asdict(data), NewOrganisation)
        async with asking.office(write=True) as office:
            return await people.found_organisation(office.uow, actor=office.actor, clock=asking.clock, new=new)

    @post("/{organisation_id:uuid}/names", operation_id="rename_organisation", summary="单位更名", status_code=201)
    async def rename(self, asking: Asking, organisation_id: UUID, data: NameBody) -> Organisation:
        """Give a body a new name from a day on; roles, posts and tasks stay with it."""
        alias = Alias(name=data.name, short_name=data.short_name, from_on=data.from_on)
        async with asking.office(write=True) as office:
            return await people.rename_organisation(
                office.uow, actor=office.actor, clock=asking.clock, organisation_id=organisation_id, alias=alias
            )

    @put("/{organisation_id:uuid}/parent", operation_id="place_organisation", summary="调整上级", status_code=204)
    async def place(self, asking: Asking, organisation_id: UUID, data: ParentBody) -> None:
        """Put a body under another one, or at the top."""
        async with asking.office(write=True) as office:
            await people.place_under(
                office.uow,
                actor=office.actor,
                clock=asking.clock,
                organisation_id=organisation_id,
                parent_id=data.parent_id,
            )

    @post("/{organisation_id:uuid}/closure", operation_id="close_organisation", summary="撤销单位", status_code=204)
    async def close(self, asking: Asking, organisation_id: UUID, data: LastDayBody) -> None:
        """Let a body end, with the roles it then still holds."""
        async with asking.office(write=True) as office:
            await people.close_organisation(
                office.uow,
                actor=office.actor,
                clock=asking.clock,
                organisation_id=organisation_id,
                last_on=data.last_on,
            )

    @post("/{organisation_id:uuid}/roles", operation_id="bind_role", summary="赋予职责", status_code=201)
    async def bind(self, asking: Asking, organisation_id: UUID, data: RoleBody) -> RoleBinding:
        """Bind a role of the regulation to a body."""
        async with asking.office(write=True) as office:
            return await people.bind_role(
                office.uow,
                actor=office.actor,
                clock=asking.clock,
                organisation_id=organisation_id,
                role=data.role,
                from_on=data.from_on,
                to_on=data.to_on,
            )

    @post("/roles/{binding_id:uuid}/end", operation_id="release_role", summary="解除职责", status_code=200)
    async def release(self, asking: Asking, binding_id: UUID, data: LastDayBody) -> RoleBinding:
        """End a binding after its last day."""
        async with asking.office(write=True) as office:
            return await people.release_role(
                office.uow, actor=office.actor, clock=asking.clock, binding_id=binding_id, last_on=data.last_on
            )
