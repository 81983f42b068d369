"""`lixiang policy new`: the first files of a plugin, which already pass the conformance kit (脚手架).

What is written is an invented regulation of nine articles, complete with scenarios and tests, to be replaced row by row
by the real one. The files are templates in the folder beside this module, in the shape they will have.
"""

import re
from collections.abc import Iterator
from importlib.metadata import entry_points
from importlib.resources import files
from importlib.resources.abc import Traversable
from keyword import iskeyword
from pathlib import Path
from typing import Annotated, Any

import typer
from jinja2 import Environment, StrictUndefined

from core.kernel.errors import Conflict, Invalid
from core.policy.rulebooks.registry import GROUP

TEMPLATES = files("core.cli.scaffold") / "templates"
SUFFIX = ".j2"
_PLACE = re.compile(r"[a-z][a-z0-9_]{1,30}")
_PREFIX = re.compile(r"[A-Z][A-Z0-9]{0,7}")
_HEADING = f'[project.entry-points."{GROUP}"]'


class NotAPlace(Invalid):
    """The word cannot name a place: it would be no Python package, or no prefix of row ids."""


class AlreadyThere(Conflict):
    """A place of that name, or one of its files, exists already; nothing was written."""


class NotTheRepository(Invalid):
    """The folder is not a checkout of Lixiang, so that there is no `plugins/` to put the place into."""


def new(
    place: Annotated[str, typer.Argument(help="地区代码，小写拼音。 Code of the place.", show_default=False)],
    *,
    title: Annotated[str, typer.Option(help="地区名称。 Name of the place, in Chinese.")] = "某地",
    prefix: Annotated[
        str, typer.Option(help="条款编号前缀，缺省取代码前两个字母。 Prefix of row ids.", show_default=False)
    ] = "",
    root: Annotated[Path, typer.Option(help="立项仓库目录。 A checkout of Lixiang.")] = Path(),
    standalone: Annotated[
        Path | None, typer.Option(help="改为在此目录建立独立发行包。 A distribution of its own.", show_default=False)
    ] = None,
) -> None:
    """生成新地区的插件，已能通过一致性检验。 Begin a plugin that already passes the conformance kit."""
    words = _words(place, title, prefix or place.replace("_", "")[:2].upper(), alone=standalone is not None)
    if standalone is None and not is_checkout(root):
        raise NotTheRepository(f"{root.resolve()} 不是立项的仓库目录：请进入仓库，或用 --standalone 建立独立发行包。")
    where = standalone if standalone is not None else root
    written = write(where, dict(plan(words, alone=standalone is not None)))
    if standalone is None:
        enter(root / "pyproject.toml", place)
    for path in written:
        typer.echo(path)
    typer.echo(_next_steps(words, alone=standalone is not None))


def _words(place: str, title: str, prefix: str, *, alone: bool) -> dict[str, Any]:
    """What the templates are filled with.

    Raises: NotAPlace; AlreadyThere if a place of that name is installed.
    """
    if not _PLACE.fullmatch(place) or iskeyword(place):
        raise NotAPlace(f"“{place}”不能作为地区代码：须为小写字母开头的字母、数字、下划线，二至三十一位。")
    if not _PREFIX.fullmatch(prefix):
        raise NotAPlace(f"“{prefix}”不能作为条款前缀：须为大写字母开头的字母或数字，至多八位。")
    if any(point.name == place for point in entry_points(group=GROUP)):
        raise AlreadyThere(f"已安装“{place}”的办法，没有写入任何文件。")
    return {
        "place": place,
        "title": title,
        "prefix": prefix,
        "package": f"lixiang_{place}" if alone else f"plugins.{place}",
        "class_name": "".join(word.capitalize() for word in place.split("_")),
        "depth": 1 if alone else 3,
    }


def plan(words: dict[str, Any], *, alone: bool) -> Iterator[tuple[str, str]]:
    """Every file by its path below the folder it goes to, filled in."""
    environment = Environment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)  # noqa: S701 - source files, not pages
    package = words["package"].replace(".", "/")
    tests = "tests" if alone else f"tests/plugins/{words['place']}"
    homes = {"plugin": package, "tests": tests} | ({"standalone": "."} if alone else {})
    for folder, home in homes.items():
        for path, template in _templates(TEMPLATES / folder):
            yield f"{home}/{path}".removeprefix("./"), environment.from_string(template).render(words)


def _templates(folder: Traversable, below: str = "") -> Iterator[tuple[str, str]]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            yield from _templates(item, f"{below}{item.name}/")
        elif item.name.endswith(SUFFIX):
            yield below + item.name.removesuffix(SUFFIX), item.read_text(encoding="utf-8")


def is_checkout(root: Path) -> bool:
    """Whether a folder is a checkout of Lixiang, with a place for plugins and a list of them."""
    pyproject = root / "pyproject.toml"
    return (root / "plugins").is_dir() and pyproject.is_file() and _HEADING in pyproject.read_text(encoding="utf-8")


def write(root: Path, planned: dict[str, str]) -> list[str]:
    """Write all files, or none: a file that exists is never overwritten.

    Raises: AlreadyThere with every file in the way.
    """
    there = [path for path in planned if (root / path).exists()]
    if there:
        raise AlreadyThere(f"已有这些文件，没有写入任何文件：{'、'.join(there)}")
    for path, text in planned.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return sorted(planned)


def enter(pyproject: Path, place: str) -> None:
    """Name the place among the entry points of the repository's own distribution."""
    lines = pyproject.read_text(encoding="utf-8").splitlines()
    at = lines.index(_HEADING) + 1
    while at < len(lines) and "=" in lines[at]:
        at += 1
    lines.insert(at, f'{place} = "plugins.{place}.policy"')
    pyproject.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _next_steps(words: dict[str, Any], *, alone: bool) -> str:
    place = words["place"]
    if alone:
        return f"下一步：python -m pip install -e . && lixiang policy coverage {place} && python -m pytest"
    return f"下一步：make test；lixiang policy coverage {place}"
