"""What a deployment decides: every setting, read from the environment and judged before anything starts.

Each setting is an environment variable with the prefix ``LIXIANG_``. Development needs none. Production refuses
to start on values that are safe only on a developer's machine, and names all of them at once.
"""

from datetime import date
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from core.kernel.startup import CannotStart

DEVELOPMENT_SECRET = "lixiang-development-secret-not-for-production"  # noqa: S105 — refused in production
SHORTEST_SECRET = 32


def _local_address(known: dict[str, Any]) -> str:
    """Where a browser on this machine finds the pages, when no public address is set."""
    host = known.get("host", "127.0.0.1")
    visible = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 — compared, not bound
    return f"http://{visible}:{known.get('port', 8000)}{known.get('path_prefix', '')}"


class Settings(BaseSettings):
    """The settings of one process; read once at start and never changed afterwards.

    An address left empty in development or test means: use the embedded server. In production it is a mistake.
    """

    model_config = SettingsConfigDict(env_prefix="LIXIANG_", extra="ignore", frozen=True)

    environment: Literal["development", "test", "production"] = "development"
    clock: str = "system"

    database_url: str = ""
    owner_database_url: str = ""
    redis_url: str = ""
    storage_url: str = ""
    data_dir: str = ".lixiang"

    secret_key: SecretStr = SecretStr(DEVELOPMENT_SECRET)
    path_prefix: str = ""
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    base_url: str = Field(default_factory=_local_address)
    web_workers: int = Field(default=1, ge=1, le=64)
    worker_jobs: int = Field(default=10, ge=1, le=200)
    database_pool: int = Field(default=10, ge=1, le=200)

    secure_cookies: bool | None = None
    session_idle_minutes: int = Field(default=30, ge=1)
    session_hours: int = Field(default=12, ge=1)
    upload_limit_mb: int = Field(default=200, ge=1)
    request_limit_mb: int = Field(default=2, ge=1)

    smtp_url: str = ""
    mail_from: str = "lixiang@localhost"
    webhooks_to_private: bool = False
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    trusted_proxies: int = Field(default=0, ge=0)

    @field_validator("clock")
    @classmethod
    def _clock_is_system_or_a_day(cls, value: str) -> str:
        if value != "system":
            date.fromisoformat(value)
        return value

    @field_validator("path_prefix")
    @classmethod
    def _prefix_starts_with_a_slash(cls, value: str) -> str:
        stripped = value.strip("/")
        return f"/{stripped}" if stripped else ""

    @field_validator("base_url")
    @classmethod
    def _address_has_no_trailing_slash(cls, value: str) -> str:
        return value.rstrip("/")

    @property
    def in_production(self) -> bool:
        """Whether this process serves real people."""
        return self.environment == "production"

    @property
    def fixed_day(self) -> date | None:
        """The day on which the clock stands still, if it does."""
        return None if self.clock == "system" else date.fromisoformat(self.clock)

    @property
    def cookies_are_secure(self) -> bool:
        """Whether cookies travel over https only: what was set, else whatever the public address uses."""
        return self.base_url.startswith("https://") if self.secure_cookies is None else self.secure_cookies

    def with_servers(
        self, *, database_url: str = "", owner_database_url: str = "", redis_url: str = "", storage_url: str = ""
    ) -> Self:
        """The same settings with the addresses of embedded servers where none was set."""
        found = {
            "database_url": database_url,
            "owner_database_url": owner_database_url,
            "redis_url": redis_url,
            "storage_url": storage_url,
        }
        return self.model_copy(update={name: url for name, url in found.items() if not getattr(self, name)})


def read() -> Settings:
    """Read the environment.

    Raises CannotStart with one sentence for each setting that is malformed or, in production, unsafe.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        wrong = [problem for problem in error.errors() if problem["type"] != "default_factory_not_called"]
        raise CannotStart(*(_malformed(str(problem["loc"][0]), problem["msg"]) for problem in wrong)) from None
    if settings.in_production and (refusals := unsafe(settings)):
        raise CannotStart(*refusals)
    return settings


def unsafe(settings: Settings) -> tuple[str, ...]:
    """Everything that must not be so in production, one sentence each, naming the variable to set."""
    secret = settings.secret_key.get_secret_value()
    checks = (
        (
            settings.clock != "system",
            "LIXIANG_CLOCK 须为 system（生产环境不得改动日期）。 Set LIXIANG_CLOCK=system in production.",
        ),
        (
            secret == DEVELOPMENT_SECRET or len(secret) < SHORTEST_SECRET,
            f"LIXIANG_SECRET_KEY 须为至少 {SHORTEST_SECRET} 位随机字符。 Set LIXIANG_SECRET_KEY to a long random text.",
        ),
        (not settings.database_url, _missing("LIXIANG_DATABASE_URL", "数据库", "postgresql://…")),
        (not settings.redis_url, _missing("LIXIANG_REDIS_URL", "队列", "redis://…")),
        (not settings.storage_url, _missing("LIXIANG_STORAGE_URL", "文件存储", "s3://… or file:///…")),
        (
            urlsplit(settings.base_url).scheme != "https",
            "LIXIANG_BASE_URL 须以 https:// 开头。 Set LIXIANG_BASE_URL to the public https:// address.",
        ),
        (
            settings.secure_cookies is False,
            "LIXIANG_SECURE_COOKIES 不得为 false。 Remove LIXIANG_SECURE_COOKIES or set it to true.",
        ),
    )
    return tuple(sentence for wrong, sentence in checks if wrong)


def _missing(variable: str, what: str, example: str) -> str:
    return (
        f"{variable} 未设置：生产环境须指定{what}地址。 Set {variable} ({example}); production uses no embedded server."
    )


def _malformed(field: str, reason: str) -> str:
    variable = f"LIXIANG_{field.upper()}"
    return f"{variable} 的值无效（{reason}）。 Correct {variable} or remove it to use the default."
