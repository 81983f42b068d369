"""The page of an error: the same words as the API's problem document, and a way on."""

from typing import Any
from urllib.parse import quote

from litestar import Request, Response
from litestar.response import Redirect, Template


def error_page(request: Request[Any, Any, Any], document: Any) -> Response[Any] | Template | Redirect:
    """An error as a page; whoever is not signed in is shown the door and brought back afterwards."""
    if document.status == 401:
        query = f"?{request.url.query}" if request.url.query else ""
        prefix = request.app.template_engine.engine.globals["prefix"] if request.app.template_engine else ""
        return Redirect(f"{prefix}/login?next={quote(request.url.path + query, safe='')}", status_code=303)
    return Template("error.html", context={"problem": document}, status_code=document.status)
