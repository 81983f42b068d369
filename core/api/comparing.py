"""Regulations side by side (各地对比): the same facts, or a stored project's, through every installed place."""

import asyncio
from datetime import date
from functools import partial
from typing import Annotated, Any

import msgspec
from litestar import Controller, post
from litestar.params import Body

from core import stages
from core.entrance import Asking
from core.kernel.errors import Invalid, NotFound, Problem
from core.people.permissions import PROJECTS_READ
from core.policy.comparing import Comparison, compare
from core.policy.rulebooks.composing import PluginRefusedError
from core.policy.rulebooks.registry import Registry, UnknownPlaceError
from core.policy.rulebooks.rulebook import Rulebook


class CompareBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Facts by their keys, amounts in fen, or the code of a project; `places` narrows, `on` is the day it begins."""

    facts: dict[str, Any] = msgspec.field(default_factory=dict)
    project: str = ""
    kind: str = "project"
    title: str = "项目"
    places: list[str] = msgspec.field(default_factory=list)
    on: date | None = None


class Comparing(Controller):
    """What other places would make of a project."""

    path = "/comparison"
    tags = ("规则",)

    @post(operation_id="compare_places", summary="各地对比", status_code=200)
    async def compare(self, asking: Asking, data: Annotated[CompareBody, Body(title="对比内容")]) -> Comparison:
        """Per place: path, stages, who decides, papers, periods, articles, and which facts it lacked; nothing is kept.

        The engine walks the project down its line as a unit whose records are in order would, using each period in
        full, and says where it had to assume a fact or could not go on.
        """
        if bool(data.facts) == bool(data.project):
            message = "请给出事项，或指明一个在库项目"
            raise Invalid(message, details=(Problem(field="facts", message=message),))
        async with asking.office(needs=PROJECTS_READ) as office:
            facts, kind, title, on = data.facts, data.kind, data.title, data.on or office.venue.today
            calendar = office.venue.calendar
            if data.project:
                project, _ = await stages.open_case(office.uow, office.venue, office.actor, data.project)
                state = project.state
                facts, kind, title, on = state.facts, state.kind, state.title, data.on or state.created_on
        registry = asking.venues.registry
        books = [_rulebook(registry, place, on) for place in data.places or registry.places()]
        walked = partial(compare, books, facts, on=on, calendar=calendar, kind=kind, title=title)
        return await asyncio.to_thread(walked)


def _rulebook(registry: Registry, place: str, on: date) -> Rulebook:
    try:
        return registry.place(place).on(on).rulebook()
    except (UnknownPlaceError, PluginRefusedError) as error:
        raise NotFound(f"没有安装“{place}”的规章，或未能载入") from error
