"""`lixiang scenario`: play scenario files on the pure engine, or over HTTP against a running service."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console

from core.cli.context import Installation, installation
from core.cli.live import LivePlayer
from core.cli.officers import LiveError
from core.kernel.codec import encode
from core.kernel.errors import Invalid, NotFound
from core.policy.rulebooks.registry import Registry, UnknownPlaceError, installed
from core.policy.scenarios import Report, Scenario, ScenarioInvalidError, load, run
from core.policy.scenarios.loading import load_folder
from core.policy.scenarios.reporting import plain, show

app = typer.Typer(
    help="情景：办法的用例。 Scenarios: cases of a regulation.", no_args_is_help=True, rich_markup_mode=None
)


class ScenarioUnreadable(Invalid):
    """A file that holds no scenario; its message names every problem."""


class NotThere(NotFound):
    """A file, a folder or a place that is not there."""


@app.callback()
def scenarios() -> None:
    """Keep `run` a command among others to come."""


@app.command("run")
def run_files(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="情景文件或文件夹。 Files or folders.", show_default=False)],
    *,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="通过的情景也逐步显示。 Steps of all.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出。 Report as JSON.")] = False,
    live: Annotated[bool, typer.Option("--live", help="通过接口在真实服务上执行。 Play over HTTP as well.")] = False,
) -> None:
    """运行情景，与预期不符时退出状态为 1。 Run scenarios; exit status 1 when one differs from what it expects."""
    found = [(path.name, scenario) for path in files for path, all_of in _read(path).items() for scenario in all_of]
    reports = _play_live(installation(context), found) if live else [(name, _play(s, installed())) for name, s in found]
    if as_json:
        typer.echo(msgspec.json.format(encode(plain(reports))))
    else:
        show(reports, Console(highlight=False), verbose=verbose)
    if not all(report.passed for _, report in reports):
        raise typer.Exit(1)


def _read(path: Path) -> dict[Path, tuple[Scenario, ...]]:
    if not path.exists():
        raise NotThere(f"找不到 {path}")
    try:
        return load_folder(path) if path.is_dir() else {path: load(path)}
    except ScenarioInvalidError as error:
        raise ScenarioUnreadable(f"情景文件有误。 {error}") from error


def _play(scenario: Scenario, registry: Registry) -> Report:
    try:
        return run(scenario, registry)
    except UnknownPlaceError as error:
        raise NotThere(f"“{scenario.title}”所在地区没有安装：{scenario.place}。 {error}") from error
    except (ValueError, KeyError) as error:
        raise ScenarioUnreadable(f"“{scenario.title}”无法执行：{error}") from error


def _play_live(place: Installation, found: list[tuple[str, Scenario]]) -> list[tuple[str, Report]]:
    """Play over HTTP, beside the engine."""
    reports = []
    with place.stage([scenario for _, scenario in found]) as casts:
        for (name, scenario), cast in zip(found, casts, strict=True):
            player = LivePlayer(scenario, installed(), cast)
            try:
                steps = tuple(player.play())
            except LiveError as error:
                raise ScenarioUnreadable(f"“{scenario.title}”无法继续：{error}") from error
            reports.append((name, player.pure.report(steps)))
    return reports
