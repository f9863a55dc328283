"""The check sees what it should: one planted fault at a time in a deck that has none."""

from __future__ import annotations

import re
import shutil

import pytest
from gallery import chart_deck
from looking import faults_of
from orchestrator_svc.render.html import render_html
from test_gallery import CHROMIUM

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

PLANTED = [
    ("small", ".reading p{font-size:9px}"),
    ("contrast", ".reading p{color:#bbb}"),
    ("contrast", ".chart .value{fill:var(--mute)!important}"),
    ("faint mark", ".chart .line{stroke:#eee!important}"),
    ("overflow", ".readings{left:1200px!important}"),
    ("clipped", ".reading{height:8px;overflow:hidden}"),
    ("footer", ".readings{top:500px!important}"),
    ("overlap", ".reading{position:absolute;top:0}"),
    ("line through label", ".chart .value{transform:translateX(-60px)}"),
    ("print: ", ".slide{height:900px}"),
    ("axe: color-contrast", ".headline{color:#ccc}"),
    ("phone: page", ".headline{width:900px!important}"),
]


def broken(html: str, css: str) -> str:
    """The deck with these rules, and without the policy that would refuse them."""
    html = re.sub(r"<meta http-equiv[^>]*>", "", html, count=1)
    return html.replace("</head>", f"<style>{css}</style></head>", 1)


async def test_every_planted_fault_is_seen(tmp_path):
    from playwright.async_api import async_playwright

    bundle = chart_deck("LINE", "professional")
    del bundle.deck.slides[2:]
    html = render_html(bundle).decode()
    path = tmp_path / "deck.html"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=CHROMIUM
        )
        missed = []
        for kind, css in PLANTED:
            path.write_text(broken(html, css))
            page = await browser.new_page()
            found = await faults_of(page, path, scan=kind.startswith("axe"))
            if not any(kind in line for line in found):
                missed.append((kind, css, found[:3]))
            await page.close()
        path.write_text(
            html.replace(
                "</body>", "<img src=http://127.0.0.1:9/x.png><script>oops()</script></body>"
            )
        )
        page = await browser.new_page()
        found = " ".join(await faults_of(page, path, scan=False))
        assert "console: " in found  # the policy lets neither of them through
        path.write_text(
            broken(html, "").replace(
                "</body>", "<img src=http://127.0.0.1:9/x.png alt=x><script>oops()</script></body>"
            )
        )
        page = await browser.new_page()
        found = " ".join(await faults_of(page, path, scan=False))
        assert "request: http://127.0.0.1:9/x.png" in found
        assert "script: oops is not defined" in found
        await browser.close()
    assert missed == []
