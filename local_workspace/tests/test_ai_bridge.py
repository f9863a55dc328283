"""databricks-ai-bridge's Genie class, as agents use it. By hand: it brings 300 MB of packages.

python -m venv /tmp/bridge && /tmp/bridge/bin/pip install databricks-ai-bridge
AISLIDES_AI_BRIDGE_PYTHON=/tmp/bridge/bin/python pytest local_workspace/tests/test_ai_bridge.py
"""

import asyncio
import json
import os
from pathlib import Path

import pytest
from local_workspace.server import running_workspace
from local_workspace.settings import LocalWorkspaceSettings

PYTHON = os.environ.get("AISLIDES_AI_BRIDGE_PYTHON", "")
SCRIPT = Path(__file__).parent / "ai_bridge_questions.py"


@pytest.mark.skipif(not PYTHON, reason="AISLIDES_AI_BRIDGE_PYTHON names no Python that has it")
async def test_its_genie_class_gets_tables_follow_ups_and_questions_back(tmp_path: Path) -> None:
    settings = LocalWorkspaceSettings(port=0, data_directory=tmp_path / "data")
    async with running_workspace(settings) as running:
        asking = await asyncio.create_subprocess_exec(
            PYTHON,
            str(SCRIPT),
            running.host,
            running.token or "",
            "flights",
            stdout=asyncio.subprocess.PIPE,
            env={
                **os.environ,
                "NO_PROXY": "127.0.0.1,localhost",
                "MLFLOW_TRACKING_URI": (tmp_path / "mlflow").as_uri(),
                "MLFLOW_ALLOW_FILE_STORE": "true",
            },
        )
        printed, _ = await asking.communicate()
    assert asking.returncode == 0
    told = json.loads(printed)
    assert "336776" in told["total"]
    assert "FROM local.flights.flights" in told["sql"]
    assert told["same_conversation"]
    assert all(count in told["by_origin"] for count in ("120835", "111279", "104662"))
    assert told["frame"][1] == 16
    assert "passengers" in told["unclear"][0]
    assert told["unclear"][1] == ""
    assert told["suggestions"]
    assert told["description"]
