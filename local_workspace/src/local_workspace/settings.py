"""What the local workspace reads from `config.yaml`, section `local_workspace`."""

from pathlib import Path
from typing import Annotated

from aislides_runtime.settings import Secret, Section
from pydantic import Field

from local_workspace.faults.rules import FaultRule
from local_workspace.pace import Pace

Port = Annotated[int, Field(ge=0, le=65_535)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Sql = Annotated[str, Field(min_length=1, max_length=2_000)]


OTHER_SECTIONS = frozenset({"llm", "genie", "orchestrator", "api", "output", "logging"})


class AddressInUse(Exception):
    """The port cannot be had; the message says which, and where to change it."""


class TableRestriction(Section):
    """What a user sees of one table: a condition on its rows, other values for its columns."""

    row_filter: Sql | None = None
    masks: dict[str, Sql] = Field(default_factory=dict)


class UserSettings(Section):
    """A pretended user of the workspace, known by a token of their own.

    `spaces` limits which spaces the user may ask (all when absent); `restrictions` is
    space -> table -> what is visible. Service principals use client_id and client_secret.
    """

    user_name: Annotated[str, Field(min_length=1, max_length=200)]
    display_name: str = ""
    token: Secret | None = None
    client_id: str | None = None
    client_secret: Secret | None = None
    spaces: tuple[str, ...] | None = None
    restrictions: dict[str, dict[str, TableRestriction]] = Field(default_factory=dict)


class StatementSettings(Section):
    """Bounds of SQL statements. Sizes in bytes, times in seconds."""

    seconds: Positive = 30.0
    rows: Annotated[int, Field(ge=1, le=1_000_000)] = 100_000
    inline_bytes: Annotated[int, Field(ge=1_000)] = 25 * 2**20
    external_bytes: Annotated[int, Field(ge=1_000)] = 64 * 2**20
    chunk_rows: Annotated[int, Field(ge=1)] = 5_000
    result_seconds: Positive = 3_600.0
    kept_bytes: Annotated[int, Field(ge=1_000)] = 256 * 2**20
    workers: Annotated[int, Field(ge=1, le=64)] = 2
    memory_bytes: Annotated[int, Field(ge=2**30)] = 2 * 2**30
    threads: Annotated[int, Field(ge=1, le=64)] = 2


class TranslatorSettings(Section):
    """An OpenAI-compatible endpoint that may write SQL where the rules ask back.

    `base_url` ends before `/chat/completions`; `seconds` is the patience with one call. The key
    comes from the environment: AISLIDES_LOCAL_WORKSPACE__TRANSLATOR__API_KEY.
    """

    base_url: Annotated[str, Field(pattern=r"^https?://\S+$")]
    model: Annotated[str, Field(min_length=1, max_length=200)]
    api_key: Secret | None = None
    seconds: Annotated[float, Field(gt=0, le=600)] = 60.0


class LocalWorkspaceSettings(Section):
    """The section `local_workspace`.

    `token` is the one a single user needs; without any token the server makes a random one at its
    start. `demo_spaces` names those to serve (all when absent). `chat_models` are the names under
    which the analyst can be asked. `questions_a_minute` switches on Genie's budget (a real
    workspace has about 5). `genie_rows` is what Genie shows of a result.
    """

    host: str = "127.0.0.1"
    port: Port = 8090
    data_directory: Path = Path("var/local_workspace")
    token: Secret | None = None
    users: tuple[UserSettings, ...] = ()
    demo_spaces: tuple[str, ...] | None = None
    questions_a_minute: Annotated[int, Field(ge=1)] | None = None
    genie_rows: Annotated[int, Field(ge=1)] = 5_000
    chat_models: tuple[str, ...] = ("local-analyst",)
    statements: StatementSettings = StatementSettings()
    pace: Pace = Pace()
    faults: tuple[FaultRule, ...] = ()
    translator: TranslatorSettings | None = None


class Settings(Section):
    """The whole file, as far as this service reads it."""

    local_workspace: LocalWorkspaceSettings = LocalWorkspaceSettings()
