"""Settings for one test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aislides_runtime.settings import Secret
from llm_svc.settings import DatabricksSection, LlmSection, Settings

PROMPTS = Path(__file__).parents[3] / "config" / "prompts.yaml"


def settings_for(tmp_path: Path, url: str | None, **llm: Any) -> Settings:
    """Own ledger, a free port, no pauses between tries, `url` as workspace."""
    section = {
        "listen": "127.0.0.1:0",
        "endpoint": "m",
        "prompts_file": PROMPTS,
        "database": f"sqlite+aiosqlite:///{tmp_path}/llm.db",
        "retries": {"tries": 3, "base": 0.0, "cap": 0.0},
        **llm,
    }
    return Settings(
        llm=LlmSection.model_validate(section),
        databricks=DatabricksSection(host=url, token=Secret("dapi-test")),
    )
