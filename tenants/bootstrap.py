"""The entry points of the distribution: the command `lixiang` and the application that granian loads."""

import sys

from core import cli
from tenants import assembly, commands
from tenants.assembly import app_factory

__all__ = ["app_factory", "main"]


def main() -> None:
    """Run one command line and end the process with its status."""
    application = cli.build()
    commands.register(application)
    sys.exit(cli.run(application, assembly.installation()))
