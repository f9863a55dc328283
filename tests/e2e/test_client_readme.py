"""The examples of the client's README, run as they stand against all real services."""

from __future__ import annotations

import asyncio
import os
import re
import sys

import pytest

pytestmark = [pytest.mark.spawn, pytest.mark.timeout(120), pytest.mark.asyncio(loop_scope="module")]


async def test_the_examples_of_the_client_run(stack, repository, tmp_path):
    text = (repository / "clients/python/README.md").read_text("utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len(blocks) >= 4
    told = []
    for number, block in enumerate(blocks):
        example = tmp_path / f"example_{number}.py"
        example.write_text(block.replace("127.0.0.1:50053", stack.orchestrator), "utf-8")
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            example,
            cwd=tmp_path,
            env=os.environ | {"GRPC_VERBOSITY": "NONE"},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, errors = await process.communicate()
        assert process.returncode == 0, errors.decode()
        told.append(out.decode())
    assert (tmp_path / "out/delays.html").read_bytes().startswith(b"<!DOCTYPE html>")
    assert "Average" in told[1] and "completed" in told[2] and "SELECT" in told[3]
    assert (tmp_path / "out/deck.json").exists()
