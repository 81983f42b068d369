"""The rows of Baiyun that live in the platform rather than in a decision."""

from core.policy.rulebooks.registry import installed
from core.policy.rulebooks.rulebook import Rulebook
from plugins.baiyun.facts.application import CONTENTS, IN_SCOPE_SOURCES


def rules() -> Rulebook:
    return installed().place("baiyun").rulebook()


def test_only_the_bureau_keeps_the_expert_library_and_the_record_of_units() -> None:
    book = rules()
    assert book.registers["expert_library"].kept_by == ("data_bureau",)
    assert book.registers["unit_findings"].kept_by == ("data_bureau",)


def test_audit_reads_everything_and_acts_nowhere() -> None:
    audit = rules().roles["audit"]
    assert audit.reads_all
    assert not audit.acts
    assert not any("audit" in stage.actors for _, stage in rules().all_stages())


def test_sector_authorities_follow_the_same_tracks_as_every_project_unit() -> None:
    book = rules()
    assert {"health_bureau", "education_bureau"} <= book.roles.keys()
    assert not any({"health_bureau", "education_bureau"} & set(stage.actors) for _, stage in book.all_stages())
    assert book.options["sector_flow"] == "same"


def test_the_catalogues_and_the_plan_are_shown_to_whoever_reviews() -> None:
    registers = rules().registers
    assert set(registers["asset_catalogue"].shown_at) == {"plan_review", "final_acceptance"}
    assert set(registers["unit_data_catalogue"].shown_at) == {"plan_review", "final_acceptance"}
    assert "plan_review" in registers["development_plans"].shown_at
    assert "data_bureau" in registers["development_plans"].read_by


def test_a_filed_development_plan_keeps_its_versions_and_the_ledger_is_never_typed() -> None:
    registers = rules().registers
    assert registers["development_plans"].versioned
    assert registers["project_ledger"].derived


def test_the_form_offers_exactly_the_kinds_of_money_the_text_names() -> None:
    offered = rules().facts["funding_source"].choices
    assert offered == (*(key for key, _ in IN_SCOPE_SOURCES), "other")
    assert len(IN_SCOPE_SOURCES) == 9


def test_upgrading_an_application_system_is_offered_as_building() -> None:
    assert CONTENTS["application_system"][0] == "build"
    assert CONTENTS["resource_rental"][0] == "om"
