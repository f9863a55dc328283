"""What genie_svc reads from `config/config.yaml` and the environment."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final, Self

from aislides_runtime.logs import LoggingSection
from aislides_runtime.settings import Secret, Section, load_settings
from pydantic import Field, field_validator, model_validator

Seconds = Annotated[float, Field(gt=0, le=86_400)]
Count = Annotated[int, Field(ge=1)]

OTHER_SECTIONS: Final = frozenset({"llm", "orchestrator", "api", "output", "local_workspace"})
ALIASES: Final = {
    "DATABRICKS_HOST": "databricks.host",
    "DATABRICKS_TOKEN": "databricks.token",
    "DATABRICKS_CLIENT_ID": "databricks.client_id",
    "DATABRICKS_CLIENT_SECRET": "databricks.client_secret",
    "LOG_LEVEL": "logging.level",
}


class GenieSection(Section):
    """Section `genie`."""

    listen: str = "127.0.0.1:50051"
    """Address of the gRPC server; port 0 takes a free one."""
    space_id: Annotated[str, Field(pattern=r"^[0-9A-Za-z_-]{0,128}$")] = ""
    """Space that is asked when a request names none."""
    timeout_seconds: Seconds = 600.0
    """Longest wait for one answer of Genie."""
    poll_first_seconds: Seconds = 1.0
    poll_most_seconds: Seconds = 5.0
    """Gaps between looks at a question grow from the first to the most."""
    patience_seconds: Seconds = 60.0
    """How long the workspace may be away while a question waits."""
    settle_seconds: Annotated[float, Field(ge=0, le=300)] = 10.0
    """How long Genie is searched for a question whose reply was lost, before it is asked again."""
    questions_per_minute: Annotated[float, Field(ge=0, le=10_000)] = 5.0
    """Questions that the workspace takes a minute; 0 means without a limit of ours."""
    most_queued: Count = 2_000
    tenant_weights: dict[str, Annotated[int, Field(ge=1, le=100)]] = Field(default_factory=dict)
    """Share of the budget by tenant while several wait; 1 for those not named."""
    max_rows: Annotated[int, Field(ge=1, le=1_000_000)] = 10_000
    """Rows streamed when a request does not say."""
    max_columns: Annotated[int, Field(ge=1, le=10_000)] = 1_000
    max_cell_characters: Annotated[int, Field(ge=16, le=500_000)] = 32_768
    max_result_characters: Annotated[int, Field(ge=1_000, le=500_000_000)] = 16_777_216
    """Text of all cells kept of one result; the rest is cut and said to be."""
    database_url: str = "sqlite:///var/genie.db"
    """sqlite:///path for one process, postgresql://... for several replicas."""
    kept_days: Annotated[float, Field(gt=0, le=365)] = 7.0
    """How long outcomes are remembered under their request ids."""
    snapshot_megabytes: Annotated[int, Field(ge=8, le=1_000_000)] = 512
    """Space for the rows of answers, so that a repeated request_id finds them; oldest go first."""
    http_threads: Annotated[int, Field(ge=1, le=128)] = 16
    """Calls to the workspace at a time; half of them may be looks at waiting questions."""
    http_timeout_seconds: Annotated[float, Field(gt=0, le=300)] = 30.0
    max_reply_bytes: Annotated[int, Field(ge=100_000, le=1_000_000_000)] = 67_108_864
    clients_kept: Count = 256
    client_idle_seconds: Seconds = 900.0
    space_cache_seconds: Annotated[float, Field(ge=0, le=3_600)] = 60.0
    ready_cache_seconds: Annotated[float, Field(ge=1, le=3_600)] = 30.0
    trust_user_token: bool = False
    """Act as the user whose token comes in the call metadata `x-databricks-token`. Only where
    nobody but our own services can call; otherwise the header is ignored."""
    cancel_abandoned_sql: bool = True
    """Cancel SQL of a question when its last caller is gone."""

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        if not url.startswith(("sqlite://", "postgresql://", "postgresql+psycopg://")):
            raise ValueError("must begin with sqlite:/// or postgresql://")
        return url


class DatabricksSection(Section):
    """Where the workspace is and who we are there; from the environment or `.env` only."""

    host: str = ""
    token: Secret | None = None
    client_id: str = ""
    client_secret: Secret | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if not self.host:
            raise ValueError("DATABRICKS_HOST is missing: set it in the environment or in .env")
        if self.token is None and (not self.client_id or self.client_secret is None):
            raise ValueError(
                "DATABRICKS_TOKEN is missing: set it in the environment or in .env"
                " (or DATABRICKS_CLIENT_ID and DATABRICKS_CLIENT_SECRET)"
            )
        return self


class GenieSettings(Section):
    """All that genie_svc reads."""

    genie: GenieSection = GenieSection()
    databricks: DatabricksSection
    logging: LoggingSection = LoggingSection()


def load_genie_settings(
    path: Path | None = None,
    *,
    environ: Mapping[str, str] | None = None,
    dotenv: Path | None = None,
) -> GenieSettings:
    """The settings; raises SettingsError with one line for each fault."""
    return load_settings(
        GenieSettings,
        other_sections=OTHER_SECTIONS,
        path=path,
        environ=environ,
        dotenv=dotenv,
        aliases=ALIASES,
    )
