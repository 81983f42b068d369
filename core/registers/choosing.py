"""What a tenant chooses where its regulation leaves a choice (解释选项与参数), by whom the regulation says may choose.

An option makes another rulebook and reaches new projects only; a parameter acts at once and is never pinned.
"""

from datetime import date
from typing import Any

import msgspec

from core import journal
from core.kernel.choices import Choice, ChoiceKind, choices_on, choose
from core.kernel.database import UnitOfWork
from core.kernel.errors import Forbidden, NotFound
from core.kernel.tenancy import Actor
from core.people.permissions import ADMIN_OPTIONS, require
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.values import Option, Parameter, SetBy
from core.registers.keeping import office_roles, require_roles
from core.registers.model import refuse, required


class ChoiceUnknown(NotFound):
    """The regulation leaves no choice of that name."""

    def __init__(self, key: str) -> None:
        super().__init__(f"本办法没有名为“{key}”的选项或参数")


class NotOpen(Forbidden):
    """The regulation lets nobody set this."""


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """One thing somebody settles: its key, the value, the reason or source, from which day it holds."""

    key: str
    value: Any
    reason: str
    from_on: date


async def choose_option(uow: UnitOfWork, rulebook: Rulebook, actor: Actor, *, setting: Setting, on: date) -> Choice:
    """Settle an open reading for projects created from a day on; running projects keep what they were created under.

    Raises: ChoiceUnknown, NotOpen, NotAllowed, NotKeeper, Invalid for a value not offered or a day gone by.
    """
    option = next((o for o in rulebook.answers.openings.options if setting.key in (o.key, *o.aliases)), None)
    if option is None:
        raise ChoiceUnknown(setting.key)
    _require_setter(actor, rulebook, option)
    _check_offered(option, setting.value)
    if setting.from_on < on:
        raise refuse("选项只对今后的项目生效，生效日期不能早于今天", "from_on")
    before = (await options_on(uow, on)).get(option.key, option.default)
    return await _settle(uow, actor, ChoiceKind.OPTION, option.key, setting, before=before, on=on)


async def set_parameter(uow: UnitOfWork, rulebook: Rulebook, actor: Actor, *, setting: Setting, on: date) -> Choice:
    """Set a dated value outside the text, such as a yearly total or a list; `reason` names its source.

    Raises: ChoiceUnknown, NotOpen, NotAllowed, NotKeeper, Invalid.
    """
    parameter = next((p for p in rulebook.parameters.values() if setting.key in (p.key, *p.aliases)), None)
    if parameter is None:
        raise ChoiceUnknown(setting.key)
    _require_setter(actor, rulebook, parameter)
    if parameter.default is not None and not _alike(parameter.default, setting.value):
        raise refuse(f"“{parameter.title}”的值类型不符，应与默认值“{parameter.default}”同类", "value")
    before = (await parameters_on(uow, setting.from_on)).get(parameter.key, parameter.default)
    return await _settle(uow, actor, ChoiceKind.PARAMETER, parameter.key, setting, before=before, on=on)


async def options_on(uow: UnitOfWork, day: date) -> dict[str, Any]:
    """The options a tenant has settled as they stand on a day; what is missing has the regulation's default."""
    return {key: choice.value for key, choice in (await choices_on(uow, day, ChoiceKind.OPTION)).items()}


async def parameters_on(uow: UnitOfWork, day: date) -> dict[str, Any]:
    """The parameters in force on a day; what is missing has the regulation's default."""
    return {key: choice.value for key, choice in (await choices_on(uow, day, ChoiceKind.PARAMETER)).items()}


def _require_setter(actor: Actor, rulebook: Rulebook, opening: Option | Parameter) -> None:
    match opening.set_by:
        case SetBy.TENANT:
            if not actor.is_system:
                require(actor, ADMIN_OPTIONS)
        case SetBy.OFFICE | SetBy.ROUND:
            require_roles(actor, rulebook, office_roles(rulebook), f"“{opening.title}”")
        case SetBy.NOBODY:
            raise NotOpen(f"办法没有授权任何单位调整“{opening.title}”")


def _check_offered(option: Option, value: Any) -> None:
    offered = any(_alike(known, value) and known == value for known in option.values)
    if offered or (option.open_values and (option.default is None or _alike(option.default, value))):
        return
    if option.open_values:
        raise refuse(f"“{option.title}”的值类型不符，应与默认值“{option.default}”同类", "value")
    shown = "、".join(str(known) for known in option.values)
    raise refuse(f"“{option.title}”只能选择：{shown}", "value")


def _alike(known: Any, value: Any) -> bool:
    """Whether a value has the shape of a known one; true is no number, and a list is a tuple once stored."""
    if isinstance(known, list | tuple):
        return isinstance(value, list | tuple)
    return type(known) is type(value)


async def _settle(
    uow: UnitOfWork, actor: Actor, kind: ChoiceKind, key: str, setting: Setting, *, before: Any, on: date
) -> Choice:
    reason = required(setting.reason, "reason", "理由或依据")
    choice = Choice(kind=kind, key=key, from_on=setting.from_on, value=setting.value, source=reason)
    await choose(uow, choice, actor=actor)
    entry = journal.Entry(
        kind=f"choice:{kind}",
        actor=actor,
        on=on,
        subject=f"{kind}:{key}",
        detail={"key": key, "from_on": setting.from_on, "reason": reason},
        before={"value": before},
        after={"value": setting.value},
    )
    await journal.append(uow, chain=None, entries=[entry])
    return choice
