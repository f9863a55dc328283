"""Looks at a deck in Chromium: desk, dark, phone, print, without network, and with axe."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from browser.axe import violations

CHECKS = Path(__file__).with_name("checks.js").read_text("utf-8")
# With the script's own mode off all slides stand in one column, and can be looked at in one go.
ALL_SLIDES = """() => {
  document.documentElement.classList.remove('live');
  document.getElementById('deck').style.transform = '';
  for (const slide of document.querySelectorAll('.slide')) slide.inert = false;
}"""


async def faults_of(page: Any, path: Path, *, scan: bool = True) -> list[str]:
    """Everything that is wrong with the file, one line each; empty for a sound deck.

    Without `scan` axe, the slowest part, is left out.
    """
    noted: list[str] = []
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: noted.append(f"script: {error}"))
    page.on(
        "console",
        lambda said: noted.append(f"console: {said.text}") if said.type == "error" else None,
    )
    found: list[str] = []

    await page.emulate_media(color_scheme="light", reduced_motion="reduce")
    await page.set_viewport_size({"width": 1280, "height": 720})
    await page.goto(f"file://{path}")
    slides = await page.locator(".slide").count()
    await page.evaluate(ALL_SLIDES)
    await page.evaluate("document.fonts.ready")
    found += [f"desk: {line}" for line in await page.evaluate(f"({CHECKS})('desk')")]
    found += [f"axe: {line}" for line in await violations(page)] if scan else []
    await page.emulate_media(color_scheme="dark")
    found += [f"dark: {line}" for line in await page.evaluate(f"({CHECKS})('dark')")]
    if scan:
        only = ("color-contrast",)
        found += [f"axe dark: {line}" for line in await violations(page, only=only)]
    await page.emulate_media(color_scheme="light")

    pdf = await page.pdf(prefer_css_page_size=True, print_background=True)
    pages = len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))
    if pages != slides:
        found.append(f"print: {pages} pages for {slides} slides")

    await page.set_viewport_size({"width": 360, "height": 740})
    # The window tells of its new size a moment later.
    await page.wait_for_function("innerWidth === 360")
    found += [f"phone: {line}" for line in await page.evaluate(f"({CHECKS})('phone')")]
    if scan:
        skip = ("color-contrast",)
        found += [f"axe phone: {line}" for line in await violations(page, skip=skip)]

    found += [
        f"request: {url[:80]}" for url in asked if not url.startswith((f"file://{path}", "data:"))
    ]
    return found + noted
