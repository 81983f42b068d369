"""A printed rulebook as a page for A4 and as plain text; the page needs no other file and no network."""

from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined

from core.kernel.workdays.ledger import chinese_day
from core.policy.printing.model import Note, Printed

_TEMPLATES = files("core.policy.printing") / "templates"


def as_html(printed: Printed) -> str:
    """A whole page, styles and maps included."""
    return _environment().get_template("rulebook.html.j2").render(book=printed)


def as_markdown(printed: Printed) -> str:
    """The same without maps, for reading, searching and comparing."""
    return _environment().get_template("rulebook.md.j2").render(book=printed)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(lambda name: (_TEMPLATES / name).read_text(encoding="utf-8")),
        autoescape=lambda name: bool(name and ".html" in name),  # noqa: S701 - on for every page; Markdown is no page
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"day": chinese_day, "line": _line}
    return environment


def _line(note: Note) -> str:
    """One line of a list: the title, what is said of it, and its article."""
    told = "，".join(one for one in (note.kind, note.detail) if one)
    article = f"（{note.article}）" if note.article else ""
    return f"{note.title}{'：' + told if told else ''}{article}"
