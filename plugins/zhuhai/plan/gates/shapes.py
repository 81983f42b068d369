"""Short words for the plan's gates: shown at the declaration, enforced at the approval, hints once the plan's term is over."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from core.policy.cases.case import Case
from core.policy.rules.citations import Citation, reading
from core.policy.rules.gating import Gate, Hit, Point, Waiver, at
from core.policy.rules.papers import Severity
from plugins.zhuhai.plan.roles import DISTRICT_BUREAU
from plugins.zhuhai.regulations import PLAN, PLAN_LAST
from plugins.zhuhai.roles import BUREAU

Check = Callable[[Case], Iterable[Hit]]

BLOCK, WARN, NOTE = Severity.BLOCK, Severity.WARN, Severity.NOTE

PREVIEW = (Point("declaration", "submit", WARN),)
ENFORCE = (*PREVIEW, *at("joint_approval", "decide:pass"))
# A challenge's result is the bidder's until a unit buys it: on that track the plan only points things out.
CHALLENGE = (Point("plan_preparation", "submit", WARN), Point("result_procurement", "submit", WARN))
EVERYWHERE = (*ENFORCE, *CHALLENGE)
IN_PRINCIPLE = Waiver(
    roles=(BUREAU, DISTRICT_BUREAU), paper="exception_reason", option="in_principle",
    citation=reading("ZH-Q20", "ZHP-9-1-2", "ZHP-2-4-8", "ZHP-2-4-9"),
)  # fmt: skip


def gate(
    code: str, key: str, title: str, on: Citation, *points: Point, check: Check | None = None, **more: Any
) -> Gate:
    """One demand of the plan on a system; blocking at the approval unless said otherwise, and silent for Hengqin."""
    values: dict[str, Any] = {"severity": BLOCK, "regulation": PLAN} | more
    told = _within(check) if check is not None else None
    return Gate(key=key, code=f"ZHP-{code}", title=title, citation=on, points=points or ENFORCE, check=told, **values)


def warning(code: str, key: str, title: str, on: Citation, *points: Point, check: Check, **more: Any) -> Gate:
    """A demand that is pointed out and refuses nothing."""
    return gate(code, key, title, on, *points, check=check, **({"severity": WARN} | more))


def note(  # noqa: PLR0917 - one line per word beside the form
    code: str, key: str, title: str, on: Citation, holds: Callable[[Case], bool], message: str
) -> Gate:
    """A word beside a field of the one form; it outlives the plan's term and is no finding against anybody."""
    return Gate(
        key=key, code=f"ZHP-{code}", title=title, severity=NOTE, citation=on, points=PREVIEW, check=when(holds, message)
    )


def when(holds: Callable[[Case], bool], message: str, **more: Any) -> Check:
    """A check that finds one thing while a condition holds."""

    def check(case: Case) -> Iterator[Hit]:
        if holds(case):
            yield Hit(message=message, **more)

    return check


def _within(check: Check) -> Check:
    """The check outside Hengqin (ZH-Q34); after the plan's term each finding says that it only advises (ZH-Q12)."""

    def told(case: Case) -> Iterator[Hit]:
        if case.parameter("hengqin"):
            return
        over = case.state.created_on > PLAN_LAST and case.option("after_term") == "advisory"
        for hit in _of_each(check, case):
            yield replace(hit, message=f"{hit.message}（规划期限2021—2025年已届满，仅作提示）") if over else hit

    return told


def _of_each(check: Check, case: Case) -> Iterator[Hit]:
    """What a check finds in the one form or the plan at hand; where results are bought, in the plan of each winner."""
    winners = case.holders("bidder") if case.entry is None else ()
    if not winners:
        yield from check(case)
    for ref in winners:
        seen = case.at(ref)
        title = seen.entry.title if seen.entry is not None else ref
        yield from (replace(hit, message=f"“{title}”：{hit.message}") for hit in check(seen))


def said(case: Case, key: str, default: Any = None) -> Any:
    """What is said of the system: in the one form, or in a bidder's own plan where the act is about that bidder."""
    plan = case.find("plan_system") or {}
    return plan[key] if key in plan else case.find(key, default)


def is_district(case: Case) -> bool:
    return bool(case.find("unit_level") == "district")


def is_upgrade(case: Case) -> bool:
    """Rebuilding, extending or upgrading what exists (改扩建、升级改造)."""
    return case.find("application_kind") == "system_upgrade" or said(case, "build_mode") in ("rebuilt", "expanded")


def is_new_system(case: Case) -> bool:
    return case.find("application_kind") in ("new_project", "jiebang") and not is_upgrade(case)


def off_cloud(case: Case) -> bool:
    """Deployed elsewhere than on the city's government cloud, the domestic one counted in (专栏16)."""
    return bool(said(case, "deployment") == "other")


def has_system(case: Case) -> bool:
    """Whether anything is deployed at all: a purchase of data or services alone asks nothing of a system."""
    return bool(said(case, "deployment") != "none")
