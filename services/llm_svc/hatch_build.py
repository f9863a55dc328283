"""Puts `config/prompts.yaml` into the wheel, so that the service has prompts wherever it starts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ShipPrompts(BuildHookInterface):  # type: ignore[type-arg]
    """Copies nothing into editable installs: those read the file in the source tree."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Adds the file to a wheel."""
        if version == "standard":
            prompts = Path(self.root).parents[1] / "config" / "prompts.yaml"
            build_data["force_include"][str(prompts)] = "llm_svc/prompts/shipped.yaml"
