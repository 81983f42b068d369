"""The edge of the command line: one sentence, no traceback, and a status a script can tell apart."""

import pytest

from core.cli import Installation, build, run
from core.cli.boundary import EXIT_STATUS
from core.kernel.database import UnsafeRole
from core.kernel.errors import Conflict, Forbidden, Invalid, LixiangError, NotFound, RuleViolated, Unavailable
from core.kernel.startup import CannotStart
from tests.core.cli.installing import nowhere


def outcome_of(error: Exception | None, installation: Installation, arguments: list[str]) -> int:
    """The exit status of an application whose only work is to fail like this."""
    app = build()

    @app.callback()
    def nothing() -> None:
        """Make `work` a command among others."""

    @app.command()
    def work() -> None:
        if error is not None:
            raise error

    return run(app, installation, arguments)


@pytest.fixture
def installation() -> Installation:
    return nowhere()


def test_success_is_zero(installation: Installation) -> None:
    assert outcome_of(None, installation, ["work"]) == 0


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Invalid("金额有误"), 3),
        (NotFound("无此项目"), 4),
        (Forbidden("无权限"), 5),
        (Conflict("已被他人修改"), 6),
        (Unavailable("稍后重试"), 8),
    ],
)
def test_each_kind_of_error_has_its_status_and_one_sentence(
    installation: Installation, capsys: pytest.CaptureFixture[str], error: LixiangError, status: int
) -> None:
    assert outcome_of(error, installation, ["work"]) == status
    assert capsys.readouterr().err == f"{error}\n"


def test_all_six_kinds_have_a_status_of_their_own() -> None:
    assert set(EXIT_STATUS) == {Invalid, NotFound, Forbidden, Conflict, RuleViolated, Unavailable}
    assert len(set(EXIT_STATUS.values())) == len(EXIT_STATUS)


@pytest.mark.parametrize("refusal", [CannotStart("端口已被占用"), UnsafeRole("postgres", "is a superuser")])
def test_a_start_that_is_refused_says_why_and_ends_with_two(
    installation: Installation, capsys: pytest.CaptureFixture[str], refusal: Exception
) -> None:
    assert outcome_of(refusal, installation, ["work"]) == 2
    assert capsys.readouterr().err == f"{refusal}\n"


def test_a_server_that_does_not_answer_is_no_traceback(
    installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    assert outcome_of(ConnectionRefusedError("refused"), installation, ["work"]) == 8
    assert "LIXIANG_" in capsys.readouterr().err


def test_a_bug_keeps_its_traceback(installation: Installation) -> None:
    with pytest.raises(ZeroDivisionError):
        outcome_of(ZeroDivisionError(), installation, ["work"])


def test_an_unknown_command_ends_with_two(installation: Installation) -> None:
    assert outcome_of(None, installation, ["wrok"]) == 2
