"""Files: taken in before they are handed in, given out to whoever may see their project."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.response import Stream

from core import documents, stages
from core.api.multiparts import FormFile, boundary_of
from core.documents import Limits
from core.entrance import Asking
from core.kernel.clock import SystemClock
from core.kernel.errors import Invalid, Problem
from core.people.permissions import DOCUMENTS_READ, DOCUMENTS_WRITE


class Files(Controller):
    """Uploads and downloads; both are streams, and neither holds a database connection while it runs."""

    tags = ("材料",)

    @post("/uploads", operation_id="upload_file", summary="上传文件", status_code=201, request_max_body_size=None)
    async def upload(self, asking: Asking, name: str = "", project: str = "") -> dict[str, Any]:
        """Take a file in, as the raw body or as the file of a form; its id goes into the `papers` of an act.

        For another tenant's project (`owner:number`) name it as `project`: the file goes where it will be handed in.
        Swept after a day when nobody hands it in.
        """
        async with asking.project(project, write=True, needs=DOCUMENTS_WRITE, outside=True) as office:
            actor, tenant = office.actor, office.venue.tenant
        name, stream = await _incoming(asking, name)
        size = asking.services.settings.upload_limit_mb * 1024 * 1024
        staged = await documents.stage_upload(
            asking.services.database,
            asking.store,
            stream,
            tenant_id=tenant.id,
            name=name,
            actor=actor,
            now=SystemClock().now(),
            limits=Limits(max_bytes=size),
        )
        return {"id": staged.id, "name": staged.name, "size": staged.size, "sha256": staged.sha256, "kind": staged.kind}

    @get("/projects/{code:str}/papers/{document_id:uuid}/file", operation_id="download_paper", summary="下载材料")
    async def download(self, asking: Asking, code: str, document_id: UUID, version: int | None = None) -> Response[Any]:
        """The file of a paper, current version unless one is named."""
        async with asking.project(code, needs=DOCUMENTS_READ, outside=True) as office:
            project, _ = await stages.open_case(office.uow, office.venue, office.actor, office.code)
            paper = await documents.find_file(office.uow, document_id=document_id, n=version, project_id=project.id)
        hidden = office.actor.is_outside and not stages.is_partys_own(office.actor, paper)
        if paper.file is None or hidden:
            raise documents.DocumentNotFound
        wanted = asking.request.headers.get("if-none-match", "")
        found = await documents.open_file(asking.store, paper.file, if_none_match=wanted)
        if found.body is None:
            return Response(None, status_code=304, headers=found.headers)
        return Stream(found.body, headers=found.headers, media_type=found.headers["Content-Type"])


async def _incoming(asking: Asking, name: str) -> tuple[str, AsyncIterator[bytes]]:
    """Name and content of the file on its way in."""
    boundary = boundary_of(asking.request.headers.get("content-type", ""))
    if boundary:
        form = FormFile(_chunks(asking), boundary)
        sent = await form.begin()
        return name or sent, form.portions()
    if not name:
        raise Invalid("请给出文件名", details=(Problem(field="name", message="请在 name 参数中给出文件名"),))
    return name, _chunks(asking)


async def _chunks(asking: Asking) -> AsyncIterator[bytes]:
    async for chunk in asking.request.stream():
        if chunk:
            yield chunk
