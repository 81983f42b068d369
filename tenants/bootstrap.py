"""The entry points of the distribution: the command `lixiang` and the application that granian loads."""

import sys

from core import cli
from core.kernel import settings
from tenants import assembly, commands
from tenants.assembly import app_factory
from tenants.scenarios import serve

__all__ = ["app_factory", "installation", "main"]


def installation() -> cli.Installation:
    """The ways into this installation, as the commands see them."""
    return cli.Installation(settings=settings.read, servers=assembly.servers, services=assembly.services, stage=serve)


def main() -> None:
    """Run one command line and end the process with its status."""
    application = cli.build()
    commands.register(application)
    sys.exit(cli.run(application, installation()))
