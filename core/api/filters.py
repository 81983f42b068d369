"""Which projects a list asks for, read from the address: one reading for the ledger and its exports."""

from datetime import date
from typing import Annotated
from uuid import UUID

from litestar.params import Parameter

from core.projects import ProjectFilter

_Text = Annotated[str, Parameter(description="名称中的文字，或完整的项目编号")]
_Status = Annotated[list[str] | None, Parameter(description="状态，可重复：running completed rejected withdrawn …")]
_Fen = Annotated[int | None, Parameter(description="金额（分），按批复、审定、申报的次序取第一个已有的")]


def wanted_projects(
    *,
    q: _Text = "",
    status: _Status = None,
    stage: str = "",
    holder: str = "",
    unit_id: UUID | None = None,
    plan_year: int | None = None,
    kind: str = "",
    track: str = "",
    due_before: date | None = None,
    amount_from: _Fen = None,
    amount_to: _Fen = None,
) -> ProjectFilter:
    """The filter of an address; what it does not name it does not narrow."""
    return ProjectFilter(
        text=q,
        status=tuple(status or ()),
        stage=stage,
        holder=holder,
        unit_id=unit_id,
        plan_year=plan_year,
        project_kind=kind,
        track=track,
        due_before=due_before,
        amount_from=amount_from,
        amount_to=amount_to,
    )
