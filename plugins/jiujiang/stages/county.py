"""What a county files with the city after approving a project of its own (第二十一条)."""

from core.policy.rules.citations import cite, reading
from core.policy.rules.flow import to
from plugins.jiujiang.roles import COORDINATOR
from plugins.jiujiang.stages.shapes import OBLIGATION, demand, filing

COUNTY_FILING_CITY = filing(
    "county_filing_city",
    "报市备案",
    reading("JJ-Q16", "JJ-21-2"),
    COORDINATOR,
    nxt=to(""),
    papers=(demand("county_filing", "review_papers_missing", cite("JJ-21-2")),),
    **OBLIGATION,
)
