"""The gateway is killed while a deck is being made: the page goes on where it was."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from contextlib import asynccontextmanager

import httpx
import pytest
from addresses import free_addresses
from playwright.async_api import expect

# The deck is still at work when the second gateway has started.
SETTINGS = {"AISLIDES_LOCAL_WORKSPACE__PACE__GENIE__MEDIAN": "4"}

pytestmark = [pytest.mark.browser, pytest.mark.spawn, pytest.mark.timeout(180)]


@asynccontextmanager
async def gateway_process(address, orchestrator):
    """A gateway of its own at a given address, so that it can be killed."""
    host, port = address.rsplit(":", 1)
    environ = os.environ | {
        "API_HOST": host,
        "API_PORT": port,
        "AISLIDES_API__ORCHESTRATOR_TARGET": orchestrator,
        "LOG_LEVEL": "WARNING",
    }
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "gateway", env=environ)
    try:
        async with httpx.AsyncClient(trust_env=False) as client:
            while process.returncode is None:
                try:
                    await client.get(f"http://{address}/health/live")
                    break
                except httpx.TransportError:
                    await asyncio.sleep(0.05)
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGKILL)
        await process.wait()


@pytest.mark.asyncio(loop_scope="module")
async def test_the_page_resumes_after_the_gateway_was_killed(stack, blank_page):
    address, page = free_addresses().gateway, blank_page
    asked_for = []
    page.on("request", lambda request: asked_for.append(request))
    async with gateway_process(address, stack.orchestrator) as first:
        await page.goto(f"http://{address}")
        await page.locator("#space option").first.wait_for(state="attached")
        await page.fill("#ask", "average departure delay by month in 2013")
        await page.click("#go")
        await page.wait_for_selector("#queries li")
        first.send_signal(signal.SIGKILL)
        await first.wait()
    # Not by a function: the page's policy lets nobody evaluate one.
    await expect(page.locator("#status")).to_contain_text("lost")
    async with gateway_process(address, stack.orchestrator):
        await page.wait_for_selector("#deck-box:not([hidden])")
        questions = await page.locator("#queries li").count()
        thumbs = await page.locator("#thumbs li").count()
        slides = int(re.match(r"\d+", await page.inner_text("#cost"))[0])
    resumed = [r.headers["last-event-id"] for r in asked_for if r.url.endswith("/events")]
    assert resumed[0] == "0"
    assert int(resumed[-1]) > 0
    assert 1 <= questions <= 4
    assert thumbs == slides
