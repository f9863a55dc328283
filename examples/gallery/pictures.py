"""Takes a small picture of some slides of each deck in this folder; needs Chromium."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).parent


def main() -> None:
    """Writes NAME-N.png, 640 x 360, for the summary and the first findings of each deck."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(
            viewport={"width": 1280, "height": 720}, device_scale_factor=0.5, color_scheme="light"
        )
        for deck in sorted(FOLDER.glob("*.html")):
            page.goto(f"file://{deck}")
            for slide in (1, 2, 3, 4, 5):
                page.screenshot(path=FOLDER / f"{deck.stem}-{slide}.png")
                page.keyboard.press("ArrowRight")
        browser.close()


if __name__ == "__main__":
    main()
