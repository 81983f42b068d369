"""Six kinds of error, each with a stable code and every problem at once."""

import pytest

from core.kernel.errors import (
    KINDS,
    Conflict,
    Forbidden,
    Invalid,
    LixiangError,
    NotFound,
    Problem,
    RuleViolated,
    Unavailable,
    kind_of,
)


class ProjectNotFound(NotFound):
    default_message = "未找到该项目"


class StageNotReady(RuleViolated):
    code = "stage_closed"


PROBLEM = Problem(field="amount", message="超过限额", rule="micro_limit", article="BY-29-2-a")


def test_there_are_exactly_six_kinds() -> None:
    assert set(LixiangError.__subclasses__()) == set(KINDS) == {
        NotFound, Forbidden, Invalid, Conflict, RuleViolated, Unavailable
    }  # fmt: skip


def test_an_error_of_a_concept_takes_its_code_from_its_name_unless_it_states_one() -> None:
    assert ProjectNotFound().code == "project_not_found"
    assert StageNotReady(details=[PROBLEM]).code == "stage_closed"
    assert NotFound(code="file_not_found").code == "file_not_found"
    assert NotFound().code == "not_found"


def test_an_error_speaks_chinese_even_when_nobody_wrote_a_message() -> None:
    assert ProjectNotFound().message == "未找到该项目"
    assert [bool(kind.default_message) for kind in KINDS] == [True] * 6


def test_an_error_belongs_to_one_of_the_six_kinds() -> None:
    assert kind_of(ProjectNotFound()) is NotFound
    assert kind_of(StageNotReady(details=[PROBLEM])) is RuleViolated


def test_the_root_of_all_errors_is_never_raised_itself() -> None:
    with pytest.raises(TypeError, match="six kinds"):
        raise LixiangError("无")


def test_an_error_lists_all_problems_at_once() -> None:
    error = Invalid("填报内容有误", details=[PROBLEM, Problem(message="未填写联系人")])
    assert [problem.message for problem in error.details] == ["超过限额", "未填写联系人"]
    assert str(error) == "填报内容有误；超过限额；未填写联系人"


def test_a_refusal_without_its_rule_cannot_be_raised() -> None:
    with pytest.raises(ValueError, match="names its rule"):
        RuleViolated(details=[])
    with pytest.raises(ValueError, match="names its rule"):
        RuleViolated(details=[Problem(message="不可以")])


def test_a_refusal_may_add_hints_that_have_no_rule() -> None:
    error = RuleViolated(details=[PROBLEM, Problem(message="可先申请复用", severity="note")])
    assert len(error.details) == 2
