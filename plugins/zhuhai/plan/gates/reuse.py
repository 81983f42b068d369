"""What is not built again: systems others lead, common capabilities, video platforms (第二章二、四、第三章四、第九章二)."""

from collections.abc import Iterator
from typing import Any

from core.policy.cases.case import Case
from core.policy.rules.citations import cite
from core.policy.rules.gating import Hit
from plugins.zhuhai.plan.facts.system import CAPABILITIES
from plugins.zhuhai.plan.gates.shapes import EVERYWHERE, gate, is_district, note, said, warning, when

# Who leads a unified system, with the row that asks those below to deploy it.
LEADS = {"province": "ZHP-2-2-2", "city": "ZHP-2-2-3", "sector": "ZHP-2-2-4"}
_NEEDS = ("unit", "shared")


def _unified(case: Case) -> dict[str, Any] | None:
    """What the catalogue of unified systems says of the system named, the city's own or one shared from above."""
    name = said(case, "duplicates_system_of")
    if not name:
        return None
    entry = case.register("unified_systems")
    own = (entry.content if entry is not None else {}).get(name)
    above = next((e.content for e in case.shared("unified_systems") if e.title == name), None)
    return dict(own or above or {}) | {"name": name}


def _is_barred(case: Case, found: dict[str, Any]) -> bool:
    """A major common or sector system led by a province or city department is not built again by a district."""
    return is_district(case) and bool(found.get("major")) and found.get("lead") in LEADS


def _barred(case: Case) -> Iterator[Hit]:
    found = _unified(case)
    if found is not None and _is_barred(case, found):
        yield Hit(
            message=f"“{found['name']}”由{found.get('owner', '上级部门')}牵头建设，各区不得重复建设。",
            item="duplicates_system_of", evidence=found,
        )  # fmt: skip


def _duplicates(case: Case) -> Iterator[Hit]:
    found = _unified(case)
    if found is None or _is_barred(case, found):
        return
    owner = found.get("owner", "")
    told = f"，责任单位为{owner}，应部署应用而不另建" if owner else "，但统建目录中没有登记，请核对"
    rows = (LEADS[found["lead"]], "ZHP-2-2-5") if found.get("lead") in LEADS else ("ZHP-2-2-5",)
    yield Hit(message=f"与“{found['name']}”重复{told}。", item="duplicates_system_of", rows=rows, evidence=found)


def _own_capabilities(case: Case) -> Iterator[Hit]:
    for key in said(case, "own_common_capabilities", ()):
        title, rows = CAPABILITIES.get(key, (key, ("ZHP-3-4-1",)))
        yield Hit(message=f"“{title}”应使用统一的公共支撑能力，不自建。", item=key, rows=rows)


REUSE_GATES = (
    gate("G07", "duplicates_superior_system", "重复建设上级牵头的系统", cite("ZHP-2-4-11"), check=_barred, needs=_NEEDS),
    warning(
        "G08", "own_common_capability", "自建公共支撑能力",
        cite("ZHP-2-4-1", "ZHP-2-4-6", "ZHP-2-4-10", "ZHP-3-4-1", "ZHP-9-1-7", "ZHP-9-2-5"),
        *EVERYWHERE, check=_own_capabilities,
    ),
    warning(
        "G09", "duplicates_unified_system", "与统建系统重复", cite("ZHP-2-2-2", "ZHP-2-2-3", "ZHP-2-2-4", "ZHP-2-2-5"),
        *EVERYWHERE, check=_duplicates, needs=_NEEDS,
    ),
    warning(
        "G10", "own_video_platform", "自建视频和感知数据平台", cite("ZHP-9-2-4"), *EVERYWHERE,
        check=when(lambda c: bool(said(c, "video_platform")), "视频和感知数据应通过统一平台共享，不另建平台。", item="video_platform"),
    ),
    note(
        "G32", "subject_library_by_other", "主题库由牵头部门建设", cite("ZHP-3-5-1"),
        lambda c: bool(c.find("builds_subject_library")) and not c.find("is_subject_lead"),
        "主题库由行业主管部门牵头建设，请说明与牵头部门的关系。",
    ),
)  # fmt: skip
