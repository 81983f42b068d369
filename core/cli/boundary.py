"""The edge of the command line: what a person reads, and which exit status a script sees, when a command fails.

An expected failure is one sentence with the way out and no traceback; anything else is a bug and keeps its own.
"""

from socket import gaierror

import typer
from rich.console import Console

from core.cli.context import Installation
from core.kernel.database import UnsafeRole
from core.kernel.errors import Conflict, Forbidden, Invalid, LixiangError, NotFound, RuleViolated, Unavailable
from core.kernel.startup import CannotStart
from core.migrations.runner import MigrationRefused

CANNOT_START = 2
EXIT_STATUS: dict[type[LixiangError], int] = {
    Invalid: 3,
    NotFound: 4,
    Forbidden: 5,
    Conflict: 6,
    RuleViolated: 7,
    Unavailable: 8,
}


def run(app: typer.Typer, installation: Installation, arguments: list[str] | None = None) -> int:
    """Run one command line and say with which status the process ends."""
    errors = Console(stderr=True, highlight=False, soft_wrap=True)
    try:
        app(args=arguments, prog_name="lixiang", obj=installation)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except CannotStart as refusal:
        for sentence in refusal.sentences:
            errors.print(sentence, style="red", markup=False)
        return CANNOT_START
    except (UnsafeRole, MigrationRefused) as refusal:
        errors.print(str(refusal), style="red", markup=False)
        return CANNOT_START
    except LixiangError as error:
        errors.print(str(error), style="red", markup=False)
        return next(status for kind, status in EXIT_STATUS.items() if isinstance(error, kind))
    except (ConnectionError, TimeoutError, gaierror) as error:
        sentence = f"无法连接服务器：{error}。 A server does not answer; check the LIXIANG_…_URL settings."
        errors.print(sentence, style="red", markup=False)
        return EXIT_STATUS[Unavailable]
    return 0
