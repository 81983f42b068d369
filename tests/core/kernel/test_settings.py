"""Settings: development needs none, production refuses the unsafe ones, all at once and by name."""

from datetime import date

import pytest

from core.kernel.settings import Settings, read
from core.kernel.startup import CannotStart

SAFE = {
    "ENVIRONMENT": "production",
    "DATABASE_URL": "postgresql://lixiang_app@db/lixiang",
    "REDIS_URL": "redis://queue",
    "STORAGE_URL": "s3://files",
    "SECRET_KEY": "x" * 32,
    "BASE_URL": "https://lixiang.example.gov.cn",
}


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the machine sets, these tests begin without it."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"LIXIANG_{name.upper()}", raising=False)


def in_environment(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in values.items():
        monkeypatch.setenv(f"LIXIANG_{name}", value)


def test_development_needs_no_setting() -> None:
    settings = read()
    assert (settings.environment, settings.fixed_day) == ("development", None)
    assert settings.base_url == "http://127.0.0.1:8000"
    assert not settings.cookies_are_secure


def test_the_local_address_follows_host_port_and_prefix(monkeypatch: pytest.MonkeyPatch) -> None:
    in_environment(monkeypatch, HOST="0.0.0.0", PORT="9000", PATH_PREFIX="lixiang/")
    assert read().base_url == "http://127.0.0.1:9000/lixiang"


def test_a_day_stops_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    in_environment(monkeypatch, CLOCK="2026-03-02")
    assert read().fixed_day == date(2026, 3, 2)


def test_a_malformed_value_is_named_with_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    in_environment(monkeypatch, PORT="many", CLOCK="tomorrow")
    with pytest.raises(CannotStart) as refusal:
        read()
    assert sorted(sentence.split(" ")[0] for sentence in refusal.value.sentences) == ["LIXIANG_CLOCK", "LIXIANG_PORT"]


def test_production_with_safe_settings_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    in_environment(monkeypatch, **SAFE)
    assert read().cookies_are_secure


def test_production_without_settings_names_every_variable_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    in_environment(monkeypatch, ENVIRONMENT="production", CLOCK="2026-03-02", SECURE_COOKIES="false")
    with pytest.raises(CannotStart) as refusal:
        read()
    assert [sentence.split(" ")[0].removeprefix("LIXIANG_") for sentence in refusal.value.sentences] == [
        "CLOCK",
        "SECRET_KEY",
        "DATABASE_URL",
        "REDIS_URL",
        "STORAGE_URL",
        "BASE_URL",
        "SECURE_COOKIES",
    ]


@pytest.mark.parametrize(
    ("variable", "unsafe"),
    [
        ("CLOCK", "2026-03-02"),
        ("SECRET_KEY", "x" * 31),
        ("SECRET_KEY", "lixiang-development-secret-not-for-production"),
        ("DATABASE_URL", ""),
        ("REDIS_URL", ""),
        ("STORAGE_URL", ""),
        ("BASE_URL", "http://lixiang.example.gov.cn"),
        ("SECURE_COOKIES", "false"),
    ],
)
def test_production_refuses_each_unsafe_value(monkeypatch: pytest.MonkeyPatch, variable: str, unsafe: str) -> None:
    in_environment(monkeypatch, **(SAFE | {variable: unsafe}))
    with pytest.raises(CannotStart) as refusal:
        read()
    assert [sentence.split(" ")[0] for sentence in refusal.value.sentences] == [f"LIXIANG_{variable}"]


def test_an_address_that_was_set_is_not_replaced_by_an_embedded_one(monkeypatch: pytest.MonkeyPatch) -> None:
    in_environment(monkeypatch, REDIS_URL="redis://queue")
    complete = read().with_servers(redis_url="unix:///run/valkey.sock", storage_url="file:///files")
    assert (complete.redis_url, complete.storage_url) == ("redis://queue", "file:///files")
