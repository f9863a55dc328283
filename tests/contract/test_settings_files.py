"""The settings files that ship are accepted by every service and hide nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from aislides_runtime.settings import load_settings
from gateway.settings import read_settings as read_gateway
from genie_svc.settings import load_genie_settings
from llm_svc.settings import read_settings as read_llm
from local_workspace.settings import OTHER_SECTIONS
from local_workspace.settings import Settings as WorkspaceSettings
from orchestrator_svc.settings import read_settings as read_orchestrator

CONFIG = Path(__file__).parents[2] / "config"
SECRETS = {"DATABRICKS_HOST": "http://127.0.0.1:1", "DATABRICKS_TOKEN": "x"}


def loaded(path):
    """What every service makes of a file, by section."""
    genie = load_genie_settings(path, environ=SECRETS)
    orchestrator = read_orchestrator(path, environ={})
    workspace = load_settings(
        WorkspaceSettings, other_sections=OTHER_SECTIONS, path=path, environ={}
    )
    return {
        "genie": genie.genie,
        "llm": read_llm(path, environ=SECRETS).llm,
        "orchestrator": orchestrator.orchestrator,
        "output": orchestrator.output,
        "logging": orchestrator.logging,
        "api": read_gateway(path, environ={}).api,
        "local_workspace": workspace.local_workspace,
    }


@pytest.mark.parametrize("name", ["config.yaml", "config.example.yaml"])
def test_every_service_accepts_the_file(name):
    assert set(loaded(CONFIG / name)) >= {"genie", "llm", "orchestrator", "api"}


def test_the_example_shows_the_defaults():
    defaults = loaded(None)
    for section, found in loaded(CONFIG / "config.example.yaml").items():
        assert found == defaults[section], section


def test_the_example_names_every_section():
    shown = yaml.safe_load((CONFIG / "config.example.yaml").read_text())
    assert set(shown) == set(loaded(None))
