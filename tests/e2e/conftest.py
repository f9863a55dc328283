from __future__ import annotations

import os
import shutil
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from aislides_cli.stack import running_stack

ROOT = Path(__file__).parents[2]
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
CHROMIUM += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
PATIENCE = 60_000
"""Milliseconds after which what a test waits for will never come, on a busy machine too."""


@pytest.fixture(scope="session")
def repository():
    return ROOT


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stack(request, tmp_path_factory):
    """All services in this process, on free ports and a folder of their own.

    A module's SETTINGS are added to the environment.
    """
    folder = tmp_path_factory.mktemp("stack")
    environ = {
        "PATH": os.environ["PATH"],
        "AISLIDES_LOCAL_WORKSPACE__DATA_DIRECTORY": str(folder / "workspace"),
        "AISLIDES_GENIE__DATABASE_URL": f"sqlite:///{folder}/genie.db",
        "AISLIDES_LLM__DATABASE": f"sqlite+aiosqlite:///{folder}/llm.db",
        "AISLIDES_LLM__PROMPTS_FILE": str(ROOT / "config/prompts.yaml"),
        "AISLIDES_ORCHESTRATOR__DATABASE_URL": f"sqlite+aiosqlite:///{folder}/decks.sqlite",
        "API_PORT": "0",
        **getattr(request.module, "SETTINGS", {}),
    }
    async with running_stack(None, environ, with_gateway=True, free_ports=True) as running:
        yield running


@asynccontextmanager
async def open_page():
    """A page of headless Chromium; script errors fail the test."""
    from playwright.async_api import async_playwright, expect

    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=CHROMIUM
        )
        # Colours are checked, so nothing may be on its way in.
        opened = await browser.new_page(
            viewport={"width": 1280, "height": 900}, reduced_motion="reduce"
        )
        opened.set_default_timeout(PATIENCE)
        errors: list[str] = []
        opened.on("pageerror", lambda error: errors.append(str(error)))
        yield opened
        await browser.close()
        assert errors == []


@pytest_asyncio.fixture(loop_scope="module")
async def page(stack):
    """A page at the gateway."""
    async with open_page() as opened:
        await opened.goto(stack.gateway_url)
        # A page that was served while the orchestrator was too busy to answer reloads itself.
        await opened.locator("#space option").first.wait_for(state="attached")
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def blank_page():
    """A page at nothing yet."""
    async with open_page() as opened:
        yield opened
