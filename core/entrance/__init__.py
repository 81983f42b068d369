"""The entrance (入口): what pages and API share of a request — who comes, into which tenant, on which day.

`asking` opens the one unit of work of a request, `opening` signs in and out with cookies, `headers` and `watching`
complete and count every answer. Pages and API ignore one another, so what both need stands below them.
"""

from core.entrance.asking import CSRF_HEADER, Asking, CsrfMissing, ForeignOrigin, MustFirst, Office, SignInNeeded
from core.entrance.headers import Headers
from core.entrance.log import configure_log
from core.entrance.opening import Opened, cookies_of, empty_cookies, open_door
from core.entrance.watching import Figures, Watch

__all__ = [
    "CSRF_HEADER",
    "Asking",
    "CsrfMissing",
    "Figures",
    "ForeignOrigin",
    "Headers",
    "MustFirst",
    "Office",
    "Opened",
    "SignInNeeded",
    "Watch",
    "configure_log",
    "cookies_of",
    "empty_cookies",
    "open_door",
]
