"""`lixiang scenario`: play scenario files on the pure engine, or over HTTP against a running service."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import httpx
import msgspec
import typer
from rich.console import Console

from core.cli.live import LivePlayer, Officer
from core.kernel.codec import encode
from core.kernel.errors import Invalid, NotFound
from core.policy.registry import Registry, UnknownPlaceError, installed
from core.policy.scenarios import Report, Scenario, ScenarioInvalidError, load, run
from core.policy.scenarios.loading import load_folder
from core.policy.scenarios.reporting import plain, show

app = typer.Typer(
    help="情景：办法的用例。 Scenarios: cases of a regulation.", no_args_is_help=True, rich_markup_mode=None
)
PASSWORD = "LIXIANG_SCENARIO_PASSWORD"  # noqa: S105 - the name of the setting, not a password


class ScenarioUnreadable(Invalid):
    """A file that holds no scenario; its message names every problem."""


class NotThere(NotFound):
    """A file, a folder or a place that is not there."""


@app.callback()
def scenarios() -> None:
    """Keep `run` a command among others to come."""


@app.command("run")
def run_files(
    files: Annotated[list[Path], typer.Argument(help="情景文件或文件夹。 Files or folders.", show_default=False)],
    *,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="通过的情景也逐步显示。 Steps of all.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出。 Report as JSON.")] = False,
    live: Annotated[str, typer.Option(help="对运行中的服务执行，例如 http://127.0.0.1:8000。 Play over HTTP.")] = "",
    tenant: Annotated[str, typer.Option(help="租户代码（与 --live 合用）。 Tenant, with --live.")] = "",
    login: Annotated[
        list[str] | None,
        typer.Option(help=f"角色=登录名，可重复；口令取自 {PASSWORD}。 Who acts in a role, with --live."),
    ] = None,
) -> None:
    """运行情景，与预期不符时退出状态为 1。 Run scenarios; exit status 1 when one differs from what it expects."""
    found = [(path.name, scenario) for path in files for path, all_of in _read(path).items() for scenario in all_of]
    player = _live_player(live, tenant, login or []) if live else _play
    reports = [(name, player(scenario, installed())) for name, scenario in found]
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


def _live_player(url: str, tenant: str, logins: list[str]) -> Callable[[Scenario, Registry], Report]:
    """Play over HTTP; each role signs in once, when it first acts."""
    names = dict(text.split("=", 1) for text in logins if "=" in text)
    password = os.environ.get(PASSWORD, "")
    if not tenant or not names or not password:
        raise Invalid(f"--live 需要 --tenant、--login 角色=登录名，并在 {PASSWORD} 中给出口令")
    client = httpx.Client(base_url=url, timeout=30)
    signed_in: dict[str, Officer] = {}

    def officer(role: str) -> Officer:
        if role not in names:
            raise Invalid(f"没有以“{role}”办理的登录名，请加 --login {role}=…")
        if names[role] not in signed_in:
            signed_in[names[role]] = Officer(client, tenant=tenant, login=names[role], password=password)
        return signed_in[names[role]]

    def play(scenario: Scenario, registry: Registry) -> Report:
        steps = tuple(LivePlayer(scenario, registry, officer).play())
        return Report(title=scenario.title, rules=scenario.rules, steps=steps, touched=scenario.rules, untouched=())

    return play
