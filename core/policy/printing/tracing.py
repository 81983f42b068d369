"""Every article of a regulation: what encodes each of its rows, and which scenarios exercise it."""

from core.policy.coverage import Coverage
from core.policy.printing.model import Article, RowLine
from core.policy.rulebooks.composing import citations
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.wording import ROWS

_KINDS = {
    "regulation": "办法",
    "role": "角色",
    "fact": "事实",
    "threshold": "限额",
    "limit": "期限",
    "paper": "材料",
    "track": "路径",
    "segment": "流程段",
    "side": "附随程序",
    "counter": "次数",
    "gate": "检查",
    "effect": "联动后果",
    "register": "登记簿",
    "listing rule": "上架规则",
    "option": "选项",
    "parameter": "参数",
    "stage": "环节",
    "waiver of": "例外",
    "selection at": "路径选定",
    "slot": "空位",
    "silence": "未规定",
    "total": "年度累计",
    "transition": "过渡规定",
    "pause": "扣除期间",
    "form of": "表样",
    "publicity of": "公开内容",
}
_OWNERS = {
    "waiver of": "gate",
    "selection at": "stage",
    "pause": "limit",
    "form of": "paper",
    "publicity of": "stage",
}
"""Parts that are called by the object they belong to."""
_CREATION = "项目登记"


def articles_of(rules: Rulebook, coverage: Coverage | None) -> tuple[Article, ...]:
    """All articles in the order of the text; without a coverage, what encodes each row and nothing of scenarios."""
    titles = _titles(rules)
    encoded: dict[str, dict[str, None]] = {}
    for name, citation in citations(rules.answers):
        for cited in citation.rows:
            encoded.setdefault(cited, {})[_named(name, titles)] = None
    covered = {row.id: row for row in coverage.rows} if coverage is not None else {}
    found: dict[str, list[RowLine]] = {}
    for row in rules.answers.rows:
        known = covered.get(row.id)
        names = tuple(dict.fromkeys(name for key in (row.id, *row.same_as) for name in encoded.get(key, ())))
        found.setdefault(_article(row.article), []).append(
            RowLine(
                id=row.id,
                kind=ROWS[row.kind],
                text=row.text,
                note=row.note,
                encoded_by=names,
                exercised_by=known.exercised_by if known is not None else (),
                missing=known.missing if known is not None else "",
            )
        )
    return tuple(Article(article=article, rows=tuple(rows)) for article, rows in found.items())


def _article(article: str) -> str:
    """The article itself: 第十六条 of 第十六条第二款第一项; an annex keeps its whole name."""
    head, found, _ = article.partition("条")
    return head + found if article.startswith("第") else article


def _named(name: str, titles: dict[str, str]) -> str:
    """An object as a reader calls it: its kind and its title, whatever key it has in code."""
    kind = next((kind for kind in sorted(_KINDS, key=len, reverse=True) if name.startswith(f"{kind} ")), "")
    key, _, of = name.removeprefix(f"{kind} ").partition(" ")
    owner = of.removeprefix("of ") if of.startswith("of ") else ""
    group = _OWNERS.get(kind, kind)
    title = titles.get(f"{group} {owner or key}") or (_CREATION if key == "create" else key)
    return f"{_KINDS.get(kind, '规则')}“{title}”{'（参照执行）' if of == 'by reference' else ''}"


def _titles(rules: Rulebook) -> dict[str, str]:
    groups = rules.answers.kinds | {
        "transition": tuple(t for r in rules.answers.regulations for t in r.transitions),
        "stage": rules.answers.stages,
    }
    return {f"{kind} {item.key}": item.title for kind, items in groups.items() for item in items}
