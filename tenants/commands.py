"""The commands that start processes: `run` for one machine, `serve` and `worker` for a deployment, `migrate`."""

import asyncio
from typing import Annotated

import typer
from rich.console import Console

from core.cli import installation
from tenants import opening, processes
from tenants.demo.journeys import demonstrate
from tenants.demo.shown import places_shown


def register(app: typer.Typer) -> None:
    """Add these commands to the application."""
    app.command("run")(run)
    app.command("serve")(serve)
    app.command("worker")(worker)
    app.command("demo")(demo)
    app.command("migrate")(migrate_database)
    app.add_typer(opening.app, name="tenant")


def run(context: typer.Context) -> None:
    """在本机启动全部服务。 Start everything on this machine; Ctrl-C stops it."""
    raise typer.Exit(processes.run(installation(context).settings()))


def demo(
    context: typer.Context,
    places: Annotated[
        list[str] | None, typer.Argument(help="地区代码，不写即全部。 Places; all that ship journeys.")
    ] = None,
) -> None:
    """通过接口办理若干真实项目的全过程。 Take real projects through their life over HTTP; status 1 on a difference."""
    if not demonstrate(
        installation(context).settings(), places or places_shown(), Console(highlight=False, soft_wrap=True)
    ):
        raise typer.Exit(1)


def serve(context: typer.Context) -> None:
    """提供页面与接口服务。 Serve pages and API."""
    with installation(context).servers() as settings:
        processes.serve(settings)


def worker(context: typer.Context) -> None:
    """处理后台任务。 Do background jobs."""
    with installation(context).servers() as settings:
        processes.work(settings)


def migrate_database(context: typer.Context) -> None:
    """更新数据库结构。 Bring the database to the newest schema (LIXIANG_OWNER_DATABASE_URL)."""
    with installation(context).servers() as settings:
        applied = asyncio.run(processes.migrate_schema(settings))
    for label in applied or ["已是最新 nothing to do"]:
        typer.echo(label)
