"""The visual check. CI looks at every thirteenth deck; `make gallery` looks at all of them."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
from gallery import gallery
from looking import faults_of

pytestmark = pytest.mark.browser

EXAMPLES = Path(__file__).parents[4] / "examples/gallery"
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
CHROMIUM += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
EVERY = 1 if os.environ.get("AISLIDES_GALLERY") == "all" else 13


def test_the_gallery_holds_at_least_forty_decks():
    items = gallery()
    assert len({item.name for item in items}) == len(items) >= 40


@pytest.mark.timeout(1800)
async def test_nothing_in_the_gallery_offends_the_eye(tmp_path):
    from playwright.async_api import async_playwright

    chosen, faults = gallery()[::EVERY], []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=CHROMIUM
        )
        for item in chosen:
            path = tmp_path / f"{item.name}.html"
            path.write_bytes(item.html())
            page = await browser.new_page()
            faults += [f"{item.name}: {line}" for line in await faults_of(page, path)]
            await page.close()
        await browser.close()
    assert faults == [], f"{len(faults)} faults in {len(chosen)} decks"


def test_example_decks_are_small_whole_files_that_ask_for_nothing():
    decks = sorted(EXAMPLES.glob("*.html"))
    assert len(decks) >= 4
    assert all(deck.stat().st_size <= 200_000 for deck in decks)
    assert sum(file.stat().st_size for file in EXAMPLES.iterdir()) < 3_000_000
    for deck in decks:
        text = deck.read_text("utf-8")
        assert 'content="default-src &#x27;none&#x27;;' in text[:400]
        assert not re.search(r"<(?:link|iframe|object|embed)\b|\bsrc=\"(?!data:)", text), deck.name
