"""What the orchestrator reads from `config/config.yaml` and the environment."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from aislides_runtime.logs import LoggingSection
from aislides_runtime.settings import Section, load_settings
from pydantic import Field, field_validator

from orchestrator_svc.render.themes import NAMES

OTHER_SECTIONS: Final = frozenset({"llm", "genie", "api", "local_workspace"})
"""Sections of the shared file that other services read."""


class OrchestratorSection(Section):
    """Where the orchestrator listens, whom it calls, and what a deck may use."""

    listen: str = "127.0.0.1:50053"
    """Address and port; port 0 takes a free one."""
    insecure_ok: bool = False
    """True permits plaintext gRPC off loopback, as inside a container network."""
    genie_target: str = "127.0.0.1:50051"
    llm_target: str = "127.0.0.1:50052"
    database_url: str = "sqlite:///var/orchestrator.sqlite"
    """SQLAlchemy URL: `sqlite:///FILE` for one machine, `postgresql+psycopg://...` for
    several replicas."""
    max_running_decks: int = Field(default=200, ge=1, le=10_000)
    """Decks at work at once in this process; more wait in the queue."""
    max_unfinished_decks: int = Field(default=2_000, ge=1, le=1_000_000)
    """Decks waiting or at work, over all replicas; more are refused."""
    max_unfinished_decks_per_tenant: int = Field(default=1_000, ge=1, le=1_000_000)
    """Of these, decks of one tenant, so that nobody fills the queue alone."""
    max_attempts: int = Field(default=5, ge=1, le=1_000_000)
    """Times that a deck is taken up without a step being finished, before it is given up."""
    lease_seconds: float = Field(default=15, ge=1, le=300)
    """PostgreSQL: a replica that is silent for so long is taken for dead. SQLite needs none."""
    drain_seconds: float = Field(default=5, ge=0, le=600)
    """Time that decks at work get at a stop, before they are handed back."""
    deck_time_limit_seconds: float = Field(default=600, gt=0, le=7200)
    max_genie_questions: int = Field(default=8, ge=1, le=20)
    max_tokens: int = Field(default=400_000, ge=0)
    """Model tokens a deck may use, in and out; 0 for no limit."""
    max_cost_micro_usd: int = Field(default=0, ge=0)
    """Money a deck may use, in millionths of a US dollar; 0 for no limit."""
    max_result_rows: int = Field(default=5_000, ge=1, le=10_000)
    """Rows kept of each query result."""


class OutputSection(Section):
    """How decks look when the caller does not say."""

    default_max_slides: int = Field(default=10, ge=3, le=40)
    deep_max_slides: int = Field(default=16, ge=3, le=40)
    """The same for depth `deep`, whose questions need the room."""
    theme: str = NAMES[0]
    brand: Path | None = None
    """A brand file, YAML or JSON (docs/themes.md): name, logo, colours, footer, locale."""
    locale: str = "en-GB"
    directory: Path = Path("out")
    """Where the command line leaves decks."""

    @field_validator("theme")
    @classmethod
    def _known(cls, name: str) -> str:
        if name not in NAMES:
            raise ValueError(f"must be one of {', '.join(NAMES)}")
        return name


class Settings(Section):
    """Everything the orchestrator is told from outside."""

    orchestrator: OrchestratorSection = OrchestratorSection()
    output: OutputSection = OutputSection()
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
        aliases={"LOG_LEVEL": "logging.level"},
    )
