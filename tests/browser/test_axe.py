from __future__ import annotations

import shutil

import pytest

from browser.axe import violations

pytestmark = pytest.mark.browser

STRICT = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
HEAD = f"<!DOCTYPE html><html lang=en><head>{STRICT}<title>Test</title></head>"


@pytest.fixture
async def page():
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        yield await browser.new_page()
        await browser.close()


async def test_a_fault_is_found_under_a_strict_policy_and_a_sound_page_passes(page):
    await page.set_content(f"{HEAD}<body><main><input></main></body></html>")
    assert any(line.startswith("label: input") for line in await violations(page))
    await page.set_content(f"{HEAD}<body><main><label>Name <input></label></main></body></html>")
    assert await violations(page) == []
