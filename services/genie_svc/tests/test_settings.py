"""Settings: one clear line for each fault."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest
from aislides_runtime.settings import SettingsError
from genie_svc.settings import load_genie_settings

GOOD = {"DATABRICKS_HOST": "https://w.example.com", "DATABRICKS_TOKEN": "dapi-x"}


def test_defaults_need_only_host_and_token():
    settings = load_genie_settings(environ=GOOD)
    assert settings.genie.listen == "127.0.0.1:50051" and settings.genie.questions_per_minute == 5
    assert "dapi-x" not in repr(settings)


def test_service_principal_is_enough():
    environ = {
        "DATABRICKS_HOST": "w",
        "DATABRICKS_CLIENT_ID": "id",
        "DATABRICKS_CLIENT_SECRET": "secret",
    }
    assert load_genie_settings(environ=environ).databricks.token is None


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"DATABRICKS_HOST": "w"}, "DATABRICKS_TOKEN is missing"),
        ({"DATABRICKS_TOKEN": "t"}, "DATABRICKS_HOST is missing"),
        ({**GOOD, "AISLIDES_GENIE__DATABASE_URL": "mysql://x"}, "must begin with sqlite:///"),
        ({**GOOD, "AISLIDES_GENIE__SPACE_ID": "a/b"}, "AISLIDES_GENIE__SPACE_ID"),
        ({**GOOD, "AISLIDES_GENIE__QUESTIONS_PER_MINUTE": "-1"}, "must be at least 0"),
        ({**GOOD, "AISLIDES_GENIE__SPACEID": "x"}, "did you mean AISLIDES_GENIE__SPACE_ID"),
    ],
)
def test_each_fault_is_one_line_that_says_what_to_change(environ, words):
    with pytest.raises(SettingsError) as caught:
        load_genie_settings(environ=environ)
    assert words in str(caught.value) and len(str(caught.value).splitlines()) == 1


def test_sections_of_other_services_are_left_alone(tmp_path):
    path = tmp_path / "config.yaml"
    path.write_text("llm: {endpoint: x}\ngenie: {space_id: s1, tenant_weights: {gold: 3}}\n")
    settings = load_genie_settings(path, environ=GOOD)
    assert settings.genie.space_id == "s1" and settings.genie.tenant_weights == {"gold": 3}


@pytest.mark.spawn
def test_process_starts_serves_and_stops_on_sigterm(tmp_path):
    environ = {
        **os.environ,
        "DATABRICKS_HOST": "http://127.0.0.1:9",
        "DATABRICKS_TOKEN": "dapi-canary-123456",
        "AISLIDES_GENIE__LISTEN": "127.0.0.1:0",
        "AISLIDES_GENIE__DATABASE_URL": f"sqlite:///{tmp_path}/genie.db",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "genie_svc"], env=environ, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    lines = []
    for line in process.stdout:
        lines.append(line)
        if "listens on" in line:
            process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
    process.stdout.close()
    assert "dapi-canary" not in "".join(lines)


@pytest.mark.spawn
def test_process_without_token_ends_with_one_line():
    environ = {key: value for key, value in os.environ.items() if "DATABRICKS" not in key}
    done = subprocess.run(
        [sys.executable, "-m", "genie_svc"],
        env={**environ, "DATABRICKS_HOST": "http://127.0.0.1:9"},
        cwd="/",
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert done.returncode == 2 and len(done.stderr.strip().splitlines()) == 1
    assert "DATABRICKS_TOKEN is missing" in done.stderr
