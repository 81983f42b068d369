"""The command `lixiang`: one module per group of commands, each a Typer application of its own.

Commands that need only core stand here; those that start processes or touch tenants stand on the floor above,
which adds them to the same application.
"""

import typer

from core.cli import comparing, importing, journal, moving_rules, policy, printing, scenario, supposing
from core.cli.boundary import run
from core.cli.context import Installation, installation

# Importing a module of further `policy` commands adds them to that group.
_FURTHER = (comparing, moving_rules, printing, supposing)

__all__ = ["Installation", "build", "installation", "run"]


def build() -> typer.Typer:
    """The application with all commands of core."""
    app = typer.Typer(
        name="lixiang",
        help="Lixiang 立项：政务信息化项目全过程管理。 The whole life of government IT projects.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.add_typer(importing.app, name="import")
    app.add_typer(journal.app, name="journal")
    app.add_typer(policy.app, name="policy")
    app.add_typer(scenario.app, name="scenario")
    return app
