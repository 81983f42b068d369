"""Pages (页面): what people read in a browser. Plain and server-rendered; everything works without a script."""

from core.web.errors import error_page
from core.web.pages import PAGES as OWN_PAGES
from core.web.public import PUBLIC_PAGES
from core.web.rendering import template_config

PAGES = (*OWN_PAGES, *PUBLIC_PAGES)

__all__ = ["PAGES", "error_page", "template_config"]
