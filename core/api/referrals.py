"""Other tenants' projects that have been referred here (跨层级办理)."""

from typing import Annotated, Any, Literal

from litestar import get
from litestar.params import Parameter

from core import stages
from core.entrance import Asking
from core.people.permissions import PROJECTS_READ


@get("/referrals", operation_id="list_referrals", summary="转来办理的项目", tags=("待办",))
async def list_referrals(
    asking: Asking,
    shown: Annotated[Literal["open", "all"], Parameter(query="state")] = "open",
    after: str = "",
    limit: int = 50,
) -> dict[str, Any]:
    """Other tenants' projects that wait for one's roles, the latest first; with `state=all` also those that did.

    `project` of a row is how the project is called from here, on every path under /projects.
    """
    async with asking.office(needs=PROJECTS_READ) as office:
        rows, following = await stages.list_referred(
            office.uow, office.actor, closed=shown == "all", after=after, limit=limit
        )
    return {"rows": rows, "after": following}
