"""What the gateway reads from `config/config.yaml`, section `api`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final, Self

from aislides_runtime.logs import LoggingSection
from aislides_runtime.settings import Section, load_settings
from pydantic import Field, model_validator

OTHER_SECTIONS: Final = frozenset({"llm", "genie", "orchestrator", "output", "local_workspace"})
ALIASES: Final = {
    "API_HOST": "api.host",
    "API_PORT": "api.port",
    "DATABRICKS_APP_PORT": "api.port",
    "LOG_LEVEL": "logging.level",
}
KeyHash = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Tenant = Annotated[str, Field(pattern=r"^[A-Za-z0-9._:@-]{1,128}$")]


class ApiSection(Section):
    """Where the gateway listens, whom it calls, who may call it."""

    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65_535)
    """0 takes a free port."""
    orchestrator_target: str = "127.0.0.1:50053"
    wait_seconds: float = Field(default=300.0, gt=0, le=3_600)
    """Longest wait of `POST /generate-slides`."""
    read_seconds: float = Field(default=30.0, gt=0, le=300)
    heartbeat_seconds: float = Field(default=15.0, gt=0, le=60)
    body_limit_bytes: int = Field(default=65_536, ge=1_024, le=8 * 1024 * 1024)
    requests_per_minute: int = Field(default=0, ge=0, le=1_000_000)
    """Requests that one caller may make a minute; 0 for no limit."""
    cors_origins: tuple[str, ...] = ()
    """Origins of pages that may call from a browser; never `*`."""
    key_hashes: tuple[KeyHash, ...] = ()
    """SHA-256 of the API keys that may call; callers send `Authorization: Bearer KEY`. Each key has
    decks of its own: those of the tenant `key-` and the first 12 digits of its hash."""
    tenants: dict[Tenant, tuple[KeyHash, ...]] = Field(default_factory=dict)
    """More keys that may call, by the tenant whose decks they share."""
    allow_anonymous: bool = False
    """True permits calls without a key on an address that other machines can reach, as inside a
    container whose port is published on loopback only."""
    person_header: Annotated[str, Field(pattern="^[A-Za-z0-9-]{0,64}$")] = ""
    """Header in which a proxy before the gateway, and nobody else, names who calls, such as
    `X-Forwarded-Email` in a Databricks App: each person then has decks of their own."""

    @model_validator(mode="after")
    def _one_tenant_a_key(self) -> Self:
        named = Counter(each for keys in self.tenants.values() for each in keys)
        if twice := [each for each, times in named.items() if times > 1]:
            raise ValueError(f"tenants: a key is one tenant's; {twice[0][:12]}... is named twice")
        return self

    @model_validator(mode="after")
    def _keys_or_names(self) -> Self:
        if self.person_header and self.tenant_by_key():
            raise ValueError("person_header: callers are known by a key or by a proxy, not by both")
        return self

    def tenant_by_key(self) -> dict[str, str]:
        """Whose decks each known key opens, by the key's hash."""
        own = {each: f"key-{each[:12]}" for each in self.key_hashes}
        return own | {each: name for name, keys in self.tenants.items() for each in keys}


class Settings(Section):
    """All that the gateway reads."""

    api: ApiSection = ApiSection()
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
