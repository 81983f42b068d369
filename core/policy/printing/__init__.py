"""A rulebook as people read it (规则手册): the same data as values, as a page to print, and as plain text.

| file | does |
|---|---|
| `model.py` | what is printed, as values |
| `telling.py` | reads a rulebook, a tenant's choices and the coverage into these values |
| `steps.py` | one stage: who, papers, limits, outcomes, checks |
| `tracing.py` | every article: what encodes it, and which scenarios exercise it |
| `mapping.py`, `drawing.py` | the map of a track: first where everything stands, then the picture |
| `pages.py` | the page in HTML and the text in Markdown, from the templates beside it |

Nothing here knows a place, a database or the day: whoever prints says for whom and on which day.
"""

from core.policy.printing.model import Chosen, Printed
from core.policy.printing.pages import as_html, as_markdown
from core.policy.printing.telling import tell

__all__ = ["Chosen", "Printed", "as_html", "as_markdown", "tell"]
