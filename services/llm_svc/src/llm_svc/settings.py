"""What the service reads from `config.yaml` and the environment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Final, Literal

from aislides_runtime.logs import LoggingSection
from aislides_runtime.settings import Secret, Section, load_settings
from pydantic import Field, model_validator

from llm_svc.prompts.shipped import DEFAULT as DEFAULT_PROMPTS

Seconds = Annotated[float, Field(gt=0, le=3600)]
Tokens = Annotated[int, Field(ge=1, le=100_000)]

OTHER_SECTIONS: Final = frozenset({"genie", "orchestrator", "api", "output", "local_workspace"})
ALIASES: Final[Mapping[str, str]] = {
    "DATABRICKS_HOST": "databricks.host",
    "DATABRICKS_TOKEN": "databricks.token",
    "DATABRICKS_CLIENT_ID": "databricks.client_id",
    "DATABRICKS_CLIENT_SECRET": "databricks.client_secret",
    "LLM_API_KEY": "llm.api_key",
    "LOG_LEVEL": "logging.level",
}


class Timeouts(Section):
    """Seconds: to connect, to the first byte, between bytes, and for a whole answer."""

    connect: Seconds = 5.0
    first_byte: Seconds = 30.0
    gap: Seconds = 15.0
    total: Seconds = 120.0


class Retries(Section):
    """Tries of one model before its first word, pauses in seconds with full jitter."""

    tries: int = Field(default=2, ge=1, le=5)
    base: float = Field(default=0.5, ge=0, le=60)
    cap: float = Field(default=8.0, ge=0, le=120)


class BreakerSection(Section):
    """When a failing or slow model is left alone, and for how long."""

    window: Seconds = 60.0
    min_calls: int = Field(default=4, ge=1, le=100)
    bad_share: float = Field(default=0.5, gt=0, le=1)
    slow: Seconds = 20.0
    open_for: Seconds = 15.0


class ModelRow(Section):
    """What models whose name matches the pattern can do; keys left out keep their value."""

    match: str = Field(min_length=1)
    structured: Literal["json_schema", "json_object", "prompt_only"] | None = None
    stream: bool | None = None
    stream_with_schema: bool | None = None
    stream_usage: bool | None = None
    tools: bool | None = None
    temperature: bool | None = None
    seed: bool | None = None
    max_tokens_field: Literal["max_tokens", "max_completion_tokens"] | None = None
    context_tokens: int | None = Field(default=None, ge=1024)
    token_factor: float | None = Field(default=None, gt=0, le=10)


class ProviderSection(Section):
    """A further provider. `replay` answers from recorded transcripts."""

    kind: Literal["openai", "databricks", "litellm", "replay"] = "openai"
    base_url: str | None = None
    api_key: Secret | None = None
    key_header: Literal["Authorization", "api-key"] = "Authorization"
    transcripts: Path | None = None

    @model_validator(mode="after")
    def _complete(self) -> ProviderSection:
        if self.kind == "openai" and not self.base_url:
            raise ValueError("a provider of kind openai needs base_url")
        if self.kind == "replay" and self.transcripts is None:
            raise ValueError("a provider of kind replay needs transcripts")
        return self


class TenantSection(Section):
    """What a tenant's data may be sent to."""

    providers: list[str] = Field(min_length=1)


class PriceRow(Section):
    """US dollars per million tokens, and since when."""

    input: float = Field(ge=0)
    output: float = Field(ge=0)
    cached_input: float | None = Field(default=None, ge=0)
    since: date | None = None


class CapRow(Section):
    """Most money and tokens; left out means no limit."""

    usd: float | None = Field(default=None, ge=0)
    tokens: int | None = Field(default=None, ge=0)


class BudgetSection(Section):
    """Caps per request, deck, tenant and UTC day, and UTC day."""

    request: CapRow = CapRow()
    deck: CapRow = CapRow()
    tenant_day: CapRow = CapRow()
    day: CapRow = CapRow()


class CacheSection(Section):
    """Answers kept for exactly equal requests of one principal; 0 seconds switches it off."""

    ttl_seconds: float = Field(default=0.0, ge=0, le=86_400)
    max_bytes: int = Field(default=16 * 1024 * 1024, ge=1024)
    tool_turns: bool = False


class ScreeningSection(Section):
    """Whether ScreenInput asks to block texts that score that much. It flags in any case."""

    block: bool = False
    threshold: float = Field(default=0.8, gt=0, le=1)


class LlmSection(Section):
    """The `llm` section."""

    listen: str = "127.0.0.1:50052"
    mode: Literal["online", "offline"] = "online"
    endpoint: str = Field(default="local-analyst", min_length=1)
    fallbacks: list[str] = Field(default_factory=list)
    routes: dict[str, list[str]] = Field(default_factory=dict)
    base_path: str = Field(default="/serving-endpoints", pattern=r"^(/[A-Za-z0-9._~-]+)*$")
    base_url: str | None = None
    api_key: Secret | None = None
    key_header: Literal["Authorization", "api-key"] = "Authorization"
    temperature: float = Field(default=0.0, ge=0, le=2)
    max_tokens: Tokens = 8000
    max_answer_bytes: int = Field(default=1024 * 1024, ge=1024, le=8 * 1024 * 1024)
    timeouts: Timeouts = Timeouts()
    retries: Retries = Retries()
    breaker: BreakerSection = BreakerSection()
    models: list[ModelRow] = Field(default_factory=list)
    providers: dict[str, ProviderSection] = Field(default_factory=dict)
    tenants: dict[str, TenantSection] = Field(default_factory=dict)
    prices: dict[str, PriceRow] = Field(default_factory=dict)
    budgets: BudgetSection = BudgetSection()
    cache: CacheSection = CacheSection()
    screening: ScreeningSection = ScreeningSection()
    prompts_file: Path = DEFAULT_PROMPTS
    database: str = "sqlite+aiosqlite:///var/llm.db"
    keep_outcomes_days: int = Field(default=30, ge=1, le=3650)
    record_transcripts: Path | None = None
    reflection: bool = False
    insecure_ok: bool = False


class DatabricksSection(Section):
    """The workspace and who we are there: from the environment or `.env` only.

    A token wins over client id and secret; without either the SDK looks for other credentials.
    """

    host: str | None = None
    token: Secret | None = None
    client_id: str | None = None
    client_secret: Secret | None = None


class Settings(Section):
    """All that the service reads."""

    llm: LlmSection = LlmSection()
    databricks: DatabricksSection = DatabricksSection()
    logging: LoggingSection = LoggingSection()


def read_settings(
    path: Path | None = None,
    *,
    environ: Mapping[str, str] | None = None,
    dotenv: Path | None = None,
) -> Settings:
    """The settings of this service. Raises SettingsError with one line for each fault."""
    return load_settings(
        Settings,
        other_sections=OTHER_SECTIONS,
        path=path,
        environ=environ,
        dotenv=dotenv,
        aliases=ALIASES,
    )
