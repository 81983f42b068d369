"""`lixiang policy print`: a place's rulebook as a page, as text, or as data, for one tenant or for anybody."""

import asyncio
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from core.cli.context import Installation, at_tenant, installation
from core.cli.policy import Json, Place, PlaceUnknown, app, edition_of, of_place
from core.kernel.choices import Choice, ChoiceKind, list_choices
from core.kernel.clock import SystemClock
from core.kernel.codec import encode
from core.kernel.errors import Invalid
from core.policy.coverage import cover
from core.policy.printing import Chosen, Printed, as_html, as_markdown, tell
from core.policy.printing.reference import as_reference
from core.policy.rulebooks.editions import Edition
from core.policy.rulebooks.registry import Jurisdiction, installed
from core.policy.rulebooks.rulebook import Rulebook
from core.stages import Venues


class OtherPlace(Invalid):
    """The tenant lives by another place's regulation."""


class EditionUnknown(Invalid):
    """The place has no such edition."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Settled:
    """A tenant by name, what it has settled up to a day, and the rulebook its new projects are created under."""

    name: str = ""
    rules: Rulebook | None = None
    options: dict[str, Chosen] = field(default_factory=dict)
    parameters: dict[str, Chosen] = field(default_factory=dict)


@app.command("print")
def print_rulebook(
    context: typer.Context,
    place: Place,
    *,
    tenant: Annotated[str, typer.Option(help="按此租户的选择打印。 As this tenant has chosen.")] = "",
    edition: Annotated[str, typer.Option(help="版本，缺省为最新。 Edition; the newest if left out.")] = "",
    markdown: Annotated[bool, typer.Option("--markdown", help="输出 Markdown 文本。 As Markdown.")] = False,
    as_json: Json = False,
    quick: Annotated[bool, typer.Option("--quick", help="不运行检验情景。 Without running scenarios.")] = False,
    output: Annotated[Path | None, typer.Option(help="写入此文件。 Write to this file.", show_default=False)] = None,
) -> None:
    """打印规则手册：流程图、各环节、选项、逐条对照。 Print a rulebook as people read it."""
    here, label = of_place(installed(), place), edition or place.partition("@")[2]
    found = _edition(here, label)
    on = SystemClock().today()
    settled = asyncio.run(_settled(installation(context), here.place, tenant, on)) if tenant else _Settled()
    chosen = {key: one.value for key, one in settled.options.items()}
    printed = tell(
        settled.rules if settled.rules is not None and not label else found.rulebook(found.offered(chosen)),
        on=on,
        tenant=settled.name,
        options=settled.options,
        parameters=settled.parameters,
        coverage=None if quick else cover(found.answers.place, installed(), edition=found.label),
    )
    text = _text(printed, markdown=markdown, as_json=as_json)
    if output is not None:
        output.write_text(text, encoding="utf-8")
    else:
        typer.echo(text)


@app.command("reference")
def reference() -> None:
    """列出插件可用的全部规则构件及其字段。 Every construct a plugin may answer with, as this version has it."""
    typer.echo(as_reference())


def _edition(here: Jurisdiction, label: str) -> Edition:
    try:
        return edition_of(here, f"{here.place}@{label}")
    except PlaceUnknown as error:
        raise EditionUnknown(error.message) from error


async def _settled(at: Installation, place: str, code: str, on: date) -> _Settled:
    async with at_tenant(at, code) as (services, tenant):
        if tenant.jurisdiction != place:
            raise OtherPlace(f"租户“{code}”依照“{tenant.jurisdiction}”的办法办理，不是“{place}”")
        async with services.database.unit_of_work(tenant.id, read_only=True) as uow:
            choices = [choice for choice in await list_choices(uow) if choice.from_on <= on]
            venue = await Venues(installed(), services.directory).of(uow, tenant, on)
    return _Settled(
        name=tenant.name,
        rules=venue.rulebook(),
        options=_of_kind(choices, ChoiceKind.OPTION),
        parameters=_of_kind(choices, ChoiceKind.PARAMETER),
    )


def _of_kind(choices: list[Choice], kind: ChoiceKind) -> dict[str, Chosen]:
    """What rules of one kind; later choices overrule earlier ones."""
    return {c.key: Chosen(value=c.value, from_on=c.from_on, reason=c.source) for c in choices if c.kind is kind}


def _text(printed: Printed, *, markdown: bool, as_json: bool) -> str:
    if as_json:
        return msgspec.json.format(encode(printed))
    return as_markdown(printed) if markdown else as_html(printed)
