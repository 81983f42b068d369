"""Forms of papers: filled from what the project knows, read as data, taken as Word or PDF, staged to be handed in."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any, Literal
from urllib.parse import quote

import msgspec
from litestar import Controller, Response, get, post

from core import documents, projects, stages
from core.documents.forms import FilledForm, Known, Missing, fill, forms_of, to_docx, to_pdf
from core.entrance import Asking, Office
from core.kernel.clock import SystemClock
from core.people import get_organisation
from core.people.permissions import DOCUMENTS_READ, DOCUMENTS_WRITE
from core.projects import Project

_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
Format = Literal["docx", "pdf"]


class FormLine(msgspec.Struct, frozen=True, kw_only=True):
    """One paper that has a form: whether the regulation attaches it, and how much it still lacks."""

    paper: str
    title: str
    official: bool
    missing: int


class FormBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """In which format the form is to be staged."""

    format: Format = "pdf"


class StagedForm(msgspec.Struct, frozen=True, kw_only=True):
    """A generated file that waits to be handed in: `paper` is what an act's `papers` takes, `missing` what it lacks."""

    name: str
    size: int
    sha256: str
    paper: dict[str, Any]
    missing: tuple[Missing, ...]


class Forms(Controller):
    """Forms of one project."""

    path = "/projects/{code:str}/forms"
    tags = ("材料",)

    @get(operation_id="project_forms", summary="可生成的表样")
    async def listed(self, asking: Asking, code: str) -> dict[str, tuple[FormLine, ...]]:
        """The papers of this project that can be written from what it knows, and how much each lacks."""
        async with asking.project(code, needs=DOCUMENTS_READ) as office:
            project, case = await stages.open_case(office.uow, office.venue, office.actor, office.code)
            known = await _known(office, project)
        found = [fill(case, kind.key, known) for kind in forms_of(case)]
        return {
            "rows": tuple(
                FormLine(paper=form.paper, title=form.title, official=form.official, missing=len(form.missing))
                for form in found
            )
        }

    @get("/{paper:str}", operation_id="project_form", summary="表样内容")
    async def filled(self, asking: Asking, code: str, paper: str) -> FilledForm:
        """A form as it stands today: every field with its value, what is missing and which stage asks for it."""
        async with asking.project(code, needs=DOCUMENTS_READ) as office:
            return await _filled(office, paper)

    @get("/{paper:str}/docx", operation_id="project_form_docx", summary="下载表样（Word）")
    async def as_docx(self, asking: Asking, code: str, paper: str) -> Response[bytes]:
        """The form as a Word document; what is missing is marked in it."""
        return await _download(asking, code, paper, "docx")

    @get("/{paper:str}/pdf", operation_id="project_form_pdf", summary="下载表样（PDF）")
    async def as_pdf(self, asking: Asking, code: str, paper: str) -> Response[bytes]:
        """The form as PDF; what is missing is marked in it."""
        return await _download(asking, code, paper, "pdf")

    @post("/{paper:str}/uploads", operation_id="stage_form", summary="生成并暂存材料", status_code=201)
    async def staged(self, asking: Asking, code: str, paper: str, data: FormBody) -> StagedForm:
        """Write the form and stage the file as an upload; put `paper` into the `papers` of an act to hand it in.

        Nothing is typed again: parts that are complete are named. A paper that must carry a seal is printed, sealed
        and uploaded instead.
        """
        async with asking.project(code, write=True, needs=DOCUMENTS_WRITE) as office:
            form = await _filled(office, paper)
            actor, tenant = office.actor, office.venue.tenant
        content = await asyncio.to_thread(_WRITERS[data.format], form)
        staged = await documents.stage_upload(
            asking.services.database,
            asking.store,
            _once(content),
            tenant_id=tenant.id,
            name=_name(form, data.format),
            actor=actor,
            now=SystemClock().now(),
        )
        ready = {"type": form.paper, "upload_id": staged.id, "parts": form.complete}
        return StagedForm(
            name=staged.name,
            size=staged.size or 0,
            sha256=staged.sha256 or "",
            paper=ready,
            missing=form.missing,
        )


_WRITERS = {"docx": to_docx, "pdf": to_pdf}


async def _filled(office: Office, paper: str) -> FilledForm:
    project, case = await stages.open_case(office.uow, office.venue, office.actor, office.code)
    return fill(case, paper, await _known(office, project))


async def _known(office: Office, project: Project) -> Known:
    """What a form may show that is not in the case."""
    unit = await get_organisation(office.uow, project.unit_id, office.venue.today)
    return Known(
        unit={
            "name": unit.name,
            "short_name": unit.short_name,
            "code": unit.code,
            "credit_code": unit.credit_code or "",
        },
        papers=await documents.papers_of(office.uow, project.id),
        budget=await projects.list_budget(office.uow, project),
    )


async def _download(asking: Asking, code: str, paper: str, form: Format) -> Response[bytes]:
    async with asking.project(code, needs=DOCUMENTS_READ) as office:
        found = await _filled(office, paper)
    content = await asyncio.to_thread(_WRITERS[form], found)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(_name(found, form), safe='')}"}
    return Response(content, media_type=_TYPES[form], headers=headers)


def _name(form: FilledForm, extension: str) -> str:
    return f"{form.code}-{form.title}.{extension}"


async def _once(content: bytes) -> AsyncIterator[bytes]:
    yield content
