"""Another language calls the orchestrator with nothing but the committed protos."""

from __future__ import annotations

import asyncio
import shutil
import subprocess

import pytest

pytestmark = [pytest.mark.node, pytest.mark.spawn, pytest.mark.timeout(180)]


@pytest.mark.asyncio(loop_scope="module")
async def test_node_makes_and_saves_a_deck(stack, repository, tmp_path):
    folder = tmp_path / "examples" / "node"
    shutil.copytree(
        repository / "examples/node", folder, ignore=shutil.ignore_patterns("node_modules")
    )
    shutil.copytree(repository / "protos/aislides", tmp_path / "protos/aislides")
    install = ["npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--silent"]
    await asyncio.to_thread(subprocess.run, install, cwd=folder, check=True, timeout=120)
    told = await asyncio.to_thread(
        subprocess.run,
        ["node", "deck.mjs", "average departure delay by month in 2013", stack.orchestrator],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert told.returncode == 0, told.stderr
    assert "slide 1." in told.stdout
    assert (folder / "deck.html").read_bytes().startswith(b"<!DOCTYPE html>")
