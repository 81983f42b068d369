"""The glossary in core's docstring is a table, and no second English word is used for its terms."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import core

ROOT = Path(core.__file__).parent.parent
Row = tuple[str, str, tuple[str, ...], str]


def rows() -> list[Row]:
    """The table: term, Chinese, words not to be used, one sentence."""
    found = re.findall(r"^\| ([a-z_]+) \| ([^|]+) \|([^|]*)\| ([^|]+) \|$", core.__doc__ or "", re.MULTILINE)
    return [
        (term, chinese, tuple(re.findall(r"[a-z_]+", refused)), sentence)
        for term, chinese, refused, sentence in found
        if term != "term"
    ]


def words(name: str) -> tuple[str, ...]:
    """The words of a snake or camel case name."""
    return tuple(re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().strip("_").split("_"))


def names(path: Path) -> Iterator[str]:
    """What a file defines: itself, its classes, functions and arguments."""
    yield path.stem
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg


def second_words(name: str) -> list[str]:
    """The refused words in a name, singular or plural."""
    joined = f"_{'_'.join(words(name))}_"
    return [refused for _, _, listed, _ in rows() for refused in listed if re.search(f"_{refused}(s)?_", joined)]


def test_each_term_has_its_chinese_and_one_sentence() -> None:
    table = rows()
    assert len(table) > 40
    assert len({term for term, *_ in table}) == len(table)
    for _, chinese, _, sentence in table:
        assert re.search(r"[\u4e00-\u9fff]", chinese)
        assert sentence.endswith(".")


def test_no_term_is_refused_as_a_second_word_of_another() -> None:
    assert not {term for term, *_ in rows()} & {word for _, _, listed, _ in rows() for word in listed}


def test_a_second_word_is_found_in_any_spelling() -> None:
    assert second_words("list_suppliers") == ["supplier"]
    assert second_words("BusinessDayCount") == ["business_day"]
    assert second_words("emphasis") == []


def test_no_second_english_word_is_used_for_a_term() -> None:
    used = [
        f"{path.relative_to(ROOT)}: {name} ({', '.join(second)})"
        for floor in ("core", "plugins", "tenants")
        for path in sorted((ROOT / floor).rglob("*.py"))
        for name in names(path)
        if (second := second_words(name))
    ]
    assert not used, "\n".join(used)


def test_the_page_for_readers_is_the_same_table() -> None:
    page = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    table = (core.__doc__ or "").partition("| term |")[2].strip()
    assert page.partition("| term |")[2].strip() == table
